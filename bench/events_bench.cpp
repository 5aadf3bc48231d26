// From a change in Plane to the change in Odoo, over webhooks alone: nothing is swept meanwhile. The clock starts
// before the person's request is sent to Plane and stops when a reader of Odoo's API sees the new stage. Beside it the
// least that it can take with these peers: Plane's answer to the same request, one read of the item and one write to
// Odoo, one after another and with nothing between them.
#include <thread>

#include "benchmarks.hpp"
#include "net/curl_client.hpp"
#include "net/free_port.hpp"
#include "support/installation.hpp"
#include "support/peers.hpp"
#include "support/product.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

using std::chrono::steady_clock;

constexpr int kTasks = 500;
constexpr int kChanges = 200;
constexpr double kP50MaxMs = 150;
constexpr double kP99MaxMs = 1000;
constexpr std::chrono::milliseconds kLookEvery{1};
constexpr std::chrono::seconds kGiveUp{30};
constexpr std::string_view kSecret = "plane_wh_secret_of_the_bench";

class Worker {
public:
    Worker(const odoo::Settings& odoo, const plane::Settings& plane)
        : http_(net::make_curl_client()),
          odoo_(*http_, clock_, random_, odoo),
          plane_(*http_, clock_, random_, plane) {}

    Result<void> prepare(const std::vector<Installation::TaskLink>& links) {
        for (const Installation::TaskLink& link : links) {
            if (states_.contains(link.project)) continue;
            for (const json::Object& state : TRY(plane_.states(link.project))) {
                const std::string_view group = json::text_or(state, "group");
                if (group == "started" || group == "unstarted") {
                    states_[link.project].emplace_back(json::text_or(state, "id"));
                }
            }
        }
        return ok();
    }

    // Drags the item to another column; answers milliseconds until Odoo shows another stage.
    Result<double> drag_and_watch(const Installation::TaskLink& link) {
        const json::Value before = TRY(stage_of(link.task));
        const std::optional<json::Object> item = TRY(plane_.item(link.project, link.item));
        if (!item) return make_error(Errc::kInternal, "an item is gone");
        std::string target;
        for (const std::string& state : states_[link.project]) {
            if (state != json::text_or(*item, "state")) target = state;
        }
        const Stopwatch since;
        TRY(plane_.update_item(link.project, link.item, json::Object{{"state", target}}));
        const auto give_up = steady_clock::now() + kGiveUp;
        while (steady_clock::now() < give_up) {
            if (TRY(stage_of(link.task)) != before) return since.milliseconds();
            std::this_thread::sleep_for(kLookEvery);
        }
        return make_error(Errc::kInternal, "a change never arrived in Odoo");
    }

    // What nobody can do without.
    Result<double> floor(const Installation::TaskLink& link) {
        const std::optional<json::Object> item = TRY(plane_.item(link.project, link.item));
        const Stopwatch since;
        TRY(plane_.update_item(link.project, link.item, json::Object{{"state", json::text_or(*item, "state")}}));
        TRY(plane_.item(link.project, link.item));
        const json::Value stage = TRY(stage_of(link.task));
        TRY(odoo_.call("project.task", "write",
                       {{"ids", json::Array{link.task}}, {"vals", json::Object{{"stage_id", stage}}}}, false));
        return since.milliseconds();
    }

private:
    Result<json::Value> stage_of(std::int64_t task) {
        const std::vector<json::Object> records = TRY(odoo_.read("project.task", {task}, {"stage_id"}));
        if (records.empty()) return make_error(Errc::kInternal, "a task is gone");
        return records.front().at("stage_id");
    }

    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<net::HttpClient> http_;
    odoo::Client odoo_;
    plane::Client plane_;
    std::map<std::string, std::vector<std::string>> states_;
};

}  // namespace

Result<void> bench_events(Report& report) {
    const std::string port = std::to_string(TRY(net::free_port()));
    Peers peers({.tasks = kTasks,
                 .webhook = "http://127.0.0.1:" + port + "/hooks/plane/main",
                 .webhook_secret = std::string(kSecret)});
    TRY(peers.ready());
    const std::string program = TRY(syncline_program());
    const ScratchFolder home;
    TRY(write_settings(home.path(), peers.odoo(), peers.plane(),
                       "listen = \"127.0.0.1:" + port +
                           "\"\nodoo_every = \"1h\"\nplane_every = \"1h\"\nclose_out_every = \"1h\"\n\n"
                           "[hooks.main]\nsource = \"plane\"\nsecrets = [\"env:SYNCLINE_BENCH_HOOK\"]\n"));
    setenv("SYNCLINE_BENCH_HOOK", std::string(kSecret).c_str(), 1);
    std::vector<Installation::TaskLink> links;
    {
        const std::unique_ptr<Installation> installation =
            TRY(Installation::open(home.path(), peers.odoo(), peers.plane()));
        TRY(installation->engine().sync(sync::Look::kFull));
        links = TRY(installation->task_links());
    }
    if (links.size() < kChanges) return make_error(Errc::kInternal, "the first sync linked too few tasks");
    Serving serve(program, home.path());
    TRY(serve.settled());
    Worker worker(peers.odoo(), peers.plane());
    TRY(worker.prepare(links));
    std::vector<double> times;
    std::vector<double> floors;
    for (int i = 0; i < kChanges; ++i) {
        const Installation::TaskLink& link = links[std::size_t(i) * links.size() / kChanges];
        times.push_back(TRY(worker.drag_and_watch(link)));
        floors.push_back(TRY(worker.floor(link)));
    }
    const std::string name = "change in Plane applied in Odoo over webhooks: ";
    const std::string note = display(double(links.size())) + " tasks, " + display(double(times.size())) + " changes";
    report.push_back({name + "p50", median(times), "ms", at_most(kP50MaxMs),
                      Rival{"the bare calls, one after another", median(floors)}, note});
    report.push_back({name + "p99", percentile(times, 0.99), "ms", at_most(kP99MaxMs),
                      Rival{"the bare calls, one after another", percentile(floors, 0.99)}, note});
    return ok();
}

}  // namespace syncline::bench
