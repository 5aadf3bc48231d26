// The first sync of a company: every project, milestone and task of Odoo made in an empty Plane. Beside it the floor: a
// client that knows the answers, posts the same items one after another over the same transport, and looks at nothing;
// and the fewest calls that Plane's API allows.
#include <unistd.h>

#include <algorithm>

#include "benchmarks.hpp"
#include "fewest_calls.hpp"
#include "idle_sync.hpp"
#include "net/curl_client.hpp"
#include "support/installation.hpp"
#include "support/peers.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kTasksSmall = 500;
constexpr int kTasksLarge = 2000;
constexpr double kPlaneWritesPerItemMax = 1.2;
constexpr double kOdooCallsMax = 40;
constexpr double kPeakMegabytesMax = 200;

struct Floor {
    double seconds = 0;
    std::int64_t items = 0;
};

// What a creation carries and any project takes.
std::string body_of(const json::Object& item) {
    json::Object body;
    for (const char* name : {"name", "description_html", "priority", "start_date", "target_date", "external_id"}) {
        if (const json::Value* value = item.if_contains(name)) body[name] = *value;
    }
    body["external_source"] = "floor";
    return boost::json::serialize(body);
}

// The items that the sync made, read back whole.
Result<std::vector<std::string>> bodies(Installation& installation) {
    std::vector<std::string> all;
    for (const json::Object& project : TRY(installation.plane().projects())) {
        const std::string id(json::text_or(project, "id"));
        for (const json::Object& item : TRY(installation.plane().all_items(id))) all.push_back(body_of(item));
    }
    return all;
}

Result<Floor> post_all(Installation& installation, const plane::Settings& settings) {
    const std::vector<std::string> all = TRY(bodies(installation));
    const json::Object project = TRY(installation.plane().create_project({{"name", "Floor"}, {"identifier", "FLOOR"}}));
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    net::HttpRequest request;
    request.method = "POST";
    request.url = settings.url + "/api/v1/workspaces/" + settings.workspace + "/projects/" +
                  std::string(json::text_or(project, "id")) + "/work-items/";
    request.headers = {{"X-API-Key", settings.key.reveal()}, {"Content-Type", "application/json"}};
    const Stopwatch watch;
    for (const std::string& body : all) {
        request.body = body;
        const net::HttpResponse answer = TRY(http->send(request));
        if (answer.status != 201) {
            return make_error(Errc::kInternal, "the floor's POST was answered " + std::to_string(answer.status));
        }
    }
    return Floor{watch.seconds(), std::int64_t(all.size())};
}

// How many questions a reader needs who knows the models: each model's records, a thousand at a time.
Result<std::int64_t> bulk_reads(const odoo::Settings& settings) {
    SystemClock clock;
    SystemRandom random;
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    odoo::Client client(*http, clock, random, settings);
    std::int64_t calls = 0;
    for (const char* model :
         {"res.users", "project.task.type", "project.tags", "project.project", "project.milestone", "project.task"}) {
        const std::size_t records = TRY(client.search(model, {})).size();
        calls += std::int64_t((records + odoo::kReadBatch - 1) / odoo::kReadBatch);
    }
    return calls;
}

// Calls that change something; the others are pages and lists.
double writing_calls(const plane::CallCounts& calls) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : calls) sum += name.starts_with("GET ") ? 0 : count;
    return double(sum);
}

// Those that grow with the number of items: the items, their relations, their comments.
double item_writes(const plane::CallCounts& calls) {
    std::int64_t sum = 0;
    for (const auto& [name, count] : calls) sum += name.starts_with("POST work-items/") ? count : 0;
    return double(sum);
}

// What the calls were for, the many first.
void add_calls_by_kind(Report& report, const std::string& name, const plane::CallCounts& calls, double items) {
    std::vector<std::pair<std::int64_t, std::string>> kinds;
    for (const auto& [kind, count] : calls) kinds.emplace_back(-count, kind);
    std::sort(kinds.begin(), kinds.end());
    for (const auto& [count, kind] : kinds) {
        report.push_back({name + kind, double(-count), "calls", {}, {}, display(double(-count) / items) + " per item"});
    }
}

Result<void> first_sync(Report& report, int tasks) {
    Peers peers({.tasks = tasks});
    const ScratchFolder home;
    TRY(peers.ready());
    const std::unique_ptr<Installation> installation =
        TRY(Installation::open(home.path(), peers.odoo(), peers.plane()));
    const Stopwatch watch;
    const sync::Report synced = TRY(installation->engine().sync(sync::Look::kAuto));
    const double seconds = watch.seconds();
    const plane::CallCounts plane_calls = installation->plane().calls();
    const double writes = writing_calls(plane_calls);
    const double peak = double(peak_rss_bytes(getpid())) / kMegabyte;
    const auto linked = std::int64_t(TRY(installation->task_links()).size());
    if (synced.applied.failed > 0 || linked == 0) {
        return make_error(Errc::kInternal, "the first sync linked " + std::to_string(linked) + " tasks, and " +
                                               std::to_string(synced.applied.failed) + " writes failed");
    }
    // Before the floor adds its items to Plane: nobody wants those in step.
    Report idle;
    FewestCalls fewest;
    if (tasks >= kTasksLarge) {
        fewest = TRY(fewest_calls(*installation));
        TRY(add_idle_figures(idle, *installation, peers.plane()));
    }
    const Floor floor = TRY(post_all(*installation, peers.plane()));
    const std::string name = "first sync, " + display(tasks) + " tasks: ";
    report.push_back({name + "speed",
                      double(linked) / seconds,
                      "tasks/s",
                      {},
                      Rival{"bare sequential POSTs of the same items", double(floor.items) / floor.seconds},
                      display(double(linked)) + " linked in " + display(seconds) + " s"});
    report.push_back({name + "peak memory", peak, "MB", at_most(kPeakMegabytesMax), {}, "the engine's process"});
    if (tasks < kTasksLarge) return ok();
    report.push_back({name + "Plane calls per item", item_writes(plane_calls) / double(linked), "calls",
                      at_most(kPlaneWritesPerItemMax),
                      Rival{"the fewest that make the same", double(fewest.items) / double(linked)},
                      "items and their relations"});
    report.push_back(
        {name + "Plane calls besides",
         double(synced.plane_calls) - item_writes(plane_calls),
         "calls",
         {},
         Rival{"the fewest that make the same", double(fewest.besides)},
         "people, labels, cycles, projects, and " + display(double(synced.plane_calls) - writes) + " pages and lists"});
    add_calls_by_kind(report, name, plane_calls, double(linked));
    report.push_back({name + "Odoo calls", double(synced.odoo_calls), "calls", at_most(kOdooCallsMax),
                      Rival{"bare reads of the same records, 1,000 at a time", double(TRY(bulk_reads(peers.odoo())))},
                      ""});
    report.insert(report.end(), idle.begin(), idle.end());
    return ok();
}

}  // namespace

Result<void> bench_first_sync_500(Report& report) { return first_sync(report, kTasksSmall); }
Result<void> bench_first_sync_2000(Report& report) { return first_sync(report, kTasksLarge); }

}  // namespace syncline::bench
