#include "jobs/testing/jobs_fixture.hpp"
#include "pg/listener.hpp"

namespace syncline::jobs {
namespace {

using std::chrono::milliseconds;

class EnqueueTest : public testing::JobsTest {
protected:
    std::int64_t put_all(const std::vector<NewJob>& jobs) {
        return must(
            database().transact(org_.text(), [&](pg::Transaction& tx) { return enqueue(tx, org_, jobs, now()); }));
    }
    NewJob job(const std::string& kind, const std::string& subject, const std::string& note = "") {
        NewJob made;
        made.kind = kind;
        made.subject = subject;
        made.payload["note"] = note;
        return made;
    }
};

TEST_F(EnqueueTest, AJobComesBackAsItWentIn) {
    NewJob given = job("look", "plane/item/ü 1", "\"quoted\" \\ \n ü");
    given.payload["deep"] = json::Array{1, 2.5, nullptr};
    given.priority = Priority::kEvent;
    given.correlation = "11111111-2222-4333-8444-555555555555";
    EXPECT_EQ(put(given), Enqueued::kAdded);
    const std::vector<Job> jobs = claim(one());
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(jobs[0].kind, given.kind);
    EXPECT_EQ(jobs[0].subject, given.subject);
    EXPECT_EQ(json::canonical(jobs[0].payload), json::canonical(given.payload));
    EXPECT_EQ(jobs[0].priority, Priority::kEvent);
    EXPECT_EQ(jobs[0].correlation, given.correlation);
    EXPECT_EQ(jobs[0].enqueued_at, now());
    EXPECT_EQ(jobs[0].attempt, 1);
    EXPECT_GT(jobs[0].id, 0);
}

TEST_F(EnqueueTest, WithoutACorrelationItGetsOne) {
    put("look", "a");
    put("look", "b");
    const std::vector<Job> jobs = claim(one(), 2);
    ASSERT_EQ(jobs.size(), 2u);
    EXPECT_EQ(jobs[0].correlation.size(), 36u);
    EXPECT_NE(jobs[0].correlation, jobs[1].correlation);
}

TEST_F(EnqueueTest, IsPartOfTheTransactionThatGivesTheReason) {
    const auto undone = database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        EXPECT_EQ(must(enqueue(tx, org_, job("look", "a"), now())), Enqueued::kAdded);
        return make_error(Errc::kCancelled, "undo");
    });
    EXPECT_FALSE(undone.ok());
    EXPECT_TRUE(claim(one()).empty());
}

TEST_F(EnqueueTest, AWaitingJobStandsForThoseThatFollow) {
    EXPECT_EQ(put(job("look", "a", "first")), Enqueued::kAdded);
    EXPECT_EQ(put(job("look", "a", "second")), Enqueued::kCoalesced);
    EXPECT_EQ(put(job("count", "a")), Enqueued::kAdded) << "another kind is another job";
    EXPECT_EQ(put(job("look", "b")), Enqueued::kAdded);
    EXPECT_EQ(depth_now().ready + depth_now().waiting, 3);
    const std::vector<Job> jobs = claim(one());
    ASSERT_EQ(jobs.size(), 1u);
    EXPECT_EQ(json::text_or(jobs[0].payload, "note"), "first");
    EXPECT_EQ(put(job("look", "a", "third")), Enqueued::kAdded) << "the running one has read too early";
}

TEST_F(EnqueueTest, CoalescingTakesTheBetterPriorityAndTheEarlierTime) {
    put("look", "a", Priority::kBulk, now() + std::chrono::hours(1));
    put("look", "b", Priority::kEvent);
    EXPECT_TRUE(claimed(two()) == Names{"b"});
    put("look", "c", Priority::kEvent);
    EXPECT_EQ(put("look", "a", Priority::kInteractive), Enqueued::kCoalesced);
    EXPECT_EQ(put("look", "a", Priority::kNormal, now() + testing::kSecond), Enqueued::kCoalesced) << "worse in both";
    EXPECT_EQ(claimed(one(), 2), (Names{"a", "c"}));
}

TEST_F(EnqueueTest, AJobThatWaitsToBeTriedAgainKeepsItsBackOff) {
    put("look", "a");
    fail(one(), claim(one()).at(0));
    EXPECT_EQ(put("look", "a", Priority::kInteractive), Enqueued::kCoalesced);
    EXPECT_TRUE(claim(one()).empty());
    advance(testing::kSecond * 2);
    const std::vector<Job> again = claim(one());
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].attempt, 2);
    EXPECT_EQ(again[0].priority, Priority::kInteractive);
}

// Else the handler could run before it can read what it was asked to look at, and nobody would look again.
TEST_F(EnqueueTest, AJobThatStandsForAnUncommittedReasonIsNotTaken) {
    put("look", "a");
    const auto done = database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        EXPECT_EQ(must(enqueue(tx, org_, job("look", "a"), now())), Enqueued::kCoalesced);
        EXPECT_TRUE(claim(one()).empty());
        return ok();
    });
    must(done);
    EXPECT_EQ(claimed(one()), Names{"a"});
}

TEST_F(EnqueueTest, ManyAreOnePerKindAndSubject) {
    put("look", "3");
    std::vector<NewJob> jobs;
    for (int i = 0; i < 2500; ++i) jobs.push_back(job("look", std::to_string(i % 1250), std::to_string(i)));
    jobs[1250].priority = Priority::kInteractive;  // "0", the second time
    EXPECT_EQ(put_all(jobs), 1249);
    EXPECT_EQ(depth_now().ready, 1250);
    const std::vector<Job> first = claim(one());
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].subject, "0");
    EXPECT_EQ(json::text_or(first[0].payload, "note"), "0") << "the first one's payload";
    EXPECT_EQ(put_all({}), 0);
}

