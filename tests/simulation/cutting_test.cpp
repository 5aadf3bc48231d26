#include "simulation/cutting.hpp"

#include <gtest/gtest.h>

namespace syncline::simulation {
namespace {

Schedule example() {
    Schedule schedule;
    schedule.seed = 7;
    schedule.circumstances.guard = true;
    schedule.circumstances.odoo_skew = std::chrono::seconds(60);
    schedule.circumstances.normaliser = 3;
    for (std::uint64_t i = 1; i <= 4; ++i) {
        Step step{.act = Act::kWork, .seed = i, .trouble = {.what = Mishap::kCrash}, .busy = true, .preempted_at = 2};
        schedule.steps.push_back(step);
    }
    return schedule;
}

TEST(Cutting, TheWholeIsTheSame) {
    const Schedule schedule = example();
    EXPECT_EQ(Cutting::whole(schedule).text(), "1,2,3,4");
    EXPECT_EQ(Cutting::whole(schedule).of(schedule)->text(), schedule.text());
}

TEST(Cutting, TakesOutWhatItSays) {
    const Schedule left = *Cutting::parse("2,4tp,-guard,-clocks,-html")->of(example());
    ASSERT_EQ(left.steps.size(), 2u);
    EXPECT_EQ(left.seed, 7u);
    EXPECT_EQ(left.steps[0].text(), example().steps[1].text());
    EXPECT_EQ(left.steps[1].seed, 4u);
    EXPECT_EQ(left.steps[1].trouble.what, Mishap::kNone);
    EXPECT_EQ(left.steps[1].preempted_at, 0);
    EXPECT_TRUE(left.steps[1].busy);
    EXPECT_FALSE(left.circumstances.guard);
    EXPECT_EQ(left.circumstances.odoo_skew.count(), 0);
    EXPECT_EQ(left.circumstances.normaliser, 0);
}

TEST(Cutting, IsReadAsItIsWritten) {
    for (const char* text : {"", "1", "2,4tbp", "1b,3p,-html", "-guard,-clocks,-html"}) {
        const Result<Cutting> cutting = Cutting::parse(text);
        ASSERT_TRUE(cutting.ok()) << text;
        EXPECT_EQ(cutting->text(), text);
    }
    EXPECT_EQ(Cutting::parse(" 1, 3t ")->text(), "1,3t");
}

TEST(Cutting, RefusesWhatNamesNothing) {
    for (const char* text : {"x", "3x", "0", "-2", "3,2", "2,2", "t", "-clock", "99999999999"}) {
        EXPECT_EQ(Cutting::parse(text).error().code, Errc::kInvalid) << text;
    }
    EXPECT_EQ(Cutting::parse("5")->of(example()).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::simulation
