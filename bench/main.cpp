// syncline_bench                      runs every benchmark, prints one table; --json FILE writes the figures
// syncline_bench --list               their names
// syncline_bench --only NAME[,NAME]   some of them
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include "base/memory.hpp"
#include "base/text.hpp"
#include "benchmarks.hpp"
#include "support/installation.hpp"
#include "support/process.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

struct Benchmark {
    const char* name;
    const char* about;
    Result<void> (*run)(Report&);
    bool when_named = false;  // it takes minutes: only for those who ask for it
};

constexpr std::chrono::milliseconds kLogPoll{50};

constexpr Benchmark kBenchmarks[] = {
    {"planner", "decisions per second, on one core", bench_planner},
    {"first-sync-500", "first sync of 500 tasks", bench_first_sync_500},
    {"first-sync-2000", "first sync of 2,000 tasks, and one with nothing to do", bench_first_sync_2000},
    {"idle-100k", "a sync of 100,000 tasks with nothing to do (when named)", bench_idle_100k, true},
    {"change", "from a change in Odoo to the change in Plane", bench_change},
    {"events", "from a change in Plane to the change in Odoo, over webhooks", bench_events},
    {"change-odoo19", "the same with the real Odoo 19", bench_change_odoo19},
    {"jobs", "the durable queue: rate in batches, pickup", bench_jobs},
    {"ingress", "webhooks accepted durably, idle connections", bench_ingress},
    {"promote", "50,000 products and variants into the core, and back", bench_promote},
    {"mirror", "a whole model pulled from Odoo, stage by stage", bench_mirror},
    {"mirror-memory", "peak memory for a million records; a sweep", bench_mirror_memory},
    {"mirror-odoo19", "the same from the real Odoo 19, beside the floor", bench_mirror_odoo19},
    {"footprint", "start, memory when idle, size", bench_footprint},
    {"mirror-table", "a table over a million records of the mirror", bench_mirror_table},
};

struct Options {
    std::string json;
    std::vector<std::string> only;
    std::string child;  // this process is to run this benchmark alone, and write its figures to `json`
    bool list = false;
    bool bad = false;
};

Options read_options(const std::vector<std::string>& arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& name = arguments[i];
        if (name == "--list") {
            options.list = true;
        } else if (i + 1 < arguments.size() && name == "--json") {
            options.json = arguments[++i];
        } else if (i + 1 < arguments.size() && name == "--only") {
            options.only = split(arguments[++i], ',');
        } else if (i + 1 < arguments.size() && name == "--child") {
            options.child = arguments[++i];
        } else {
            options.bad = true;
        }
    }
    return options;
}

bool write_figures(const Report& report, const std::string& path) {
    json::Array list;
    for (const Figure& figure : report) list.push_back(to_json(figure));
    std::ofstream file(path);
    file << json::pretty(list) << "\n";
    return file.good();
}

Result<Report> read_figures(const std::string& path) {
    std::ifstream file(path);
    const json::Value list = TRY(json::parse(std::string(std::istreambuf_iterator<char>(file), {})));
    if (!list.is_array()) return make_error(Errc::kInvalid, "figures must be an array");
    Report report;
    for (const json::Value& figure : list.get_array()) report.push_back(TRY(figure_from_json(figure)));
    return report;
}

int run_child(const Options& options) {
    for (const Benchmark& benchmark : kBenchmarks) {
        if (options.child != benchmark.name) continue;
        Report report;
        const Result<void> done = benchmark.run(report);
        if (!done) fmt::print(stderr, "{}: {} {}\n", benchmark.name, done.error().message, done.error().hint);
        return write_figures(report, options.json) && done ? 0 : 1;
    }
    return 2;
}

// What a benchmark says while it runs: how far it is, or what went wrong.
void show_more(const std::string& log, std::streamoff& shown) {
    std::ifstream said(log);
    said.seekg(shown);
    const std::string more(std::istreambuf_iterator<char>(said), {});
    shown += static_cast<std::streamoff>(more.size());
    fmt::print(stderr, "{}", more);
}

// What was measured before a benchmark failed is kept.
bool run_apart(const Benchmark& benchmark, const std::string& folder, Report& report) {
    const std::string figures = folder + "/" + benchmark.name + ".json";
    const std::string log = folder + "/" + benchmark.name + ".log";
    std::streamoff shown = 0;
    fmt::print(stderr, "{:<16} {}\n", benchmark.name, benchmark.about);
    const Stopwatch watch;
    Program program({"/proc/self/exe", "--child", benchmark.name, "--json", figures}, log);
    while (program.running()) {
        std::this_thread::sleep_for(kLogPoll);
        show_more(log, shown);
    }
    const int code = program.wait();
    show_more(log, shown);
    const Result<Report> measured = read_figures(figures);
    if (measured) report.insert(report.end(), measured->begin(), measured->end());
    fmt::print(stderr, "({:.1f} s)\n", watch.seconds());
    if (code == 0 && measured) return true;
    fmt::print(stderr, "{} FAILED\n", benchmark.name);
    return false;
}

bool wanted(const Options& options, const Benchmark& benchmark) {
    if (options.only.empty()) return !benchmark.when_named;
    return std::find(options.only.begin(), options.only.end(), benchmark.name) != options.only.end();
}

int run_all(const Options& options) {
    const ScratchFolder scratch;
    Report report;
    bool good = true;
    for (const Benchmark& benchmark : kBenchmarks) {
        if (wanted(options, benchmark)) good = run_apart(benchmark, scratch.path(), report) && good;
    }
    fmt::print("\n{}", table(report));
    if (!options.json.empty() && !write_figures(report, options.json)) {
        fmt::print(stderr, "cannot write {}\n", options.json);
        good = false;
    }
    return good ? 0 : 1;
}

int run(const std::vector<std::string>& arguments) {
    const Options options = read_options(arguments);
    if (options.bad) {
        fmt::print(stderr, "usage: syncline_bench [--list] [--only NAME,…] [--json FILE]\n");
        return 2;
    }
    if (!options.child.empty()) return run_child(options);
    if (!options.list) return run_all(options);
    for (const Benchmark& benchmark : kBenchmarks) fmt::print("{:<16} {}\n", benchmark.name, benchmark.about);
    return 0;
}

}  // namespace

void progress(std::string_view what) {
    static const Stopwatch watch;  // of the benchmark: each is a process of its own
    fmt::print(stderr, "  {:>6.1f} s  {}\n", watch.seconds(), what);
}

}  // namespace syncline::bench

int main(int argc, char** argv) {
    syncline::share_heaps();  // as the program does
    return syncline::bench::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
