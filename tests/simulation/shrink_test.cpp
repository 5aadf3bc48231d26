#include "simulation/shrink.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace syncline::simulation {
namespace {

Schedule schedule_of(int steps) {
    Schedule schedule;
    schedule.circumstances.guard = true;
    schedule.circumstances.normaliser = 1;
    for (int i = 1; i <= steps; ++i) {
        Step step{.act = Act::kWork, .seed = static_cast<std::uint64_t>(i), .trouble = {}, .busy = true};
        step.trouble.what = Mishap::kFaults;
        schedule.steps.push_back(step);
    }
    return schedule;
}

bool has(const Schedule& schedule, std::uint64_t seed) {
    return std::any_of(schedule.steps.begin(), schedule.steps.end(), [&](const Step& s) { return s.seed == seed; });
}

TEST(Shrink, LeavesOnlyWhatIsNeeded) {
    const Schedule failing = schedule_of(12);
    const auto breaks = [](const Schedule& it) -> Result<bool> {
        const auto second = std::find_if(it.steps.begin(), it.steps.end(), [](const Step& s) { return s.seed == 9; });
        return has(it, 4) && second != it.steps.end() && second->trouble.what != Mishap::kNone &&
               it.circumstances.normaliser == 1;
    };
    const Result<Shrunk> shrunk = shrink(failing, breaks);
    ASSERT_TRUE(shrunk.ok());
    EXPECT_EQ(shrunk->cutting.text(), "4tb,9b,-guard");
    EXPECT_TRUE(shrunk->smallest);
    EXPECT_LT(shrunk->tries, 60);
}

// Step 3 is needed only for as long as step 8 has its trouble: the second round finds that.
TEST(Shrink, GoesAroundUntilNothingGoes) {
    const auto breaks = [](const Schedule& it) -> Result<bool> {
        const auto eighth = std::find_if(it.steps.begin(), it.steps.end(), [](const Step& s) { return s.seed == 8; });
        return eighth != it.steps.end() && (eighth->trouble.what == Mishap::kNone || has(it, 3));
    };
    EXPECT_EQ(shrink(schedule_of(10), breaks)->cutting.text(), "8tb,-guard,-html");
}

TEST(Shrink, AStepThatIsNeededTwiceStays) {
    const Result<Shrunk> shrunk =
        shrink(schedule_of(9), [](const Schedule& it) -> Result<bool> { return it.steps.size() >= 3; });
    EXPECT_EQ(shrunk->cutting.steps.size(), 3u);
}

TEST(Shrink, NothingAtAllMayBeLeft) {
    const Result<Shrunk> shrunk = shrink(schedule_of(5), [](const Schedule&) -> Result<bool> { return true; });
    EXPECT_TRUE(shrunk->cutting.steps.empty());
}

TEST(Shrink, IsBounded) {
    int tries = 0;
    const auto breaks = [&tries](const Schedule& it) -> Result<bool> {
        ++tries;
        return it.steps.size() > 900;
    };
    const Result<Shrunk> shrunk = shrink(schedule_of(1000), breaks, 20);
    EXPECT_EQ(tries, 20);
    EXPECT_EQ(shrunk->tries, 20);
    EXPECT_FALSE(shrunk->smallest);
}

TEST(Shrink, PassesOnWhatFails) {
    const auto breaks = [](const Schedule&) -> Result<bool> { return make_error(Errc::kStore, "gone"); };
    EXPECT_EQ(shrink(schedule_of(3), breaks).error().code, Errc::kStore);
}

}  // namespace
}  // namespace syncline::simulation
