// A store of its own, a clock that stands still, and short words for what the tests of the queue do all the time.
#pragma once

#include <algorithm>

#include "base/clock.hpp"
#include "jobs/queue.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::jobs::testing {

inline const Time kMorning = parse_time("2026-11-21T08:00:00Z").value();
inline constexpr Micros kSecond = std::chrono::seconds(1);

class JobsTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        one_ = std::make_unique<Queue>(database(), org_, "one");
        two_ = std::make_unique<Queue>(database(), org_, "two");
    }

    Time now() const { return clock_.now(); }
    void advance(Micros duration) { clock_.advance(duration); }

    template <typename T>
    T must(Result<T> result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
        return result.ok() ? std::move(*result) : T{};
    }
    void must(const Result<void>& result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
    }

    Enqueued put(const NewJob& job) {
        return must(
            database().transact(org_.text(), [&](pg::Transaction& tx) { return enqueue(tx, org_, job, now()); }));
    }
    Enqueued put(const std::string& kind, const std::string& subject, Priority priority = Priority::kNormal,
                 Time run_at = {}) {
        NewJob job;
        job.kind = kind;
        job.subject = subject;
        job.priority = priority;
        job.run_at = run_at;
        return put(job);
    }
    // Of any kind that the tests use; "look" first only where its job's turn comes first.
    std::vector<Job> claim(Queue& queue, int most = 1, const std::vector<std::string>& kinds = {"look", "count"}) {
        return must(queue.claim(kinds, most, now()));
    }
    std::vector<std::string> subjects(const std::vector<Job>& jobs) {
        std::vector<std::string> all;
        for (const Job& job : jobs) all.push_back(job.subject);
        return all;
    }
    std::vector<std::string> claimed(Queue& queue, int most = 1) { return subjects(claim(queue, most)); }
    std::optional<DeadReason> fail(Queue& queue, const Job& job, Errc code = Errc::kUpstream) {
        return must(queue.fail(job, make_error(code, "no luck"), now(), random_));
    }
    Depth depth_now(const access::OrgId& org) {
        return must(database().transact(org.text(), [&](pg::Transaction& tx) { return depth(tx, org, now()); }));
    }
    Depth depth_now() { return depth_now(org_); }
    std::vector<DeadJob> dead(int most = 100) {
        return must(database().transact(org_.text(), [&](pg::Transaction& tx) { return dead_jobs(tx, org_, most); }));
    }

    Queue& one() { return *one_; }
    Queue& two() { return *two_; }

    using Names = std::vector<std::string>;
    const access::OrgId org_ = access::default_org();
    VirtualClock clock_{kMorning};
    SeededRandom random_{7};
    std::unique_ptr<Queue> one_, two_;
};

}  // namespace syncline::jobs::testing
