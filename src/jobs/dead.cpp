#include "jobs/detail/dead_row.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {

using detail::dead_of;
using detail::no_such_dead;

Result<std::vector<DeadJob>> dead_jobs(pg::Transaction& tx, const access::OrgId& org, int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec(std::string(detail::kDeadColumns) + " where org_id = $1 order by died_at desc, id desc limit $2",
                    {org.text(), rows_max}));
    std::vector<DeadJob> all;
    for (std::size_t row = 0; row < rows.size(); ++row) all.push_back(TRY(dead_of(rows, row)));
    return all;
}

Result<void> retry_dead(pg::Transaction& tx, const access::OrgId& org, std::int64_t id, Time now) {
    // The payload goes from row to row: one that this program cannot read may be for a newer one.
    const pg::Rows rows = TRY(
        tx.exec("with gone as (delete from jobs.dead where org_id = $1 and id = $2 returning *)"
                " select jobs.enqueue_many($1, array[kind], array[subject], array[payload], array[priority::integer],"
                " array[null::timestamptz], array[correlation], $3) from gone",
                {org.text(), id, format_iso(now)}));
    if (rows.empty()) return no_such_dead(id);
    return ok();
}

Result<void> drop_dead(pg::Transaction& tx, const access::OrgId& org, std::int64_t id, const std::string& by,
                       const std::string& why, Time now) {
    const pg::Rows rows =
        TRY(tx.exec("with gone as (delete from jobs.dead where org_id = $1 and id = $2 returning *)"
                    " insert into jobs.dropped (org_id, id, subject, kind, attempts, enqueued_at, correlation, payload,"
                    " reason, error, died_at, deaths, dropped_by, why, dropped_at)"
                    " select org_id, id, subject, kind, attempts, enqueued_at, correlation, payload, reason, error,"
                    " died_at, deaths, $3, $4, $5 from gone",
                    {org.text(), id, by, why, format_iso(now)}));
    if (rows.affected() == 0) return no_such_dead(id);
    return ok();
}

}  // namespace syncline::jobs
