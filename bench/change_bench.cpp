// From a change in Odoo to the change in Plane, with `syncline serve` sweeping Odoo every second. The clock starts
// before the person's write is sent to Odoo and stops when a reader of Plane's API sees the new value.
// Beside it the wait for the next sweep, which is the least that a poller can need.
#include <cstdlib>
#include <fstream>
#include <thread>

#include "benchmarks.hpp"
#include "net/curl_client.hpp"
#include "sim/odoo/company.hpp"
#include "support/installation.hpp"
#include "support/peers.hpp"
#include "support/product.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

using std::chrono::steady_clock;

constexpr int kChanges = 60;
constexpr double kSweepMs = 1000;
constexpr double kP50MaxMs = 1000;
constexpr double kP99MaxMs = 2000;
constexpr int kPauseMaxMs = 800;  // between two changes; 400 in the middle
constexpr std::chrono::milliseconds kLookEvery{4};
constexpr std::chrono::seconds kGiveUp{120};
constexpr int kTasks = 500;

struct Change {
    Installation::TaskLink link;
    std::string name;
    Stopwatch since;
};

// Renames tasks in Odoo, one after another with random pauses, and watches Plane: milliseconds per change.
class Person {
public:
    Person(const odoo::Settings& odoo, const plane::Settings& plane, std::vector<Installation::TaskLink> links)
        : http_(net::make_curl_client()),
          odoo_(*http_, clock_, random_, odoo),
          plane_(*http_, clock_, random_, plane),
          links_(std::move(links)) {}

    Result<std::vector<double>> change_and_watch() {
        const auto give_up = steady_clock::now() + kGiveUp;
        auto next = steady_clock::now();
        int begun = 0;
        while (begun < kChanges || !open_.empty()) {
            if (steady_clock::now() > give_up) {
                return make_error(Errc::kInternal, std::to_string(open_.size()) + " changes never arrived in Plane");
            }
            if (begun < kChanges && steady_clock::now() >= next) {
                TRY(rename(begun++));
                next = steady_clock::now() + std::chrono::milliseconds(dice_.below(kPauseMaxMs));
            }
            TRY(look());
            std::this_thread::sleep_for(kLookEvery);
        }
        return times_;
    }

private:
    Result<void> rename(int number) {
        const std::size_t place = std::size_t(number) * links_.size() / kChanges;
        Change change{links_[place], "Renamed in run " + run_ + ", number " + std::to_string(number), {}};
        TRY(odoo_.call("project.task", "write",
                       {{"ids", json::Array{change.link.task}}, {"vals", json::Object{{"name", change.name}}}}, false));
        open_.push_back(std::move(change));
        return ok();
    }
    Result<void> look() {
        for (std::size_t i = open_.size(); i-- > 0;) {
            const std::optional<json::Object> item = TRY(plane_.item(open_[i].link.project, open_[i].link.item));
            if (!item || json::text_or(*item, "name") != open_[i].name) continue;
            times_.push_back(open_[i].since.milliseconds());
            open_.erase(open_.begin() + std::ptrdiff_t(i));
        }
        return ok();
    }

    SystemClock clock_;
    SystemRandom random_;
    SeededRandom dice_{kSeed};
    const std::string run_ = random_.uuid();  // names that an earlier run left behind are no changes
    std::unique_ptr<net::HttpClient> http_;
    odoo::Client odoo_;
    plane::Client plane_;
    std::vector<Installation::TaskLink> links_;
    std::vector<Change> open_;
    std::vector<double> times_;
};

Result<void> measure(Report& report, const std::string& peer, const odoo::Settings& odoo,
                     const plane::Settings& plane) {
    const std::string program = TRY(syncline_program());
    const ScratchFolder home;
    TRY(write_settings(home.path(), odoo, plane));
    std::vector<Installation::TaskLink> links;
    {
        const std::unique_ptr<Installation> installation = TRY(Installation::open(home.path(), odoo, plane));
        TRY(installation->engine().sync(sync::Look::kFull));
        links = TRY(installation->task_links());
    }
    if (links.size() < kChanges) return make_error(Errc::kInternal, "the first sync linked too few tasks");
    Serving serve(program, home.path());
    TRY(serve.settled());
    const std::vector<double> times = TRY(Person(odoo, plane, links).change_and_watch());
    const std::string name = "change in Odoo (" + peer + ") seen in Plane: ";
    const std::string note = display(double(links.size())) + " tasks, " + display(double(times.size())) + " changes";
    report.push_back({name + "p50", median(times), "ms", at_most(kP50MaxMs),
                      Rival{"wait for a 1 s sweep", kSweepMs / 2}, note + "; an hourly connector: 1,800 s"});
    report.push_back({name + "p99", percentile(times, 0.99), "ms", at_most(kP99MaxMs),
                      Rival{"wait for a 1 s sweep", kSweepMs * 0.99}, note + "; an hourly connector: 3,564 s"});
    return ok();
}

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

Result<void> fill(const odoo::Settings& settings) {
    SystemClock clock;
    SystemRandom random;
    const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    odoo::Client client(*http, clock, random, settings);
    json::Array domain;  // (braces around one list would be that list)
    domain.push_back(json::Array{"login", "like", "@acme.example"});
    if (!TRY(client.search("res.users", domain)).empty()) return ok();
    std::optional<Error> failure;
    const sim::Creator create = [&](const std::string& model, const json::Array& values) {
        std::vector<std::int64_t> ids(values.size());
        Result<json::Value> made = client.call(model, "create", {{"vals_list", values}}, false);
        if (!made && !failure) failure = made.error();
        for (std::size_t i = 0; made && i < ids.size(); ++i) ids[i] = made->get_array().at(i).to_number<std::int64_t>();
        return ids;
    };
    sim::build_company(create, kSeed, company_of(kTasks), true);
    return failure ? Result<void>(*failure) : ok();
}

}  // namespace

Result<void> bench_change(Report& report) {
    Peers peers({.tasks = kTasks});
    TRY(peers.ready());
    return measure(report, "simulated", peers.odoo(), peers.plane());
}

// SYNCLINE_TEST_ODOO names a folder made by `tools/odoo19 start FOLDER --addons ipai_ppm`.
Result<void> bench_change_odoo19(Report& report) {
    const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
    if (!folder || *folder == '\0') {
        report.push_back({"change in Odoo (real Odoo 19) seen in Plane: p50",
                          std::nullopt,
                          "ms",
                          at_most(kP50MaxMs),
                          {},
                          "SKIPPED: no Odoo"});
        return ok();
    }
    Peers peers({.tasks = kTasks, .odoo = false});
    TRY(peers.ready());
    const std::string path(folder);
    const odoo::Settings odoo{.url = first_line(path + "/url"),
                              .database = first_line(path + "/database"),
                              .login = "",
                              .key = vault::Secret(first_line(path + "/key")),
                              .companies = {}};
    TRY(fill(odoo));
    return measure(report, "real Odoo 19", odoo, peers.plane());
}

}  // namespace syncline::bench
