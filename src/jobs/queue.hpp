// The durable queue: work that outlives the process that asked for it. SQL of jobs.*.
//
// A job is "do KIND about SUBJECT". Enqueued inside the transaction that gives the reason for it, so that neither is
// ever there without the other. While a job of the same kind and subject still waits, another one is not added: the
// waiting one stands for both. Jobs of one subject run one at a time, first in, first out; one that waits to be tried
// again keeps its place, one that is only due later holds nobody up.
//
// Times are the caller's clock. A lease is fenced: what was rescued from a worker cannot be completed by it any more.
// All functions are safe from many threads and processes. Errors are those of the database.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::jobs {

inline constexpr std::string_view kChannel = "syncline_jobs";  // notified when a job becomes ready; payload: the org

// Lower goes first; a waiting job gains one level for each kAgeing it waits.
enum class Priority { kInteractive = 0, kEvent = 1, kNormal = 2, kBulk = 3 };
inline constexpr Micros kAgeing = std::chrono::seconds(30);  // 0003_jobs.sql says the same

inline constexpr int kAttemptsMax = 4;  // the first one and three more, after 1, 2 and 4 s (± 25 %)
inline constexpr Micros kLease = std::chrono::milliseconds(1500);
inline constexpr Micros kHeartbeat = std::chrono::milliseconds(400);
inline constexpr Micros kRetryAfterMax = std::chrono::minutes(15);  // a peer that names more is asked sooner

inline constexpr std::string_view kWorkerLostError = "each worker that took it ended before it was done";

inline constexpr std::size_t kKindBytesMax = 100;
inline constexpr std::size_t kSubjectBytesMax = 500;
inline constexpr std::size_t kPayloadBytesMax = 64 * 1024;
inline constexpr std::size_t kErrorBytesMax = 4 * 1024;  // of a dead job's error; the rest is cut off

// Why a job is in the dead-letter queue; the stable spelling is in to_string().
enum class DeadReason {
    kAttemptsUsedUp,  // failed each time for a reason that might have passed
    kUnauthorized,    // the key is dead
    kForbidden,       // the key may not do this
    kKeyMissing,      // a secret reference has no value
    kInvalidPayload,  // it cannot be understood
    kBadSignature,    // what was received does not verify any more
    kRefused,         // the peer refused for good
    kUnsupported,     // the peer cannot do it
    kWorkerLost,      // each worker that took it died
    kInternal,        // a bug in this program
};
std::string_view to_string(DeadReason reason);  // "ATTEMPTS_USED_UP"
std::optional<DeadReason> parse_dead_reason(std::string_view text);
// What an error means for the job that met it: none = try again later.
std::optional<DeadReason> dead_reason(const Error& error);

struct NewJob {
    std::string kind;      // "look", "reconcile"
    std::string subject;   // "plane/item/<uuid>"; the same subject is never worked on twice at once
    json::Object payload;  // what the handler needs beyond the subject; of a coalesced job the first one's is kept
    Priority priority = Priority::kNormal;
    Time run_at{};            // not before; Time{} = now
    std::string correlation;  // UUID that ties it to what caused it; "" = a new one
};

// A coalesced job takes the better priority and the earlier time of both; one that waits to be tried again keeps its
// time.
enum class Enqueued { kAdded, kCoalesced };

// kInvalid for a kind, subject or payload that is empty or beyond its limit. A job that stands for a new reason cannot
// be taken before this transaction ends: what its handler reads includes the reason.
Result<Enqueued> enqueue(pg::Transaction& tx, const access::OrgId& org, const NewJob& job, Time now);
// The same for many in a few statements. Answers how many were added.
Result<std::int64_t> enqueue(pg::Transaction& tx, const access::OrgId& org, const std::vector<NewJob>& jobs, Time now);

struct Job {
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    json::Object payload;
    Priority priority = Priority::kNormal;
    int attempt = 1;   // this one counted
    int failures = 0;  // before this attempt
    int losses = 0;    // workers that died with it
    std::string correlation;
    Time enqueued_at{};
    std::int64_t fence = 0;  // of this lease
};

