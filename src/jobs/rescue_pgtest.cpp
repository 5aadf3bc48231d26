#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

class RescueTest : public testing::JobsTest {
protected:
    std::int64_t rescued(Queue& queue) { return must(queue.rescue(now())).jobs; }
};

TEST_F(RescueTest, TheJobsOfADeadWorkerComeBackWithinTwoSeconds) {
    put("look", "a");
    put("look", "b");
    claim(one(), 5);
    advance(kLease);
    EXPECT_EQ(rescued(two()), 0);
    advance(Micros(1));
    EXPECT_LT(kLease + Micros(1) + std::chrono::milliseconds(400), kSecond * 2);
    EXPECT_EQ(rescued(two()), 2);
    const std::vector<Job> again = claim(two());
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].subject, "a");
    EXPECT_EQ(again[0].attempt, 2);
    EXPECT_EQ(again[0].losses, 1);
    EXPECT_EQ(rescued(two()), 0);
}

TEST_F(RescueTest, AWorkerThatBeatsKeepsItsJobs) {
    put("look", "a");
    claim(one());
    for (int i = 0; i < 20; ++i) {
        advance(kHeartbeat);
        must(one().heartbeat(now()));
        EXPECT_EQ(rescued(two()), 0);
    }
    EXPECT_EQ(run("select 1 from jobs.workers").size(), 1u) << "one row a worker";
}

TEST_F(RescueTest, ABeatFromThePastTakesNothingAway) {
    put("look", "a");
    claim(one());
    const Time before = now();
    advance(kSecond);
    must(one().heartbeat(now()));
    must(one().heartbeat(before));
    advance(kSecond);
    EXPECT_EQ(rescued(two()), 0);
}

TEST_F(RescueTest, AJobThatWasRescuedCannotBeSettledByItsOldWorker) {
    put("look", "a");
    const std::vector<Job> old = claim(one());
    advance(kSecond * 2);
    EXPECT_EQ(rescued(two()), 1);
    EXPECT_EQ(must(one().complete(old)), 0) << "in the queue";
    const std::vector<Job> fresh = claim(two());
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_NE(fresh[0].fence, old[0].fence);
    EXPECT_EQ(must(one().complete(old)), 0) << "with another";
    EXPECT_EQ(fail(one(), old[0], Errc::kRefused), std::nullopt);
    must(one().release(old, now()));
    EXPECT_EQ(depth_now().running, 1);
    EXPECT_EQ(must(two().complete(fresh)), 1);
}

TEST_F(RescueTest, NotEvenWhenItGotTheSameJobAgain) {
    put("look", "a");
    const std::vector<Job> old = claim(one());
    advance(kSecond * 2);
    EXPECT_EQ(rescued(two()), 1);
    const std::vector<Job> fresh = claim(one());
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_EQ(must(one().complete(old)), 0);
    EXPECT_TRUE(one().holds(fresh[0]));
    EXPECT_EQ(must(one().complete(fresh)), 1);
}

TEST_F(RescueTest, AJobThatKillsItsWorkersDies) {
    put("look", "poison");
    for (int i = 1; i <= kAttemptsMax; ++i) {
        Queue victim(database(), org_, "victim " + std::to_string(i));
        ASSERT_EQ(claimed(victim), Names{"poison"}) << i;
        advance(kSecond * 2);
        const Rescued rescued = must(one().rescue(now()));
        EXPECT_EQ(rescued.jobs, 1);
        EXPECT_EQ(rescued.dead.size(), i == kAttemptsMax ? 1u : 0u);
    }
    EXPECT_TRUE(claim(one()).empty());
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].reason, DeadReason::kWorkerLost);
    EXPECT_EQ(dead()[0].job.attempt, kAttemptsMax);
    EXPECT_EQ(run("select 1 from jobs.workers").size(), 0u) << "nothing is left of dead workers";
}

TEST_F(RescueTest, AJobThatAWorkerDiedWithComesAlone) {
    for (const char* subject : {"a", "b", "c"}) put("look", subject);
    claim(one(), 3);
    advance(kSecond * 2);
    put("look", "d");
    EXPECT_EQ(rescued(two()), 3);
    EXPECT_EQ(claimed(two(), 5), Names{"a"});
    EXPECT_EQ(claimed(two(), 5), Names{"b"});
    EXPECT_EQ(claimed(two(), 5), Names{"c"});
    EXPECT_EQ(claimed(two(), 5), Names{"d"});
    // Nor does it come along with another one.
    advance(kSecond * 2);
    put("look", "e", Priority::kInteractive, now() - kSecond * 60);
    Queue three(database(), org_, "three");
    EXPECT_EQ(rescued(three), 4);
    EXPECT_EQ(claimed(three, 5), Names{"e"});
}

TEST_F(RescueTest, FailuresAndLossesAreCountedApart) {
    put("look", "a");
    for (int i = 0; i < kAttemptsMax - 1; ++i) {
        fail(one(), claim(one()).at(0));
        advance(kSecond * 10);
    }
    claim(one());
    advance(kSecond * 2);
    EXPECT_EQ(rescued(two()), 1);
    const std::vector<Job> last = claim(two());
    ASSERT_EQ(last.size(), 1u) << "three failures and a loss are neither four failures nor four losses";
    EXPECT_EQ(last[0].attempt, 5);
    EXPECT_EQ(fail(two(), last[0]), DeadReason::kAttemptsUsedUp);
}

TEST_F(RescueTest, ARescuedJobTakesInWhatWasEnqueuedMeanwhile) {
    put("look", "a");
    const std::int64_t id = claim(one()).at(0).id;
    advance(kSecond * 2);
    put("look", "a");
    EXPECT_EQ(rescued(two()), 1);
    const std::vector<Job> again = claim(two(), 5);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].id, id);
}

TEST_F(RescueTest, WhatSomebodyIsJustSettlingIsLeftToThem) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    advance(kSecond * 2);
    must(database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        EXPECT_EQ(TRY(one().complete(tx, jobs)), 1);
        EXPECT_EQ(rescued(two()), 0) << "and does not wait for it";
        return ok();
    }));
    EXPECT_EQ(rescued(two()), 0);
    EXPECT_EQ(depth_now().running, 0);
}

// The commit of a claim went through, but its answer was lost: nobody works on the job, and its worker lives.
TEST_F(RescueTest, AClaimWhoseAnswerWasLostComesBackWithoutALoss) {
    put("look", "a");
    {
        Queue same(database(), org_, "one");  // stands for the claim that one() never heard of
        EXPECT_EQ(claimed(same), Names{"a"});
    }
    put("look", "b");
    const std::vector<Job> known = claim(one());
    EXPECT_EQ(subjects(known), Names{"b"});
    advance(kLease);
    must(one().heartbeat(now()));
    EXPECT_EQ(rescued(one()), 0);
    advance(Micros(1));
    EXPECT_EQ(rescued(one()), 1);
    EXPECT_TRUE(one().holds(known.at(0))) << "what it knows of it keeps";
    const std::vector<Job> again = claim(one(), 5);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].subject, "a");
    EXPECT_EQ(again[0].attempt, 1);
}

TEST_F(RescueTest, AJobWhoseSettlingFailedComesBack) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    const auto failed = database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(one().complete(tx, jobs));
        return make_error(Errc::kUnreachable, "the store went away");
    });
    EXPECT_FALSE(failed.ok());
    advance(kSecond * 2);
    must(one().heartbeat(now()));
    EXPECT_EQ(rescued(one()), 1);
    EXPECT_EQ(claimed(one()), Names{"a"});
}

}  // namespace
}  // namespace syncline::jobs
