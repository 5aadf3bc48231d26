// Many workers and many who ask, all at once. A subject's row counts what happened to it; each change asks for a look
// in its transaction; a look notes the count that it read. When all is quiet, the last look must have seen the last
// change, whoever died meanwhile.
#include <array>
#include <atomic>
#include <thread>

#include "jobs/testing/jobs_fixture.hpp"

namespace syncline::jobs {
namespace {

constexpr int kSubjects = 16;
constexpr int kWorkers = 4;
constexpr int kAskers = 3;
constexpr int kChanges = 250;  // of each asker
constexpr Micros kTick = std::chrono::milliseconds(20);

class ThreadsTest : public testing::JobsTest {
protected:
    void SetUp() override {
        JobsTest::SetUp();
        run_as_owner(
            "create table sync.counted (org_id uuid not null, subject text, changes bigint not null default 0,"
            " seen bigint not null default 0, looks bigint not null default 0, primary key (org_id, subject));"
            "call access.protect('sync.counted', 'for a test')");
        for (int i = 0; i < kSubjects; ++i) {
            run("insert into sync.counted (org_id, subject) values ($1, $2)", {org_.text(), name(i)});
        }
    }
    static std::string name(std::uint64_t subject) { return "subject " + std::to_string(subject); }

    // One change of a few subjects, and the jobs that it causes. Subjects in order: the rows are locked until the end.
    // Answers how many were added.
    Result<std::int64_t> change(pg::Transaction& tx, Random& random) {
        std::vector<NewJob> asked;
        for (std::uint64_t subject = random.below(kSubjects); subject < kSubjects; subject += 1 + random.below(8)) {
            TRY(tx.exec("update sync.counted set changes = changes + 1 where org_id = $1 and subject = $2",
                        {org_.text(), name(subject)}));
            NewJob job;
            job.kind = "look";
            job.subject = name(subject);
            job.priority = static_cast<Priority>(random.below(4));
            asked.push_back(job);
            if (random.chance(0.3)) asked.push_back({"count", name(subject), {}, Priority::kNormal, {}, ""});
        }
        return enqueue(tx, org_, asked, now());
    }

    void ask(std::uint64_t seed) {
        SeededRandom random(seed);
        for (int i = 0; i < kChanges; ++i) {
            const std::uint64_t seed_of_change = random.next();
            Result<std::int64_t> added = std::int64_t{0};
            do {
                SeededRandom same(seed_of_change);
                added = database().transact(org_.text(), [&](pg::Transaction& tx) { return change(tx, same); });
            } while (!added.ok() && pg::is_lost_race(added.error()));
            EXPECT_TRUE(added.ok()) << added.error().message;
            if (added) added_ += *added;
        }
        --asking_;
    }

    // The effect of a look and its end, in one transaction. False when the lease was lost: then nothing is kept.
    // `working` is set for as long as the job is this worker's alone.
    bool look(Queue& queue, const Job& job, std::atomic<bool>* working = nullptr) {
        const Result<bool> kept = database().transact(org_.text(), [&](pg::Transaction& tx) -> Result<bool> {
            if (job.kind == "look") {
                TRY(
                    tx.exec("update sync.counted set seen = changes, looks = looks + 1"
                            " where org_id = $1 and subject = $2",
                            {org_.text(), job.subject}));
            }
            if (working) *working = false;
            if (TRY(queue.complete(tx, {job})) == 0) return make_error(Errc::kMoved, "the lease was lost");
            return true;
        });
        if (!kept) {
            EXPECT_EQ(kept.error().code, Errc::kMoved) << kept.error().message;
        }
        if (kept && job.kind == "look") ++looked_;
        return kept.ok();
    }

    // A worker that stopped with jobs in its hands.
    struct Ghost {
        std::unique_ptr<Queue> queue;
        std::vector<Job> jobs;
    };
    void haunt(const Ghost& ghost) {
        for (const Job& job : ghost.jobs) ++(look(*ghost.queue, job) ? completed_ : refused_);
    }

