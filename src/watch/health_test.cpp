#include "watch/health.hpp"

#include <gtest/gtest.h>

namespace syncline::watch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kStart{seconds(1'790'000'000)};

TEST(Health, IsGoodWhileEachLoopBeats) {
    Pulses pulses;
    EXPECT_TRUE(readiness(pulses.all(), kStart, {}).good) << "a process without loops has nothing to stall";
    pulses.beat("worker", kStart);
    pulses.beat("receiver", kStart);
    const Health health = readiness(pulses.all(), kStart + milliseconds(1500), {});
    EXPECT_TRUE(health.good);
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.body, R"({"status":"ok","wrong":[],"pulses":[{"name":"receiver","age_ms":1500,"good":true},)"
                           R"({"name":"worker","age_ms":1500,"good":true}]})");
}

TEST(Health, AStallIsSeenWithinFiveSecondsAndNamed) {
    Pulses pulses;
    pulses.beat("worker", kStart);
    pulses.beat("receiver", kStart);
    pulses.beat("receiver", kStart + seconds(4));
    EXPECT_TRUE(readiness(pulses.all(), kStart + seconds(5), {}).good);
    const Health health = readiness(pulses.all(), kStart + milliseconds(5001), {});
    EXPECT_FALSE(health.good);
    EXPECT_EQ(health.status, 503);
    EXPECT_NE(health.body.find(R"("wrong":["worker: no sign of life for 5001 ms"])"), std::string::npos) << health.body;
    EXPECT_NE(health.body.find(R"({"name":"worker","age_ms":5001,"good":false})"), std::string::npos);
    pulses.beat("worker", kStart + seconds(7));
    EXPECT_TRUE(readiness(pulses.all(), kStart + seconds(8), {}).good) << "it came back";
}

TEST(Health, AStepThatMayTakeLongSaysSo) {
    Pulses pulses;
    pulses.beat("worker", kStart, minutes(10));
    EXPECT_TRUE(readiness(pulses.all(), kStart + minutes(10), {}).good);
    EXPECT_FALSE(readiness(pulses.all(), kStart + minutes(10) + milliseconds(1), {}).good);
    pulses.beat("worker", kStart + minutes(1));
    EXPECT_FALSE(readiness(pulses.all(), kStart + minutes(2), {}).good) << "the step is over";
}

TEST(Health, WhatEndedAsItShouldIsNotMissed) {
    Pulses pulses;
    pulses.beat("worker", kStart);
    pulses.end("worker");
    EXPECT_TRUE(readiness(pulses.all(), kStart + minutes(1), {}).good);
}

TEST(Health, AStoreThatDoesNotAnswerIsNoReasonToDie) {
    Pulses pulses;
    pulses.beat("worker", kStart);
    const Error away = make_error(Errc::kUnreachable, "cannot connect to host=db.internal user=syncline");
    const Health ready = readiness(pulses.all(), kStart, away);
    EXPECT_FALSE(ready.good);
    EXPECT_NE(ready.body.find(R"("wrong":["store: )" + std::string(to_string(Errc::kUnreachable)) + "\"]"),
              std::string::npos)
        << ready.body;
    EXPECT_EQ(ready.body.find("db.internal"), std::string::npos) << "anybody may read it";
    EXPECT_TRUE(liveness(pulses.all(), kStart + seconds(30)).good);
    EXPECT_FALSE(liveness(pulses.all(), kStart + kPulseMax + kStuckAfter + seconds(1)).good);
}

TEST(Health, NamesAreEscaped) {
    Pulses pulses;
    pulses.beat("a\"b\n", kStart);
    EXPECT_NE(readiness(pulses.all(), kStart, {}).body.find(R"("name":"a\"b\u000a")"), std::string::npos);
}

}  // namespace
}  // namespace syncline::watch
