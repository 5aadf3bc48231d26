// A sync with nothing to do. Beside it the way that keeps one mapping per record and asks for each: one GET per link,
// really sent to the same server.
#include <unistd.h>

#include <algorithm>
#include <span>

#include "benchmarks.hpp"
#include "idle_sync.hpp"
#include "net/curl_client.hpp"
#include "support/peers.hpp"
#include "support/process.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kLightRuns = 9;
constexpr int kFullRuns = 5;
constexpr std::size_t kGetsMax = 2000;  // really sent; more take as long each

constexpr int kManyTasks = 100'000;
constexpr int kManyLightRuns = 3;
constexpr int kManyFullRuns = 2;
constexpr double kManyPlaneCallsMax = 1010;

struct Idle {
    double milliseconds = 0;  // median
    double odoo_calls = 0;    // median
    double plane_calls = 0;
};

Result<Idle> idle_syncs(sync::Engine& engine, sync::Look look, int runs) {
    std::vector<double> times, odoo_calls, plane_calls;
    for (int run = 0; run < runs; ++run) {
        progress("a sync with nothing to do");
        const Stopwatch watch;
        const sync::Report report = TRY(engine.sync(look));
        times.push_back(watch.milliseconds());
        odoo_calls.push_back(double(report.odoo_calls));
        plane_calls.push_back(double(report.plane_calls));
        if (report.applied.writes() > 0)
            return make_error(Errc::kInternal, "a sync with nothing to do wrote something");
    }
    return Idle{median(times), median(odoo_calls), median(plane_calls)};
}

// Milliseconds for one GET of every linked item; of very many, the first ones are asked and the rest is reckoned.
Result<double> get_each(const std::vector<Installation::TaskLink>& links, const plane::Settings& settings) {
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    net::HttpRequest request;
    request.headers = {{"X-API-Key", settings.key.reveal()}};
    const Stopwatch watch;
    const std::size_t asked = std::min(links.size(), kGetsMax);
    for (const Installation::TaskLink& link : std::span(links).first(asked)) {
        request.url = settings.url + "/api/v1/workspaces/" + settings.workspace + "/projects/" + link.project +
                      "/work-items/" + link.item + "/";
        const net::HttpResponse answer = TRY(http->send(request));
        if (answer.status != 200) {
            return make_error(Errc::kInternal, "a mapping's GET was answered " + std::to_string(answer.status));
        }
    }
    return asked == 0 ? 0 : watch.milliseconds() * double(links.size()) / double(asked);
}

// What the calls alone take at the pace that a real Plane allows.
std::string cost_of(const Idle& idle, double links) {
    return "at Plane's 60 calls/min: " + display(idle.plane_calls) + " s, against " + display(links) + " s";
}

}  // namespace

namespace {

struct Runs {
    int light = kLightRuns;
    int full = kFullRuns;
    Goal plane_calls = {};  // of a full one
};

Result<void> add_figures(Report& report, Installation& installation, const plane::Settings& plane, const Runs& runs) {
    sync::Engine& engine = installation.engine();
    // What the first sync wrote comes back as seen once, and is settled; only then is there nothing to do.
    progress("what was written is seen once");
    TRY(engine.sync(sync::Look::kFull));

    const Idle light = TRY(idle_syncs(engine, sync::Look::kLight, runs.light));
    const Idle full = TRY(idle_syncs(engine, sync::Look::kFull, runs.full));
    const std::vector<Installation::TaskLink> links = TRY(installation.task_links());
    const double each = TRY(get_each(links, plane));
    const auto count = double(links.size());
    const std::string rival = "one GET per link";
    const std::string name = "nothing to do, " + display(count) + " tasks: ";
    report.push_back({name + "light, time", light.milliseconds, "ms", {}, Rival{rival, each}, cost_of(light, count)});
    report.push_back({name + "light, Plane calls", light.plane_calls, "calls", at_most(20), Rival{rival, count}, ""});
    report.push_back({name + "light, Odoo calls", light.odoo_calls, "calls", at_most(20), Rival{rival, count}, ""});
    report.push_back({name + "full, time", full.milliseconds, "ms", {}, Rival{rival, each}, cost_of(full, count)});
    report.push_back(
        {name + "full, Plane calls", full.plane_calls, "calls", runs.plane_calls, Rival{rival, count}, ""});
    report.push_back({name + "full, Odoo calls", full.odoo_calls, "calls", {}, Rival{rival, count}, ""});
    return ok();
}

}  // namespace

Result<void> add_idle_figures(Report& report, Installation& installation, const plane::Settings& plane) {
    return add_figures(report, installation, plane, {});
}

Result<void> bench_idle_100k(Report& report) {
    Peers peers({.tasks = kManyTasks});
    const ScratchFolder home;
    TRY(peers.ready());
    const std::unique_ptr<Installation> installation =
        TRY(Installation::open(home.path(), peers.odoo(), peers.plane()));
    progress("first sync");
    const Stopwatch watch;
    const sync::Report first = TRY(installation->engine().sync(sync::Look::kAuto));
    const double seconds = watch.seconds();
    if (first.applied.failed > 0) return make_error(Errc::kInternal, "writes failed in the first sync");
    const std::string name = "first sync, " + display(kManyTasks) + " tasks: ";
    report.push_back({name + "speed",
                      double(first.applied.created) / seconds,
                      "links/s",
                      {},
                      {},
                      display(double(first.applied.created)) + " made in " + display(seconds) + " s"});
    TRY(add_figures(report, *installation, peers.plane(),
                    {kManyLightRuns, kManyFullRuns, at_most(kManyPlaneCallsMax)}));
    report.push_back({name + "peak memory",
                      double(peak_rss_bytes(getpid())) / kMegabyte,
                      "MB",
                      {},
                      {},
                      "the engine's process, idle syncs included"});
    return ok();
}

}  // namespace syncline::bench
