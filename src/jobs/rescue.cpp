#include "jobs/detail/job_row.hpp"
#include "jobs/detail/statements.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

using detail::Leases;
using detail::text;

// $3: who has not beaten since is dead. A worker's own jobs are lost when it does not know of them ($4: those it does).
// A row that somebody is just settling is left to them, whatever their worker looks like.
constexpr std::string_view kFindLost =
    "select r.id, r.kind, r.subject, r.payload, r.priority, r.failures, r.losses, r.starts, r.correlation,"
    " r.enqueued_at, r.worker = $2 as mine from jobs.running r where r.org_id = $1 and case when r.worker = $2"
    " then r.claimed_at < $3 and r.id <> all($4::bigint[]) else not exists (select from jobs.workers w where w.org_id "
    "= r.org_id"
    " and w.worker = r.worker and w.heartbeat_at >= $3) end order by r.subject for update of r skip locked";

const std::string kBuryLost =
    text({"with gone as (select * from jobs.end_leases($1, null, $2::text[], $3::bigint[], $4::integer[])),"
          " dying as (select g.*, $5::text as reason, $6::text as error, $7::timestamptz as died_at from gone g) ",
          detail::kBury});
const std::string kPutLostBack =
    text({"with gone as (select * from jobs.end_leases($1, null, $2::text[], $3::bigint[], $4::integer[])),"
          " back as (select g.org_id, g.subject, g.kind, g.id, g.priority, g.run_at, g.starts, g.failures,"
          " g.losses + (g.worker <> $5)::integer as losses, g.enqueued_at, g.correlation, g.payload from gone g) ",
          detail::kPutBack});

constexpr std::string_view kForgetWorkers =
    "delete from jobs.workers w where w.org_id = $1 and w.heartbeat_at < $2"
    " and not exists (select from jobs.running r where r.org_id = w.org_id and r.worker = w.worker)";

}  // namespace

Result<Rescued> Queue::rescue(Time now) {
    const std::string expired = format_iso(now - kLease);
    return store_.transact(org_.text(), [&](pg::Transaction& tx) -> Result<Rescued> {
        const pg::Rows lost = TRY(tx.exec(kFindLost, {org_.text(), worker_, expired, pg::array_literal(held_ids())}));
        Rescued rescued;
        Leases dying, back;
        for (std::size_t row = 0; row < lost.size(); ++row) {
            const bool mine = lost.boolean(row, "mine");
            Job job = detail::lease_of(lost, row);
            ++rescued.jobs;
            if (mine || lost.integer(row, "losses") + 1 < kAttemptsMax) {
                // Its own that it does not know of was claimed or settled in a transaction whose end it never heard
                // of: that is no worker's death.
                back.add(job);
            } else {
                dying.add(job);
                Result<Job> whole = detail::job_of(lost, row);
                rescued.dead.push_back(whole ? std::move(*whole) : std::move(job));
            }
        }
        if (!dying.empty()) {
            TRY(tx.exec(kBuryLost, {org_.text(), dying.subjects(), dying.ids(), dying.fences(),
                                    to_string(DeadReason::kWorkerLost), kWorkerLostError, format_iso(now)}));
        }
        if (!back.empty()) {
            TRY(tx.exec(kPutLostBack, {org_.text(), back.subjects(), back.ids(), back.fences(), worker_}));
            TRY(tx.exec("select pg_notify($1, $2)", {kChannel, org_.text()}));
        }
        TRY(tx.exec(kForgetWorkers, {org_.text(), expired}));
        return rescued;
    });
}

}  // namespace syncline::jobs
