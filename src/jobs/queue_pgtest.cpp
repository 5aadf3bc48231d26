#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

class QueueTest : public testing::JobsTest {};

TEST_F(QueueTest, TakesTheOldestFirst) {
    for (const char* subject : {"c", "a", "b"}) {
        put("look", subject);
        advance(kSecond);
    }
    EXPECT_EQ(claimed(one()), Names{"c"});
    EXPECT_EQ(claimed(two(), 5), (Names{"a", "b"}));
    EXPECT_TRUE(claim(one()).empty());
}

TEST_F(QueueTest, TakesOnlyWhatIsAskedForAndOneKindAtATime) {
    put("other", "x");
    put("count", "a");
    advance(kSecond);
    put("look", "b");
    advance(kSecond);
    put("count", "c");
    EXPECT_EQ(claimed(one(), 5), (Names{"a", "c"})) << "all of the kind whose job is first";
    EXPECT_EQ(claimed(one(), 5), Names{"b"});
    EXPECT_TRUE(claim(one()).empty());
    EXPECT_TRUE(must(one().claim(std::vector<std::string>{}, 5, now())).empty());
}

TEST_F(QueueTest, EachKindHasItsOwnLimit) {
    for (int i = 0; i < 5; ++i) put("look", "look " + std::to_string(i));
    put("count", "a");
    put("count", "b");
    const std::vector<Wanted> wanted = {{"look", 3}, {"count", 1}};
    EXPECT_EQ(must(one().claim(wanted, now())).size(), 3u);
    EXPECT_EQ(must(one().claim(wanted, now())).size(), 2u);
    EXPECT_EQ(must(one().claim(wanted, now())).size(), 1u);
    EXPECT_EQ(must(one().claim(wanted, now())).size(), 1u);
    EXPECT_EQ(must(one().claim(wanted, now())).size(), 0u);
}

TEST_F(QueueTest, ABetterPriorityGoesFirstAndWaitingMakesUpForIt) {
    put("look", "bulk", Priority::kBulk);
    advance(Micros(1));
    put("look", "normal", Priority::kNormal);
    put("look", "event", Priority::kEvent);
    put("look", "person", Priority::kInteractive);
    EXPECT_EQ(claimed(one(), 4), (Names{"person", "event", "normal", "bulk"}));
    // Three levels are made up for by three times kAgeing, not by less.
    put("look", "bulk 2", Priority::kBulk);
    advance(kAgeing * 3 - Micros(1));
    put("look", "person 2", Priority::kInteractive);
    EXPECT_EQ(claimed(one(), 4), (Names{"person 2", "bulk 2"}));
    put("look", "bulk 3", Priority::kBulk);
    advance(kAgeing * 3 + Micros(1));
    put("look", "person 3", Priority::kInteractive);
    EXPECT_EQ(claimed(one(), 4), (Names{"bulk 3", "person 3"}));
}

TEST_F(QueueTest, AJobIsNotTakenBeforeItsTime) {
    put("look", "later", Priority::kInteractive, now() + kSecond);
    EXPECT_TRUE(claim(one()).empty());
    EXPECT_EQ(depth_now().waiting, 1);
    put("look", "now", Priority::kBulk);
    EXPECT_EQ(claimed(one()), Names{"now"});
    advance(kSecond - Micros(1));
    EXPECT_TRUE(claim(one()).empty());
    advance(Micros(1));
    EXPECT_EQ(depth_now().ready, 1);
    EXPECT_EQ(claimed(one()), Names{"later"});
}

TEST_F(QueueTest, OneSubjectIsNeverWorkedOnTwiceAtOnce) {
    put("look", "a");
    put("count", "a", Priority::kInteractive);
    put("look", "b");
    const std::vector<Job> first = claim(one(), 5);
    EXPECT_EQ(subjects(first), (Names{"a", "b"})) << "the look at a came first";
    put("look", "a");
    EXPECT_TRUE(claim(two(), 5).empty());
    EXPECT_EQ(must(one().complete(first)), 2);
    const std::vector<Job> second = claim(two(), 5);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].kind, "count");
    EXPECT_TRUE(claim(one(), 5).empty());
    EXPECT_EQ(must(two().complete(second)), 1);
    EXPECT_EQ(claim(one(), 5).at(0).kind, "look");
}

