#include "jobs/queue.hpp"

#include <algorithm>

#include "jobs/detail/back_off.hpp"
#include "jobs/detail/job_row.hpp"
#include "jobs/detail/statements.hpp"

namespace syncline::jobs {

namespace {

using detail::text;

// The lease of one job: nothing is found once it was lost.
constexpr std::string_view kTakeOut =
    "with gone as (delete from jobs.running where org_id = $1 and subject = $2 and id = $3 and starts = $4"
    " and worker = $5 returning *), ";

const std::string kTryAgain = text({kTakeOut,
                                    "back as (select g.org_id, g.subject, g.kind, g.id, g.priority,"
                                    " $6::timestamptz as run_at, g.starts, g.failures + 1 as failures, g.losses,"
                                    " g.enqueued_at, g.correlation, g.payload from gone g) ",
                                    detail::kPutBack});
const std::string kDie = text({kTakeOut,
                               "dying as (select g.*, $6::text as reason, $7::text as error,"
                               " $8::timestamptz as died_at from gone g) ",
                               detail::kBury});
const std::string kRelease =
    text({"with gone as (select * from jobs.end_leases($1, $2, $3::text[], $4::bigint[], $5::integer[])),"
          " back as (select g.org_id, g.subject, g.kind, g.id, g.priority, $6::timestamptz as run_at, g.starts,"
          " g.failures, g.losses, g.enqueued_at, g.correlation, g.payload from gone g) ",
          detail::kPutBack});

}  // namespace

Queue::Queue(pg::Database& store, access::OrgId org, std::string worker)
    : store_(store), org_(std::move(org)), worker_(std::move(worker)) {}

Result<std::vector<Job>> Queue::claim(const std::vector<std::string>& kinds, int most, Time now) {
    std::vector<Wanted> wanted;
    for (const std::string& kind : kinds) wanted.push_back({kind, most});
    return claim(wanted, now);
}

Result<std::vector<Job>> Queue::claim(const std::vector<Wanted>& kinds, Time now) {
    std::vector<std::string> names, limits;
    for (const Wanted& wanted : kinds) {
        names.push_back(wanted.kind);
        limits.push_back(std::to_string(wanted.most));
    }
    const std::string names_literal = pg::array_literal(names);
    const std::string limits_literal = pg::array_literal(limits);
    while (true) {
        const pg::Rows rows = TRY(store_.transact(org_.text(), [&](pg::Transaction& tx) {
            return tx.exec(
                "select id, kind, subject, payload, priority, failures, losses, starts, correlation, enqueued_at"
                " from jobs.claim($1, $2::text[], $3::integer[], $4, $5)"
                " order by run_at + priority * interval '30 seconds', id",
                {org_.text(), names_literal, limits_literal, worker_, format_iso(now)});
        }));
        std::vector<Job> claimed;
        std::vector<std::pair<Job, Error>> broken;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            Result<Job> job = detail::job_of(rows, row);
            if (job) {
                claimed.push_back(std::move(*job));
            } else {
                broken.emplace_back(detail::lease_of(rows, row), job.error());
            }
        }
        hold(claimed);
        // One that cannot be read must not stand in front of all others for ever.
        for (const auto& [job, error] : broken) {
            TRY(bury(job, DeadReason::kInvalidPayload, error, now));
        }
        if (!claimed.empty() || broken.empty()) return claimed;
    }
}

Result<void> Queue::heartbeat(Time now) {
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        // Nothing is lost with a beat that a crash of the server forgets: the lease ends a little earlier.
        TRY(tx.exec("set local synchronous_commit = off"));
        TRY(
            tx.exec("insert into jobs.workers as w (org_id, worker, heartbeat_at) values ($1, $2, $3)"
                    " on conflict (org_id, worker) do update set heartbeat_at = excluded.heartbeat_at"
                    " where w.heartbeat_at < excluded.heartbeat_at",
                    {org_.text(), worker_, format_iso(now)}));
        return ok();
    });
}

Result<std::int64_t> Queue::complete(pg::Transaction& tx, const std::vector<Job>& jobs) {
    if (jobs.empty()) return std::int64_t{0};
    let_go(jobs);
    const detail::Leases leases(jobs);
    const pg::Rows rows =
        TRY(tx.exec("select count(*) as done from jobs.end_leases($1, $2, $3::text[], $4::bigint[], $5::integer[])",
                    {org_.text(), worker_, leases.subjects(), leases.ids(), leases.fences()}));
    return rows.integer(0, "done");
}

Result<std::int64_t> Queue::complete(const std::vector<Job>& jobs) {
    if (jobs.empty()) return std::int64_t{0};
    return store_.transact(org_.text(), [&](pg::Transaction& tx) { return complete(tx, jobs); });
}

Result<std::optional<DeadReason>> Queue::fail(const Job& job, const Error& error, Time now, Random& random) {
    std::optional<DeadReason> reason = dead_reason(error);
    if (!reason && job.failures + 1 >= kAttemptsMax) reason = DeadReason::kAttemptsUsedUp;
    if (reason) {
        const bool buried = TRY(bury(job, *reason, error, now));
        return buried ? reason : std::nullopt;
    }
    let_go({job});
    const Time run_at = now + detail::back_off(error, job.failures + 1, random);
    TRY(store_.transact(org_.text(), [&](pg::Transaction& tx) {
        return tx.exec(kTryAgain, {org_.text(), job.subject, job.id, job.fence, worker_, format_iso(run_at)});
    }));
    return std::optional<DeadReason>();
}

Result<bool> Queue::bury(const Job& job, DeadReason reason, const Error& error, Time now) {
    let_go({job});
    const pg::Rows rows = TRY(store_.transact(org_.text(), [&](pg::Transaction& tx) {
        return tx.exec(kDie, {org_.text(), job.subject, job.id, job.fence, worker_, to_string(reason),
                              detail::describe(error), format_iso(now)});
    }));
    return rows.affected() > 0;
}

Result<void> Queue::release(const std::vector<Job>& jobs, Time run_at) {
    if (jobs.empty()) return ok();
    let_go(jobs);
    const detail::Leases leases(jobs);
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec(kRelease,
                    {org_.text(), worker_, leases.subjects(), leases.ids(), leases.fences(), format_iso(run_at)}));
        TRY(tx.exec("select pg_notify($1, $2)", {kChannel, org_.text()}));
        return ok();
    });
}

bool Queue::holds(const Job& job) const {
    const std::lock_guard lock(mutex_);
    return held_.contains({job.subject, job.id, job.fence});
}

void Queue::hold(const std::vector<Job>& jobs) {
    const std::lock_guard lock(mutex_);
    for (const Job& job : jobs) held_.insert({job.subject, job.id, job.fence});
}

void Queue::let_go(const std::vector<Job>& jobs) {
    const std::lock_guard lock(mutex_);
    for (const Job& job : jobs) held_.erase({job.subject, job.id, job.fence});
}

std::vector<std::string> Queue::held_ids() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    for (const Lease& lease : held_) ids.push_back(std::to_string(lease.id));
    return ids;
}

}  // namespace syncline::jobs