    bool quiet() {
        if (asking_ > 0) return false;
        const Depth depth = depth_now();
        return depth.ready + depth.waiting + depth.running == 0;
    }

    std::atomic<std::int64_t> added_ = 0, completed_ = 0, looked_ = 0, refused_ = 0;
    std::atomic<int> asking_ = kAskers;
};

TEST_F(ThreadsTest, EachJobIsDoneOnceAndNoSubjectTwiceAtOnce) {
    std::array<std::atomic<bool>, kSubjects> busy{};
    std::vector<std::thread> threads;
    for (std::uint64_t i = 0; i < kAskers; ++i) threads.emplace_back([this, i] { ask(100 + i); });
    for (std::uint64_t i = 0; i < kWorkers; ++i) {
        threads.emplace_back([&, i] {
            SeededRandom random(i);
            Queue queue(database(), org_, "worker " + std::to_string(i));
            while (!quiet()) {
                const auto jobs = must(queue.claim({"look", "count"}, static_cast<int>(1 + random.below(6)), now()));
                for (const Job& job : jobs) {
                    std::atomic<bool>& flag = busy[std::stoul(job.subject.substr(8))];
                    EXPECT_FALSE(flag.exchange(true)) << job.subject << " twice at once";
                    std::this_thread::yield();
                    EXPECT_TRUE(look(queue, job, &flag)) << "no lease is lost while no time goes by";
                    ++completed_;
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(completed_, added_);
    EXPECT_GT(completed_, kSubjects * 5);
    EXPECT_EQ(run("select 1 from sync.counted where seen <> changes").size(), 0u);
    EXPECT_EQ(run("select 1 from jobs.queue union all select 1 from jobs.running").size(), 0u);
}

TEST_F(ThreadsTest, WorkersThatDieLoseNothingAndDoNothingTwice) {
    std::vector<std::thread> threads;
    std::atomic<int> deaths = 0;
    for (std::uint64_t i = 0; i < kAskers; ++i) threads.emplace_back([this, i] { ask(200 + i); });
    for (std::uint64_t i = 0; i < kWorkers; ++i) {
        threads.emplace_back([&, i] {
            SeededRandom random(i);
            auto queue = std::make_unique<Queue>(database(), org_, random.uuid());
            std::vector<Ghost> ghosts;
            while (!quiet()) {
                clock_.advance(kTick);
                must(queue->heartbeat(now()));
                must(queue->rescue(now()));
                const auto jobs = must(queue->claim({"look", "count"}, static_cast<int>(1 + random.below(6)), now()));
                if (!jobs.empty() && random.chance(0.04)) {
                    ++deaths;
                    ghosts.push_back({std::move(queue), jobs});
                    queue = std::make_unique<Queue>(database(), org_, random.uuid());
                    continue;
                }
                for (const Job& job : jobs) {
                    if (look(*queue, job)) ++completed_;
                }
                // One that was only away comes back, and goes on as if nothing had happened.
                if (!ghosts.empty() && random.chance(0.02)) {
                    haunt(ghosts.back());
                    ghosts.pop_back();
                }
            }
            for (const Ghost& ghost : ghosts) haunt(ghost);
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(deaths, 0);
    EXPECT_GT(refused_, 0) << "somebody came back too late";
    std::int64_t died = 0;
    for (const DeadJob& one : dead()) died += one.deaths;
    EXPECT_LE(died, 5) << "only those that lost a worker four times";
    // A job that comes back takes in the one that was enqueued meanwhile.
    EXPECT_LE(completed_ + died, added_);
    EXPECT_EQ(run("select sum(looks)::bigint as n from sync.counted").integer(0, "n"), looked_);
    const pg::Rows missed = run("select subject from sync.counted where seen <> changes");
    EXPECT_LE(static_cast<std::int64_t>(missed.size()), died);
}

}  // namespace
}  // namespace syncline::jobs
