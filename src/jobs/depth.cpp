#include "jobs/queue.hpp"

namespace syncline::jobs {

Result<Depth> depth(pg::Transaction& tx, const access::OrgId& org, Time now) {
    const pg::Rows rows = TRY(tx.exec("select ready, waiting, running, dead, oldest_ready from jobs.depth($1, $2)",
                                      {org.text(), format_iso(now)}));
    Depth depth;
    depth.ready = rows.integer(0, "ready");
    depth.waiting = rows.integer(0, "waiting");
    depth.running = rows.integer(0, "running");
    depth.dead = rows.integer(0, "dead");
    if (!rows.is_null(0, "oldest_ready")) depth.oldest_ready = TRY(parse_time(rows.text(0, "oldest_ready")));
    return depth;
}

}  // namespace syncline::jobs
