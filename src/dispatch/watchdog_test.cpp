#include "dispatch/watchdog.hpp"

#include <gtest/gtest.h>

namespace syncline::dispatch {
namespace {

using std::chrono::seconds;

struct WatchdogTest : ::testing::Test {
    Watchdog dog;
    Time now{seconds(1'000'000)};
    void pass(Micros duration) {
        now += duration;
        dog.tick(now);
    }
};

TEST_F(WatchdogTest, TwoUnannouncedChangesMakeASourceSilent) {
    dog.found("plane", "plane/item/1", false, now);
    pass(Watchdog::kGrace);
    EXPECT_FALSE(dog.silent("plane"));
    const Time first = now - Watchdog::kGrace;
    dog.found("plane", "plane/item/2", false, now);
    pass(Watchdog::kGrace);
    EXPECT_TRUE(dog.silent("plane"));
    EXPECT_EQ(dog.silent_since("plane"), first);
    EXPECT_EQ(dog.missed("plane"), 2);
    EXPECT_FALSE(dog.silent("odoo"));
}

TEST_F(WatchdogTest, ADeadWebhookIsKnownWithinTwoMinutes) {
    const Time died = now;
    for (int sweep = 0; !dog.silent("plane"); ++sweep) {
        dog.found("plane", "plane/item/" + std::to_string(sweep), false, now);
        pass(seconds(30));
        ASSERT_LT(sweep, 10);
    }
    EXPECT_LE(now - died, std::chrono::minutes(2));
}

TEST_F(WatchdogTest, AnEventWithinTheGraceIsInTime) {
    for (int i = 0; i < 10; ++i) {
        const std::string subject = "plane/item/" + std::to_string(i);
        dog.found("plane", subject, false, now);
        pass(Watchdog::kGrace - seconds(1));
        dog.heard("plane", subject, now);
        pass(seconds(1));
    }
    EXPECT_EQ(dog.missed("plane"), 0);
    EXPECT_FALSE(dog.silent("plane"));
}

TEST_F(WatchdogTest, OneEventMakesItWellAgain) {
    for (int i = 0; i < 3; ++i) dog.found("odoo", "odoo/project.task/" + std::to_string(i), false, now);
    pass(Watchdog::kGrace);
    EXPECT_TRUE(dog.silent("odoo"));
    dog.heard("odoo", "odoo/project.task/9", now);
    EXPECT_FALSE(dog.silent("odoo"));
    EXPECT_EQ(dog.silent_since("odoo"), Time{});
}

TEST_F(WatchdogTest, WhatWasAnnouncedBeforeTheSweepIsNoMiss) {
    dog.found("plane", "plane/item/1", true, now);
    pass(seconds(600));
    EXPECT_EQ(dog.missed("plane"), 0);
}

TEST_F(WatchdogTest, TheSameChangeSeenByTwoSweepsCountsOnce) {
    dog.found("plane", "plane/item/1", false, now);
    dog.found("plane", "plane/item/1", false, now);
    pass(Watchdog::kGrace);
    EXPECT_EQ(dog.missed("plane"), 1);
    EXPECT_FALSE(dog.silent("plane"));
}

}  // namespace
}  // namespace syncline::dispatch