// A kind, and how many of it at once.
struct Wanted {
    std::string kind;
    int most = 1;
};

struct Rescued {
    std::int64_t jobs = 0;  // taken back, the dead ones counted
    std::vector<Job> dead;  // that lost their last worker now: kWorkerLost
};

// One per process: it remembers which leases its threads work on.
class Queue {
public:
    // `worker` names the process in leases; unique among all of the store, and new at each start: a UUID.
    Queue(pg::Database& store, access::OrgId org, std::string worker);

    // Takes up to `most` ready jobs, best first: all of one kind, that of the job whose turn it is; never two of one
    // subject. One that a worker died with comes alone, so that it takes no others along.
    Result<std::vector<Job>> claim(const std::vector<std::string>& kinds, int most, Time now);
    Result<std::vector<Job>> claim(const std::vector<Wanted>& kinds, Time now);
    // This worker lives. Call every kHeartbeat while jobs are held.
    Result<void> heartbeat(Time now);
    // Done. Inside the transaction that keeps the job's effects where there is one. Jobs whose lease was lost are
    // left alone; answers how many were completed.
    Result<std::int64_t> complete(pg::Transaction& tx, const std::vector<Job>& jobs);
    Result<std::int64_t> complete(const std::vector<Job>& jobs);
    // Not done: again after the back-off (or the detail "retry_after_ms", when the peer named it), or dead. Answers the
    // reason when it is dead now.
    Result<std::optional<DeadReason>> fail(const Job& job, const Error& error, Time now, Random& random);
    // Gives back without counting an attempt: the process stops, or a breaker is open until `run_at`.
    Result<void> release(const std::vector<Job>& jobs, Time run_at);
    // Takes the jobs of dead workers (no heartbeat for kLease) back into the queue; and those that this worker has
    // without knowing, because the store went away while they were claimed or settled. Call it a few times a second.
    Result<Rescued> rescue(Time now);
    // Claimed here, and neither completed, failed nor released since.
    bool holds(const Job& job) const;

private:
    struct Lease {
        std::string subject;
        std::int64_t id = 0;
        std::int64_t fence = 0;
        auto operator<=>(const Lease&) const = default;
    };
    // False when the lease was lost.
    Result<bool> bury(const Job& job, DeadReason reason, const Error& error, Time now);
    void hold(const std::vector<Job>& jobs);
    void let_go(const std::vector<Job>& jobs);
    std::vector<std::string> held_ids() const;

    pg::Database& store_;
    const access::OrgId org_;
    const std::string worker_;
    mutable std::mutex mutex_;
    std::set<Lease> held_;
};

struct DeadJob {
    Job job;
    DeadReason reason = DeadReason::kInternal;
    std::string error;
    Time died_at{};
    int deaths = 1;  // of this kind and subject since a person looked after it; the last one is kept
};
struct Depth {
    std::int64_t ready = 0;    // could run now
    std::int64_t waiting = 0;  // for their time or their subject
    std::int64_t running = 0;
    std::int64_t dead = 0;
    std::optional<Time> oldest_ready;  // since when the one that could run longest could
};
// Looks at each waiting job: for a metric every few seconds.
Result<Depth> depth(pg::Transaction& tx, const access::OrgId& org, Time now);
// Newest first.
Result<std::vector<DeadJob>> dead_jobs(pg::Transaction& tx, const access::OrgId& org, int rows_max);
// Back into the queue with all attempts before it; one that waits already stands for it. kNotFound.
Result<void> retry_dead(pg::Transaction& tx, const access::OrgId& org, std::int64_t id, Time now);
// Given up by a person, who says why; kept in the history (jobs.dropped). kNotFound.
Result<void> drop_dead(pg::Transaction& tx, const access::OrgId& org, std::int64_t id, const std::string& by,
                       const std::string& why, Time now);

}  // namespace syncline::jobs