TEST_F(QueueTest, TheStoreItselfRefusesASecondJobOfASubject) {
    put("look", "a");
    claim(one());
    const auto forced = database().transact(org_.text(), [&](pg::Transaction& tx) {
        return tx.exec(
            "insert into jobs.running select org_id, subject, 'count', id + 1, priority, run_at, starts,"
            " failures, losses, enqueued_at, correlation, payload, 'evil', claimed_at from jobs.running");
    });
    EXPECT_EQ(forced.error().detail("sqlstate"), "23505");
}

TEST_F(QueueTest, WhatIsDueLaterHoldsNobodyUp) {
    put("look", "a", Priority::kNormal, now() + kSecond * 100);
    put("count", "a");
    EXPECT_EQ(claim(one(), 5).at(0).kind, "count");
}

TEST_F(QueueTest, WhatWaitsToBeTriedAgainKeepsItsPlace) {
    put("look", "a");
    fail(one(), claim(one()).at(0));
    put("count", "a");
    put("look", "b");
    EXPECT_EQ(claimed(one(), 5), Names{"b"}) << "a poison subject stops only itself";
    advance(kSecond * 2);
    EXPECT_EQ(claim(one(), 5).at(0).kind, "look");
    EXPECT_TRUE(claim(one(), 5).empty());
}

TEST_F(QueueTest, WhatIsCompletedIsGone) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    EXPECT_TRUE(one().holds(jobs.at(0)));
    EXPECT_EQ(depth_now().running, 1);
    EXPECT_EQ(must(one().complete(jobs)), 1);
    EXPECT_FALSE(one().holds(jobs.at(0)));
    EXPECT_EQ(must(one().complete(jobs)), 0) << "once";
    EXPECT_EQ(run("select 1 from jobs.queue union all select 1 from jobs.running").size(), 0u);
    EXPECT_EQ(must(one().complete(std::vector<Job>{})), 0);
}

TEST_F(QueueTest, CompletingIsPartOfTheTransactionThatKeepsTheEffects) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    const auto undone = database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        EXPECT_EQ(must(one().complete(tx, jobs)), 1);
        return make_error(Errc::kCancelled, "undo");
    });
    EXPECT_FALSE(undone.ok());
    EXPECT_EQ(depth_now().running, 1);
    EXPECT_EQ(must(one().complete(jobs)), 1);
}

TEST_F(QueueTest, NobodyCompletesTheJobOfAnother) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    EXPECT_EQ(must(two().complete(jobs)), 0);
    EXPECT_EQ(fail(two(), jobs.at(0), Errc::kRefused), std::nullopt);
    must(two().release(jobs, now()));
    EXPECT_EQ(depth_now().running, 1);
    EXPECT_EQ(depth_now().dead, 0);
    EXPECT_EQ(must(one().complete(jobs)), 1);
}

TEST_F(QueueTest, AFailedJobIsTriedAgainAfterOneTwoAndFourSecondsAndThenDies) {
    put("look", "a");
    for (int attempt = 1; attempt < kAttemptsMax; ++attempt) {
        const std::vector<Job> jobs = claim(one());
        ASSERT_EQ(jobs.size(), 1u) << attempt;
        EXPECT_EQ(jobs[0].attempt, attempt);
        EXPECT_EQ(fail(one(), jobs[0]), std::nullopt);
        const Micros pause = kSecond * (1 << (attempt - 1));
        advance(pause * 3 / 4 - Micros(1));
        EXPECT_TRUE(claim(one()).empty()) << attempt;
        advance(pause / 2 + Micros(1));
    }
    const std::vector<Job> last = claim(one());
    ASSERT_EQ(last.size(), 1u);
    EXPECT_EQ(fail(one(), last[0]), DeadReason::kAttemptsUsedUp);
    const std::vector<DeadJob> dead_now = dead();
    ASSERT_EQ(dead_now.size(), 1u);
    EXPECT_EQ(dead_now[0].job.attempt, kAttemptsMax);
    EXPECT_EQ(dead_now[0].error, "UPSTREAM_5XX: no luck");
    EXPECT_EQ(dead_now[0].died_at, now());
    advance(std::chrono::hours(1));
    EXPECT_TRUE(claim(one()).empty());
}

TEST_F(QueueTest, APeersOwnTimeGoesBeforeTheBackOff) {
    put("look", "a");
    const Error limited = make_error(Errc::kRateLimited, "wait").with("retry_after_ms", "60000");
    EXPECT_EQ(must(one().fail(claim(one()).at(0), limited, now(), random_)), std::nullopt);
    advance(kSecond * 60 - Micros(1));
    EXPECT_TRUE(claim(one()).empty());
    advance(Micros(1));
    EXPECT_EQ(claim(one()).at(0).attempt, 2);
}

