// A sync with nothing to do. Beside it the way that keeps one mapping per record and asks for each: one GET per link,
// really sent to the same server.
#include "idle_sync.hpp"
#include "net/curl_client.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kLightRuns = 9;
constexpr int kFullRuns = 5;

struct Idle {
    double milliseconds = 0;  // median
    double odoo_calls = 0;    // median
    double plane_calls = 0;
};

Result<Idle> idle_syncs(sync::Engine& engine, sync::Look look, int runs) {
    std::vector<double> times, odoo_calls, plane_calls;
    for (int run = 0; run < runs; ++run) {
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

// Milliseconds for one GET of every linked item.
Result<double> get_each(const std::vector<Installation::TaskLink>& links, const plane::Settings& settings) {
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    net::HttpRequest request;
    request.headers = {{"X-API-Key", settings.key.reveal()}};
    const Stopwatch watch;
    for (const Installation::TaskLink& link : links) {
        request.url = settings.url + "/api/v1/workspaces/" + settings.workspace + "/projects/" + link.project +
                      "/work-items/" + link.item + "/";
        const net::HttpResponse answer = TRY(http->send(request));
        if (answer.status != 200) {
            return make_error(Errc::kInternal, "a mapping's GET was answered " + std::to_string(answer.status));
        }
    }
    return watch.milliseconds();
}

// What the calls alone take at the pace that a real Plane allows.
std::string cost_of(const Idle& idle, double links) {
    return "at Plane's 60 calls/min: " + display(idle.plane_calls) + " s, against " + display(links) + " s";
}

}  // namespace

Result<void> add_idle_figures(Report& report, Installation& installation, const plane::Settings& plane) {
    sync::Engine& engine = installation.engine();
    // What the first sync wrote comes back as seen once, and is settled; only then is there nothing to do.
    TRY(engine.sync(sync::Look::kFull));

    const Idle light = TRY(idle_syncs(engine, sync::Look::kLight, kLightRuns));
    const Idle full = TRY(idle_syncs(engine, sync::Look::kFull, kFullRuns));
    const std::vector<Installation::TaskLink> links = TRY(installation.task_links());
    const double each = TRY(get_each(links, plane));
    const auto count = double(links.size());
    const std::string rival = "one GET per link";
    const std::string name = "nothing to do, " + display(count) + " tasks: ";
    report.push_back({name + "light, time", light.milliseconds, "ms", {}, Rival{rival, each}, cost_of(light, count)});
    report.push_back({name + "light, Plane calls", light.plane_calls, "calls", at_most(20), Rival{rival, count}, ""});
    report.push_back({name + "light, Odoo calls", light.odoo_calls, "calls", at_most(20), Rival{rival, count}, ""});
    report.push_back({name + "full, time", full.milliseconds, "ms", {}, Rival{rival, each}, cost_of(full, count)});
    report.push_back({name + "full, Plane calls", full.plane_calls, "calls", {}, Rival{rival, count}, ""});
    report.push_back({name + "full, Odoo calls", full.odoo_calls, "calls", {}, Rival{rival, count}, ""});
    return ok();
}

}  // namespace syncline::bench
