// The durable queue: jobs per second in batches, and the time from an enqueue's commit until a handler begins. Beside
// them what PostgreSQL itself does with the same number of rows, clients and commits: a bare table with neither order,
// leases, coalescing nor row level security.
#include <atomic>
#include <mutex>
#include <thread>

#include "benchmarks.hpp"
#include "jobs/worker.hpp"
#include "pg/listener.hpp"
#include "pg/migrate.hpp"
#include "support/installation.hpp"
#include "support/timing.hpp"

namespace syncline::bench {

namespace {

constexpr int kJobs = 60'000;  // of a round
constexpr int kRounds = 3;     // the best one counts: others on the machine can only make one slower
constexpr int kEnqueuedAtOnce = 1000;
constexpr int kBatch = 256;
constexpr int kWorkers = 4;
constexpr int kPickups = 300;
constexpr int kPauseMinUs = 8'000;  // between two: the worker has settled the last one, and waits
constexpr int kPauseMaxUs = 16'000;
constexpr int kOneByOne = 1500;
constexpr double kJobsPerSecondMin = 20'000;
constexpr double kPickupMaxMs = 5;
constexpr std::chrono::milliseconds kPatience{30'000};

const std::string kKind = "look";

// Several at once, until each of them ends; the first error of any.
Result<void> together(int count, const std::function<Result<void>(int)>& body) {
    std::mutex mutex;
    Result<void> all;
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            Result<void> done = body(i);
            const std::lock_guard lock(mutex);
            if (!done && all) all = std::move(done);
        });
    }
    for (std::thread& thread : threads) thread.join();
    return all;
}

class Store {
public:
    static Result<std::unique_ptr<Store>> open() {
        std::unique_ptr<Store> made(new Store);
        made->server_ = TRY(start_postgres(made->folder_.path()));
        made->database_ = TRY(pg::open_database({.dsn = made->server_->dsn(), .connections_max = kWorkers + 2}));
        TRY(pg::migrate(*made->database_, pg::embedded_migrations()));
        TRY(made->database_->run_as_owner([](pg::Transaction& tx) -> Result<void> {
            TRY(
                tx.exec("create schema bare; grant usage on schema bare to syncline_app;"
                        "create table bare.queue (id bigint generated always as identity primary key, payload jsonb);"
                        "grant all on bare.queue to syncline_app"));
            return ok();
        }));
        return made;
    }
    pg::Database& database() { return *database_; }
    const std::string& dsn() const { return server_->dsn(); }
    Result<pg::Rows> exec(std::string_view sql, const pg::Params& params = {}) {
        return database_->transact(org_.text(), [&](pg::Transaction& tx) { return tx.exec(sql, params); });
    }
    const access::OrgId& org() const { return org_; }

private:
    Store() = default;
    const access::OrgId org_ = access::default_org();
    ScratchFolder folder_;
    std::unique_ptr<pg::EmbeddedServer> server_;
    std::unique_ptr<pg::Database> database_;
};