TEST_F(QueueTest, AFinalErrorKillsAtOnce) {
    put("look", "a");
    EXPECT_EQ(fail(one(), claim(one()).at(0), Errc::kForbidden), DeadReason::kForbidden);
    EXPECT_EQ(dead().at(0).reason, DeadReason::kForbidden);
    EXPECT_EQ(put("look", "a"), Enqueued::kAdded) << "the dead one does not stand for anything";
    EXPECT_EQ(claim(one()).at(0).attempt, 1);
}

TEST_F(QueueTest, AFailedJobTakesInWhatWasEnqueuedMeanwhile) {
    NewJob first;
    first.kind = "look";
    first.subject = "a";
    first.payload["note"] = "first";
    put(first);
    const std::vector<Job> jobs = claim(one());
    NewJob second = first;
    second.payload["note"] = "second";
    second.priority = Priority::kEvent;
    EXPECT_EQ(put(second), Enqueued::kAdded);
    fail(one(), jobs.at(0));
    advance(kSecond * 2);
    const std::vector<Job> again = claim(one(), 5);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].id, jobs[0].id);
    EXPECT_EQ(again[0].attempt, 2);
    EXPECT_EQ(again[0].priority, Priority::kEvent);
    EXPECT_EQ(json::text_or(again[0].payload, "note"), "first");
    EXPECT_EQ(must(one().complete(again)), 1);
    EXPECT_EQ(depth_now().ready + depth_now().waiting, 0);
}

TEST_F(QueueTest, TheNextOneOfADeadJobsSubjectStartsAfresh) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    put("look", "a");
    EXPECT_EQ(fail(one(), jobs.at(0), Errc::kRefused), DeadReason::kRefused);
    EXPECT_EQ(claim(one()).at(0).attempt, 1);
}

TEST_F(QueueTest, WhatAPeerSaysCannotKeepAJobFromBeingSettled) {
    put("look", "a");
    const Error hostile = make_error(Errc::kRefused, std::string("\xff\xfe\0bad", 6) + std::string(100'000, 'x'));
    EXPECT_EQ(must(one().fail(claim(one()).at(0), hostile, now(), random_)), DeadReason::kRefused);
    EXPECT_LE(dead().at(0).error.size(), kErrorBytesMax);
}

TEST_F(QueueTest, AReleasedJobCountsNoAttempt) {
    put("look", "a");
    put("look", "b");
    for (int i = 0; i < kAttemptsMax + 2; ++i) {
        const std::vector<Job> jobs = claim(one(), 5);
        ASSERT_EQ(jobs.size(), 2u);
        EXPECT_EQ(jobs[0].attempt, 1);
        must(one().release(jobs, now() + kSecond));
        EXPECT_FALSE(one().holds(jobs[0]));
        EXPECT_TRUE(claim(one(), 5).empty());
        advance(kSecond);
    }
    EXPECT_EQ(claimed(two(), 5), (Names{"a", "b"}));
}

TEST_F(QueueTest, AReleasedJobKeepsItsPlace) {
    put("look", "a");
    const std::vector<Job> jobs = claim(one());
    put("count", "a");
    must(one().release(jobs, now() + kSecond));
    EXPECT_TRUE(claim(one(), 5).empty());
    advance(kSecond);
    EXPECT_EQ(claim(one(), 5).at(0).kind, "look");
}

TEST_F(QueueTest, AJobThatCannotBeReadStandsInNobodysWay) {
    run("select jobs.enqueue_many($1, array['look'], array['deep'], array[$2::jsonb], array[0], array[$3::timestamptz],"
        " array[null::uuid], $3)",
        {org_.text(), std::string(100, '[') + std::string(100, ']'), format_iso(now())});
    put("look", "a");
    EXPECT_EQ(claimed(one()), Names{"a"}) << "at once, not at the next try";
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].reason, DeadReason::kInvalidPayload);
    EXPECT_EQ(dead()[0].job.subject, "deep");
    must(database().transact(org_.text(),
                             [&](pg::Transaction& tx) { return retry_dead(tx, org_, dead()[0].job.id, now()); }));
}

}  // namespace
}  // namespace syncline::jobs
