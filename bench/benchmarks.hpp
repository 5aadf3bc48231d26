// The benchmarks. Each runs in a process of its own, so that none weighs on another's memory, and adds its figures to
// a report. To add one: a file, a line here, a line in kBenchmarks (main.cpp).
#pragma once

#include <string_view>
#include <vector>

#include "support/figure.hpp"

namespace syncline::bench {

using Report = std::vector<Figure>;

// Says on a line of its own how far a long benchmark is.
void progress(std::string_view what);

Result<void> bench_planner(Report& report);
Result<void> bench_first_sync_500(Report& report);
Result<void> bench_first_sync_2000(Report& report);  // and what a sync costs after it
Result<void> bench_idle_100k(Report& report);
Result<void> bench_change(Report& report);
Result<void> bench_change_odoo19(Report& report);
Result<void> bench_events(Report& report);
Result<void> bench_jobs(Report& report);
Result<void> bench_ingress(Report& report);
Result<void> bench_promote(Report& report);
Result<void> bench_footprint(Report& report);
Result<void> bench_mirror(Report& report);
Result<void> bench_mirror_table(Report& report);
Result<void> bench_mirror_memory(Report& report);
Result<void> bench_mirror_odoo19(Report& report);

}  // namespace syncline::bench
