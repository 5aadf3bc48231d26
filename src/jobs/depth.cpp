#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

// As the view jobs.ready, but as of $2: what came due since the last claim has no rank yet.
constexpr std::string_view kDepth =
    "with free as (select q.run_at from jobs.queue q where q.org_id = $1 and q.run_at <= $2"
    " and not exists (select from jobs.running r where r.org_id = q.org_id and r.subject = q.subject)"
    " and not exists (select from jobs.queue e where e.org_id = q.org_id and e.subject = q.subject and e.id < q.id"
    " and (e.run_at <= $2 or e.starts > 0)))"
    " select (select count(*) from free) as ready, (select min(run_at) from free) as oldest,"
    " (select count(*) from jobs.queue where org_id = $1) as queued,"
    " (select count(*) from jobs.running where org_id = $1) as running,"
    " (select count(*) from jobs.dead where org_id = $1) as dead";

}  // namespace

Result<Depth> depth(pg::Transaction& tx, const access::OrgId& org, Time now) {
    const pg::Rows rows = TRY(tx.exec(kDepth, {org.text(), format_iso(now)}));
    Depth depth;
    depth.ready = rows.integer(0, "ready");
    depth.waiting = rows.integer(0, "queued") - depth.ready;
    depth.running = rows.integer(0, "running");
    depth.dead = rows.integer(0, "dead");
    if (!rows.is_null(0, "oldest")) depth.oldest_ready = TRY(parse_time(rows.text(0, "oldest")));
    return depth;
}

}  // namespace syncline::jobs
