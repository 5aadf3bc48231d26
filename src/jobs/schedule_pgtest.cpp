#include <atomic>
#include <thread>

#include "jobs/schedule.hpp"
#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class ScheduleTest : public testing::JobsTest {
protected:
    static Schedule every(const std::string& name, Micros interval) {
        Schedule schedule{name, Every{interval}, {}};
        schedule.job.kind = "look";
        schedule.job.subject = name;
        return schedule;
    }
    std::int64_t due(const std::vector<Schedule>& schedules) {
        return must(enqueue_due(database(), org_, schedules, now()));
    }
    void finish_all() {
        while (true) {
            const std::vector<Job> jobs = claim(one(), 10);
            if (jobs.empty()) return;
            must(one().complete(jobs));
        }
    }
};

TEST_F(ScheduleTest, WorkIsEnqueuedWhenItIsDue) {
    const std::vector<Schedule> light = {every("light", minutes(15))};
    EXPECT_EQ(due(light), 0) << "a new one is not due at once";
    advance(minutes(15) - Micros(1));
    EXPECT_EQ(due(light), 0);
    advance(Micros(1));
    EXPECT_EQ(due(light), 1);
    EXPECT_EQ(due(light), 0) << "once";
    EXPECT_EQ(claimed(one()), Names{"light"});
    advance(minutes(15));
    EXPECT_EQ(due(light), 1);
}

TEST_F(ScheduleTest, WhatWasMissedIsDoneOnce) {
    const std::vector<Schedule> light = {every("light", minutes(15))};
    due(light);
    advance(hours(50) + minutes(7));
    EXPECT_EQ(due(light), 1);
    finish_all();
    EXPECT_EQ(due(light), 0);
    advance(minutes(8));
    EXPECT_EQ(due(light), 1) << "and then at its usual time";
}

TEST_F(ScheduleTest, OneWhoseLastJobStillWaitsAddsNone) {
    const std::vector<Schedule> light = {every("light", minutes(15))};
    due(light);
    advance(minutes(15));
    EXPECT_EQ(due(light), 1);
    advance(minutes(15));
    EXPECT_EQ(due(light), 0);
    EXPECT_EQ(depth_now().ready, 1);
}

TEST_F(ScheduleTest, OnceHoweverManyProcesses) {
    std::vector<Schedule> schedules;
    for (int i = 0; i < 5; ++i) schedules.push_back(every("s" + std::to_string(i), minutes(1)));
    due(schedules);
    for (int round = 0; round < 10; ++round) {
        advance(minutes(1));
        std::atomic<std::int64_t> added = 0;
        std::vector<std::thread> processes;
        for (int i = 0; i < 6; ++i) {
            processes.emplace_back([&, i] {
                std::vector<Schedule> mine = schedules;
                if (i % 2 == 1) std::ranges::reverse(mine);
                const Result<std::int64_t> mine_added = enqueue_due(database(), org_, mine, now());
                EXPECT_TRUE(mine_added.ok()) << mine_added.error().message;
                if (mine_added) added += *mine_added;
            });
        }
        for (std::thread& process : processes) process.join();
        EXPECT_EQ(added, 5);
        finish_all();
    }
}

TEST_F(ScheduleTest, AChangedRulePutsNothingOff) {
    due({every("light", minutes(15))});
    EXPECT_EQ(due({every("light", hours(4))}), 0);
    advance(minutes(15));
    EXPECT_EQ(due({every("light", hours(4))}), 1) << "the time it had comes first";
    finish_all();
    advance(minutes(15));
    EXPECT_EQ(due({every("light", hours(4))}), 0) << "then by the new rule";
    EXPECT_EQ(due({every("light", minutes(5))}), 0);
    advance(minutes(5));
    EXPECT_EQ(due({every("light", minutes(5))}), 1) << "an earlier time comes at once";
}

// During an upgrade, or while each counts for itself what a rule is made of.
TEST_F(ScheduleTest, ProcessesThatDoNotAgreeAboutTheRuleStillDoTheWork) {
    int added = 0;
    for (int tick = 0; tick < 3600; ++tick) {
        added += static_cast<int>(due({every("light", tick % 2 == 0 ? minutes(15) : minutes(16))}));
        finish_all();
        advance(testing::kSecond);
    }
    EXPECT_GE(added, 3);
    EXPECT_LE(added, 8);
}

TEST_F(ScheduleTest, DailyIsInItsTimeZone) {
    Schedule nightly{"nightly", Daily{120, "Asia/Manila"}, {}};
    nightly.job.kind = "look";
    nightly.job.subject = "full";
    due({nightly});
    EXPECT_EQ(parse_time(run("select due_at from jobs.schedules").text(0, "due_at")).value(),
              parse_time("2026-11-21T18:00:00Z").value());
    advance(hours(10));
    EXPECT_EQ(due({nightly}), 1);
}

TEST_F(ScheduleTest, ABrokenScheduleIsToldAndKeepsNothing) {
    const std::vector<Schedule> schedules = {every("a", minutes(1)), {"b", Daily{120, "Mars/Olympus"}, {}}};
    EXPECT_EQ(enqueue_due(database(), org_, schedules, now()).error().code, Errc::kInvalid);
    EXPECT_EQ(run("select 1 from jobs.schedules").size(), 0u);
}

TEST_F(ScheduleTest, EachOrgHasItsOwn) {
    add_org();
    const access::OrgId other = access::OrgId::parse(pg::testing::kOtherOrg).value();
    const std::vector<Schedule> light = {every("light", minutes(15))};
    due(light);
    advance(minutes(15));
    EXPECT_EQ(must(enqueue_due(database(), other, light, now())), 0);
    EXPECT_EQ(due(light), 1);
}

}  // namespace
}  // namespace syncline::jobs