TEST_F(EnqueueTest, ManyKeepTheirOrderWithinASubject) {
    put_all({job("look", "a"), job("count", "a")});
    put_all({job("count", "b"), job("look", "b")});
    std::map<std::string, std::string> first;
    for (int i = 0; i < 2; ++i) {
        for (const Job& job : claim(one())) first[job.subject] = job.kind;
    }
    EXPECT_EQ(first, (std::map<std::string, std::string>{{"a", "look"}, {"b", "count"}}));
}

TEST_F(EnqueueTest, RefusesWhatIsNoJob) {
    const auto code = [&](const NewJob& given) {
        const auto done =
            database().transact(org_.text(), [&](pg::Transaction& tx) { return enqueue(tx, org_, given, now()); });
        return done.ok() ? std::optional<Errc>() : done.error().code;
    };
    EXPECT_EQ(code(job("", "a")), Errc::kInvalid);
    EXPECT_EQ(code(job("look", "")), Errc::kInvalid);
    EXPECT_EQ(code(job(std::string(kKindBytesMax + 1, 'k'), "a")), Errc::kInvalid);
    EXPECT_EQ(code(job("look", std::string(kSubjectBytesMax + 1, 's'))), Errc::kInvalid);
    EXPECT_EQ(code(job("look", "a", std::string(kPayloadBytesMax, 'p'))), Errc::kInvalid);
    EXPECT_EQ(code(job(std::string(kKindBytesMax, 'k'), std::string(kSubjectBytesMax, 's'))), std::nullopt);
}

TEST_F(EnqueueTest, ListenersHearOfItOnceATransaction) {
    const auto listener = must(pg::listen(dsn(), {std::string(kChannel)}));
    put("look", "later", Priority::kNormal, now() + testing::kSecond);
    must(database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        for (int i = 0; i < 5; ++i) TRY(enqueue(tx, org_, job("look", std::to_string(i)), now()));
        return ok();
    }));
    const std::vector<pg::Notice> heard = must(listener->wait(milliseconds(20'000)));
    ASSERT_EQ(heard.size(), 1u) << "and nothing of the one that cannot run yet";
    EXPECT_EQ(heard[0].payload, org_.text());
    // The one that waits was locked while we asked: who looked then saw nothing.
    put("look", "1");
    EXPECT_EQ(must(listener->wait(milliseconds(20'000))).size(), 1u);
}

TEST_F(EnqueueTest, ATriggerDoesTheSame) {
    const std::string sql = "select jobs.enqueue($1, 'look', 'a', '{\"note\": \"sql\"}', $2) as added";
    EXPECT_TRUE(run_as_owner(sql, {org_.text(), 2}).boolean(0, "added"));
    EXPECT_FALSE(run_as_owner(sql, {org_.text(), 1}).boolean(0, "added"));
    EXPECT_FALSE(run(sql, {org_.text(), 0}).boolean(0, "added"));
    const std::string with = "select jobs.enqueue($1, 'look', 'b', '{}', 1, $2) as added";
    EXPECT_TRUE(run(with, {org_.text(), "11111111-2222-4333-8444-555555555555"}).boolean(0, "added"));
    // A trigger has the database's time.
    const std::vector<Job> jobs = must(one().claim({"look"}, 2, SystemClock().now() + testing::kSecond));
    ASSERT_EQ(jobs.size(), 2u);
    EXPECT_EQ(json::text_or(jobs[0].payload, "note"), "sql");
    EXPECT_EQ(jobs[0].priority, Priority::kInteractive);
    EXPECT_EQ(jobs[1].correlation, "11111111-2222-4333-8444-555555555555");
}

TEST_F(EnqueueTest, ATriggerCanBeGivenTheTime) {
    must(database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("select set_config('app.now', $1, true)", {format_iso(now())}));
        TRY(tx.exec("select jobs.enqueue($1, 'look', 'a', '{}', 2)", {org_.text()}));
        return ok();
    }));
    EXPECT_EQ(claim(one()).at(0).enqueued_at, now());
}

TEST_F(EnqueueTest, NoOrgSeesTheJobsOfAnother) {
    add_org();
    const access::OrgId other = access::OrgId::parse(pg::testing::kOtherOrg).value();
    put("look", "a");
    fail(one(), claim(one()).at(0), Errc::kRefused);
    put("look", "a");
    Queue stranger(database(), other, "stranger");
    EXPECT_TRUE(must(stranger.claim({"look"}, 10, now())).empty());
    advance(std::chrono::hours(1));
    EXPECT_EQ(must(stranger.rescue(now())).jobs, 0);
    EXPECT_EQ(depth_now(other).ready + depth_now(other).dead, 0);
    const auto foreign = database().transact(
        other.text(), [&](pg::Transaction& tx) { return enqueue(tx, org_, job("look", "b"), now()); });
    EXPECT_EQ(foreign.error().detail("sqlstate"), "42501");
    EXPECT_EQ(must(database().transact(
                  other.text(), [&](pg::Transaction& tx) { return enqueue(tx, other, job("look", "a"), now()); })),
              Enqueued::kAdded)
        << "the same subject of another org is another one";
    EXPECT_EQ(must(stranger.claim({"look"}, 10, now())).size(), 1u);
    EXPECT_EQ(claimed(one()), Names{"a"});
}

}  // namespace
}  // namespace syncline::jobs
