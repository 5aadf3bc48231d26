#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

using testing::kSecond;

class DeadTest : public testing::JobsTest {
protected:
    // Enqueues, claims and kills.
    std::int64_t kill(const std::string& subject, Errc code = Errc::kRefused) {
        put("look", subject);
        const std::vector<Job> jobs = claim(one());
        EXPECT_EQ(subjects(jobs), Names{subject});
        EXPECT_NE(fail(one(), jobs.at(0), code), std::nullopt);
        return jobs.at(0).id;
    }
    Result<void> retry(std::int64_t id) {
        return database().transact(org_.text(), [&](pg::Transaction& tx) { return retry_dead(tx, org_, id, now()); });
    }
    Result<void> drop(std::int64_t id) {
        return database().transact(
            org_.text(), [&](pg::Transaction& tx) { return drop_dead(tx, org_, id, "ana", "not needed", now()); });
    }
};

TEST_F(DeadTest, AreListedNewestFirst) {
    kill("a", Errc::kInvalid);
    advance(kSecond);
    kill("b", Errc::kUnauthorized);
    advance(kSecond);
    kill("c", Errc::kInternal);
    const std::vector<DeadJob> all = dead();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].job.subject, "c");
    EXPECT_EQ(all[0].reason, DeadReason::kInternal);
    EXPECT_EQ(all[1].reason, DeadReason::kUnauthorized);
    EXPECT_EQ(all[2].reason, DeadReason::kInvalidPayload);
    EXPECT_EQ(all[2].died_at, testing::kMorning);
    EXPECT_EQ(dead(2).size(), 2u);
    EXPECT_EQ(depth_now().dead, 3);
}

// An entity that cannot be mended, with an event each minute, must not bury the others.
TEST_F(DeadTest, OneIsKeptPerKindAndSubjectAndTheDeathsAreCounted) {
    kill("a", Errc::kInvalid);
    const std::int64_t id = kill("a", Errc::kForbidden);
    ASSERT_EQ(dead().size(), 1u);
    EXPECT_EQ(dead()[0].deaths, 2);
    EXPECT_EQ(dead()[0].job.id, id);
    EXPECT_EQ(dead()[0].reason, DeadReason::kForbidden);
    must(retry(id));
    EXPECT_EQ(fail(one(), claim(one()).at(0), Errc::kRefused), DeadReason::kRefused);
    EXPECT_EQ(dead().at(0).deaths, 1) << "since a person looked after it";
}

TEST_F(DeadTest, ARetriedJobHasAllAttemptsBeforeIt) {
    NewJob job;
    job.kind = "look";
    job.subject = "a";
    job.payload["note"] = "kept";
    job.correlation = "11111111-2222-4333-8444-555555555555";
    put(job);
    fail(one(), claim(one()).at(0), Errc::kRefused);
    advance(kSecond);
    must(retry(dead().at(0).job.id));
    EXPECT_TRUE(dead().empty());
    const std::vector<Job> again = claim(one());
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].attempt, 1);
    EXPECT_EQ(again[0].correlation, job.correlation);
    EXPECT_EQ(json::text_or(again[0].payload, "note"), "kept");
    EXPECT_EQ(fail(one(), again[0]), std::nullopt);
}

TEST_F(DeadTest, OneThatWaitsAlreadyStandsForTheRetriedOne) {
    const std::int64_t id = kill("a");
    put("look", "a");
    must(retry(id));
    EXPECT_TRUE(dead().empty());
    EXPECT_EQ(depth_now().ready, 1);
}

TEST_F(DeadTest, ADroppedOneIsKeptInTheHistory) {
    const std::int64_t id = kill("a");
    advance(kSecond);
    must(drop(id));
    EXPECT_TRUE(dead().empty());
    const pg::Rows kept = run("select * from jobs.dropped");
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept.integer(0, "id"), id);
    EXPECT_EQ(kept.text(0, "dropped_by"), "ana");
    EXPECT_EQ(kept.text(0, "why"), "not needed");
    EXPECT_EQ(kept.text(0, "reason"), "REFUSED");
    EXPECT_EQ(parse_time(kept.text(0, "dropped_at")).value(), now());
}

TEST_F(DeadTest, WhatIsNotThereIsNotFound) {
    EXPECT_EQ(retry(42).error().code, Errc::kNotFound);
    EXPECT_EQ(drop(42).error().code, Errc::kNotFound);
    const std::int64_t id = kill("a");
    must(drop(id));
    EXPECT_EQ(drop(id).error().code, Errc::kNotFound);
    EXPECT_EQ(retry(id).error().code, Errc::kNotFound);
    EXPECT_EQ(run("select 1 from jobs.dropped").size(), 1u);
}

TEST_F(DeadTest, DepthTellsWhatCouldRunAndSinceWhen) {
    EXPECT_EQ(depth_now().oldest_ready, std::nullopt);
    put("look", "a");
    put("count", "a");
    put("look", "later", Priority::kNormal, now() + kSecond);
    put("look", "b");
    claim(one());
    Depth depth = depth_now();
    EXPECT_EQ(depth.running, 1);
    EXPECT_EQ(depth.ready, 1) << "b";
    EXPECT_EQ(depth.waiting, 2) << "count a, and later";
    EXPECT_EQ(depth.oldest_ready, testing::kMorning);
    claim(one());
    advance(kSecond * 3);
    depth = depth_now();
    EXPECT_EQ(depth.ready, 1);
    EXPECT_EQ(depth.oldest_ready, testing::kMorning + kSecond) << "ready since its own time, claimed or not";
}

}  // namespace
}  // namespace syncline::jobs