jobs::NewJob job_about(int number) {
    jobs::NewJob job;
    job.kind = kKind;
    job.subject = "plane/item/0b7b1b6a-53f5-4c6e-9d0f-" + std::to_string(100'000'000'000 + number);
    job.payload["container"] = "5e0ab4f4-0a86-4b64-8f12-3f7c1f7e2c11";
    return job;
}

struct Rates {
    double in = 0, out = 0;  // per second
};

Result<double> enqueue_all(Store& store) {
    std::vector<std::vector<jobs::NewJob>> batches;
    for (int number = 0; number < kJobs; ++number) {
        if (number % kEnqueuedAtOnce == 0) batches.emplace_back();
        batches.back().push_back(job_about(number));
    }
    const Stopwatch watch;
    for (const std::vector<jobs::NewJob>& batch : batches) {
        const std::int64_t added = TRY(store.database().transact(store.org().text(), [&](pg::Transaction& tx) {
            return jobs::enqueue(tx, store.org(), batch, SystemClock().now());
        }));
        if (added != kEnqueuedAtOnce) return make_error(Errc::kInternal, "some jobs were not added");
    }
    return kJobs / watch.seconds();
}

Result<double> work_all(Store& store) {
    std::atomic<std::int64_t> handled = 0;
    const Stopwatch watch;
    TRY(together(kWorkers, [&](int) -> Result<void> {
        SystemClock clock;
        SystemRandom random;
        jobs::Queue queue(store.database(), store.org(), random.uuid());
        jobs::Worker worker(queue, clock, random);
        const auto handler = [&](std::span<const jobs::Job> jobs) -> Result<std::vector<jobs::Outcome>> {
            handled += static_cast<std::int64_t>(jobs.size());
            return std::vector<jobs::Outcome>(jobs.size());
        };
        worker.handle(kKind, handler, {kBatch});
        while (handled < kJobs) TRY(worker.drain());
        return ok();
    }));
    const double seconds = watch.seconds();
    const pg::Rows left = TRY(store.exec("select 1 from jobs.queue union all select 1 from jobs.running"));
    if (handled != kJobs || !left.empty()) return make_error(Errc::kInternal, "not each job was done once");
    return kJobs / seconds;
}

Result<Rates> bare_rates(Store& store) {
    Stopwatch watch;
    for (int number = 0; number < kJobs; number += kEnqueuedAtOnce) {
        TRY(
            store.exec("insert into bare.queue (payload)"
                       " select '{\"container\": \"5e0ab4f4-0a86-4b64-8f12-3f7c1f7e2c11\"}'"
                       " from generate_series(1, $1::integer)",
                       {kEnqueuedAtOnce}));
    }
    Rates rates;
    rates.in = kJobs / watch.seconds();
    watch = {};
    std::atomic<std::int64_t> taken = 0;
    TRY(together(kWorkers, [&](int) -> Result<void> {
        while (taken < kJobs) {
            const pg::Rows rows = TRY(
                store.exec("delete from bare.queue where id in (select id from bare.queue order by id limit $1::integer"
                           " for update skip locked) returning id, payload",
                           {kBatch}));
            taken += static_cast<std::int64_t>(rows.size());
        }
        return ok();
    }));
    rates.out = kJobs / watch.seconds();
    return rates;
}

Result<void> add_batched(Report& report, Store& store) {
    Rates best, bare;
    for (int round = 0; round < kRounds; ++round) {
        best.in = std::max(best.in, TRY(enqueue_all(store)));
        best.out = std::max(best.out, TRY(work_all(store)));
        const Rates rates = TRY(bare_rates(store));
        bare.in = std::max(bare.in, rates.in);
        bare.out = std::max(bare.out, rates.out);
    }
    report.push_back({"jobs claimed, done and completed, 4 workers", best.out, "/s", at_least(kJobsPerSecondMin),
                      Rival{"delete … returning, skip locked", bare.out},
                      "batches of 256: in order, leased, fenced; a flushed commit each; awa publishes 14,158/s"});
    report.push_back({"jobs enqueued, 1,000 a commit",
                      best.in,
                      "/s",
                      {},
                      Rival{"bare insert", bare.in},
                      "with coalescing, order and row level security"});
    return ok();
}

// What pgbench would call a transaction: one row, one commit, one client.
Result<std::vector<double>> single_commits(Store& store, int count) {
    std::vector<double> milliseconds;
    for (int i = 0; i < count; ++i) {
        const Stopwatch watch;
        TRY(store.exec("insert into bare.queue (payload) values ($1)", {"{}"}));
        milliseconds.push_back(watch.milliseconds());
    }
    return milliseconds;
}

Result<void> add_pickup(Report& report, Store& store) {
    using SteadyTime = std::chrono::steady_clock::time_point;
    std::atomic<SteadyTime> begun;
    std::atomic<int> handled = 0;
    std::atomic<bool> ended = false;
    const std::unique_ptr<pg::Listener> listener = TRY(pg::listen(store.dsn(), {std::string(jobs::kChannel)}));
    Result<void> worked;
    std::thread working([&] {
        SystemClock clock;
        SystemRandom random;
        jobs::Queue queue(store.database(), store.org(), random.uuid());
        jobs::Worker worker(queue, clock, random);
        worker.handle(kKind, [&](std::span<const jobs::Job>) -> Result<std::vector<jobs::Outcome>> {
            begun = std::chrono::steady_clock::now();
            ++handled;
            return std::vector<jobs::Outcome>(1);
        });
        const auto loop = [&]() -> Result<void> {
            while (!ended) {
                if (TRY(worker.drain()).claimed == 0) TRY(listener->wait(std::chrono::milliseconds(250)));
            }
            return ok();
        };
        worked = loop();
    });
    SystemRandom random;
    std::vector<double> pickups;
    const auto ask = [&]() -> Result<void> {
        for (int number = 0; number < kPickups && !ended; ++number) {
            TRY(store.database().transact(store.org().text(), [&](pg::Transaction& tx) {
                return jobs::enqueue(tx, store.org(), job_about(number), SystemClock().now());
            }));
            const SteadyTime committed = std::chrono::steady_clock::now();
            while (handled <= number) {
                if (std::chrono::steady_clock::now() - committed > kPatience) {
                    return make_error(Errc::kInternal, "a job was not picked up");
                }
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
            // The notice may overtake the answer to the commit.
            pickups.push_back(
                std::max(0.0, std::chrono::duration<double, std::milli>(begun.load() - committed).count()));
            std::this_thread::sleep_for(
                std::chrono::microseconds(kPauseMinUs + random.below(kPauseMaxUs - kPauseMinUs)));
        }
        return ok();
    };
    const Result<void> asked = ask();
    ended = true;
    listener->wake();
    working.join();
    TRY(Result<void>(asked));
    TRY(Result<void>(worked));
    const std::vector<double> commits = TRY(single_commits(store, kPickups));
    report.push_back({"pickup after the enqueue's commit, p95", percentile(pickups, 0.95), "ms", at_most(kPickupMaxMs),
                      Rival{"one commit of one row, p95", percentile(commits, 0.95)},
                      "over LISTEN; p50 " + display(median(pickups)) + ", max " + display(percentile(pickups, 1)) +
                          " ms; awa publishes 22 ms"});
    return ok();
}

Result<void> add_one_by_one(Report& report, Store& store) {
    std::vector<jobs::NewJob> all;
    for (int number = 0; number < kOneByOne; ++number) all.push_back(job_about(number));
    TRY(store.database().transact(store.org().text(), [&](pg::Transaction& tx) {
        return jobs::enqueue(tx, store.org(), all, SystemClock().now());
    }));
    std::atomic<int> handled = 0;
    Stopwatch watch;
    TRY(together(kWorkers, [&](int) -> Result<void> {
        SystemClock clock;
        SystemRandom random;
        jobs::Queue queue(store.database(), store.org(), random.uuid());
        jobs::Worker worker(queue, clock, random);
        worker.handle(kKind, [&](std::span<const jobs::Job>) -> Result<std::vector<jobs::Outcome>> {
            ++handled;
            return std::vector<jobs::Outcome>(1);
        });
        while (handled < kOneByOne) TRY(worker.drain());
        return ok();
    }));
    const double rate = kOneByOne / watch.seconds();
    watch = {};
    TRY(together(kWorkers, [&](int) -> Result<void> {
        TRY(single_commits(store, kOneByOne / kWorkers));
        return ok();
    }));
    report.push_back({"jobs one by one, 4 workers",
                      rate,
                      "/s",
                      {},
                      Rival{"commits of one row, 4 clients", kOneByOne / watch.seconds()},
                      "a claim and a commit each"});
    return ok();
}

}  // namespace

Result<void> bench_jobs(Report& report) {
    const std::unique_ptr<Store> store = TRY(Store::open());
    TRY(add_pickup(report, *store));
    TRY(add_one_by_one(report, *store));
    return add_batched(report, *store);
}

}  // namespace syncline::bench
