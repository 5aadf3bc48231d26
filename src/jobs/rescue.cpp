#include "jobs/detail/job_row.hpp"
#include "jobs/detail/statements.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

using detail::text;

// $3: who has not beaten since is dead. Rows that somebody is just settling are left to them, whatever their worker
// looks like. A worker's own row that it does not know of (`mine`) was claimed or settled in a transaction whose end
// it never heard of: it comes back without a loss.
const std::string kRescue =
    text({"with lost as (select r.*, r.worker = $2 as mine, r.worker <> $2 and r.losses + 1 >= $4::integer as last"
          " from jobs.running r where r.org_id = $1 and case when r.worker = $2"
          " then r.claimed_at < $3 and not exists (select from unnest($5::text[], $6::bigint[], $7::integer[])"
          " as h (subject, id, fence) where h.subject = r.subject and h.id = r.id and h.fence = r.starts)"
          " else not exists (select from jobs.workers w where w.org_id = r.org_id and w.worker = r.worker"
          " and w.heartbeat_at >= $3) end for update of r skip locked),"
          " gone as (delete from jobs.running r using lost l where r.org_id = l.org_id and r.subject = l.subject),"
          " dying as (select l.*, $8::text as reason, $9::text as error, $10::timestamptz as died_at from lost l"
          " where l.last),"
          " buried as (",
          detail::kBury,
          "), back as (select l.org_id, l.subject, l.kind, l.id, l.priority, l.run_at, l.starts, l.failures,"
          " l.losses + (not l.mine)::integer as losses, l.enqueued_at, l.correlation, l.payload from lost l"
          " where not l.last), returned as (",
          detail::kPutBack,
          ") select l.id, l.kind, l.subject, l.payload, l.priority, l.failures, l.losses, l.starts, l.correlation,"
          " l.enqueued_at, l.last from lost l order by l.id"});

constexpr std::string_view kForgetWorkers =
    "delete from jobs.workers w where w.org_id = $1 and w.heartbeat_at < $2"
    " and not exists (select from jobs.running r where r.org_id = w.org_id and r.worker = w.worker)";

}  // namespace

Result<Rescued> Queue::rescue(Time now) {
    std::vector<std::string> subjects, ids, fences;
    for (const Lease& lease : held()) {
        subjects.push_back(lease.subject);
        ids.push_back(std::to_string(lease.id));
        fences.push_back(std::to_string(lease.fence));
    }
    const std::string expired = format_iso(now - kLease);
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<Rescued> {
        const pg::Rows rows =
            TRY(tx.exec(kRescue, {org_.text(), worker_, expired, kAttemptsMax, pg::array_literal(subjects),
                                  pg::array_literal(ids), pg::array_literal(fences), to_string(DeadReason::kWorkerLost),
                                  "each worker that took it ended before it was done", format_iso(now)}));
        TRY(tx.exec(kForgetWorkers, {org_.text(), expired}));
        if (!rows.empty()) TRY(tx.exec("select pg_notify($1, $2)", {kChannel, org_.text()}));
        Rescued rescued;
        rescued.jobs = static_cast<std::int64_t>(rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (!rows.boolean(row, "last")) continue;
            Result<Job> job = detail::job_of(rows, row);
            if (job) rescued.dead.push_back(std::move(*job));
        }
        return rescued;
    });
}

}  // namespace syncline::jobs
