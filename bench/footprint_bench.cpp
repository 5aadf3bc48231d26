// What the program costs before it does anything: time from start to ready on a store that is there, memory when idle,
// size on disk. Beside it PostgreSQL alone, which is most of it.
#include <filesystem>
#include <thread>

#include "benchmarks.hpp"
#include "support/installation.hpp"
#include "support/peers.hpp"
#include "support/product.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

namespace fs = std::filesystem;

constexpr int kTasks = 500;
constexpr int kStarts = 7;
constexpr double kStartMaxMs = 150;
constexpr double kIdleMegabytesMax = 60;
constexpr std::chrono::seconds kSettle{2};
constexpr std::chrono::seconds kIdle{20};  // until what only the start needed has been given back

// Milliseconds from nothing to a store that answered a query; and to an engine that could start.
struct Starts {
    double postgres = 0;
    double postgres_and_stop = 0;
    double installation = 0;
};
Result<Starts> measure_starts(const std::string& home, const Peers& peers) {
    std::vector<double> alone, alone_and_stop, whole;
    for (int i = 0; i < kStarts; ++i) {
        Stopwatch watch;
        {
            const auto server = TRY(start_postgres(home));
            const auto database = TRY(pg::open_database({.dsn = server->dsn(), .connections_max = 1}));
            TRY(database->transact(access::default_org().text(),
                                   [](pg::Transaction& tx) { return tx.exec("select 1"); }));
            alone.push_back(watch.milliseconds());
        }
        alone_and_stop.push_back(watch.milliseconds());
        watch = {};
        const auto installation = TRY(Installation::open(home, peers.odoo(), peers.plane()));
        TRY(installation->query("select count(*) from sync.links"));
        whole.push_back(watch.milliseconds());
    }
    return Starts{median(alone), median(alone_and_stop), median(whole)};
}

Result<double> postgres_alone_megabytes(const std::string& home) {
    const auto server = TRY(start_postgres(home));
    const auto database = TRY(pg::open_database({.dsn = server->dsn(), .connections_max = 1}));
    std::this_thread::sleep_for(kSettle);
    return double(tree_pss_bytes(postmaster(home))) / kMegabyte;
}

Result<double> status_milliseconds(const std::string& syncline, const std::string& home) {
    std::vector<double> times;
    for (int i = 0; i < kStarts; ++i) {
        const Stopwatch watch;
        Program run({syncline, "--home", home, "status", "--json"}, home + "/status.log");
        if (run.wait() != 0) return make_error(Errc::kInternal, "`syncline status` failed");
        times.push_back(watch.milliseconds());
    }
    return median(times);
}

Result<void> add_idle_memory(Report& report, const std::string& syncline, const std::string& home) {
    const double alone = TRY(postgres_alone_megabytes(home));
    Serving serve(syncline, home);
    TRY(serve.settled());
    std::this_thread::sleep_for(kIdle);
    const double own = double(rss_bytes(serve.pid())) / kMegabyte;
    const double store = double(tree_pss_bytes(postmaster(home))) / kMegabyte;
    serve.stop();
    report.push_back({"idle memory: syncline serve", own, "MB", {}, {}, "500 links, a sweep each second"});
    report.push_back({"idle memory: with its PostgreSQL", own + store, "MB", at_most(kIdleMegabytesMax),
                      Rival{"PostgreSQL alone", alone}, "RSS + proportional memory of the store"});
    return ok();
}

// Megabytes without symbols.
Result<double> stripped_size(const std::string& path, const std::string& scratch) {
    const std::string copy = scratch + "/stripped";
    Program strip({"/usr/bin/strip", "-o", copy, path}, scratch + "/strip.log");
    if (strip.wait() != 0) return make_error(Errc::kInternal, "`strip` failed");
    return double(fs::file_size(copy)) / kMegabyte;
}

// PostgreSQL's own server program, from its process.
Result<double> postgres_size(const std::string& home, const std::string& scratch) {
    const auto server = TRY(start_postgres(home));
    const std::string path = fs::read_symlink("/proc/" + std::to_string(postmaster(home)) + "/exe");
    return stripped_size(path, scratch);
}

Result<void> add_program(Report& report, const std::string& home, const Starts& starts) {
    const std::string syncline = TRY(syncline_program());
    report.push_back({"start: syncline status, start to end",
                      TRY(status_milliseconds(syncline, home)),
                      "ms",
                      {},
                      Rival{"PostgreSQL alone, start and stop", starts.postgres_and_stop},
                      "median"});
    TRY(add_idle_memory(report, syncline, home));
    const ScratchFolder scratch;
    report.push_back({"size: the program, stripped",
                      TRY(stripped_size(syncline, scratch.path())),
                      "MB",
                      {},
                      Rival{"the postgres program", TRY(postgres_size(home, scratch.path()))},
                      "libraries are shared"});
    return ok();
}

}  // namespace

Result<void> bench_footprint(Report& report) {
    Peers peers({.tasks = kTasks});
    const ScratchFolder home;
    TRY(peers.ready());
    TRY(write_settings(home.path(), peers.odoo(), peers.plane()));
    {
        const auto installation = TRY(Installation::open(home.path(), peers.odoo(), peers.plane()));
        TRY(installation->engine().sync(sync::Look::kFull));
    }
    const Starts starts = TRY(measure_starts(home.path(), peers));
    report.push_back({"start: store open, engine ready", starts.installation, "ms", at_most(kStartMaxMs),
                      Rival{"PostgreSQL alone", starts.postgres}, "median"});
    return add_program(report, home.path(), starts);
}

}  // namespace syncline::bench
