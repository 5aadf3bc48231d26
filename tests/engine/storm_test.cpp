// Many storms, each from its seed. SYNCLINE_STORMS says how many; SYNCLINE_STORM_SEED runs one of them again.
#include "tests/engine/storm.hpp"

#include <chrono>
#include <cstdio>

namespace syncline::testing {
namespace {

constexpr std::uint64_t kStorms = 100;
constexpr int kFailuresShown = 3;

class Storms : public pg::testing::PgTest {};

TEST_F(Storms, LeaveBothSidesInStepAndLoseNothing) {
    const std::uint64_t only = number_from("SYNCLINE_STORM_SEED", 0);
    const std::uint64_t first = only ? only : 1;
    const std::uint64_t count = only ? 1 : number_from("SYNCLINE_STORMS", kStorms);
    const auto began = std::chrono::steady_clock::now();
    std::uint64_t done = 0;
    std::size_t violations = 0;
    int shown = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed, ++done) {
        Storm storm(dsn(), seed);
        storm.run();
        violations += storm.violations().size();
        for (const std::string& violation : storm.violations()) {
            std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), violation.c_str());
        }
        if (!storm.violations().empty() && shown++ < kFailuresShown) ADD_FAILURE() << storm.story();
        if (HasFatalFailure()) return;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("schedules %llu, violations %zu, per second %.1f\n", static_cast<unsigned long long>(done), violations,
                static_cast<double>(done) / took.count());
    EXPECT_EQ(violations, 0u);
}

}  // namespace
}  // namespace syncline::testing
