#include "jobs/detail/job_row.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {

namespace {

Error no_such(std::int64_t id) {
    return make_error(Errc::kNotFound, "there is no dead job " + std::to_string(id),
                      "it may have been retried or dropped, or have died again under another number");
}

Result<DeadJob> dead_of(const pg::Rows& rows, std::size_t row) {
    DeadJob dead;
    Result<Job> job = detail::job_of(rows, row);
    // A payload that cannot be read is a reason to die; the rest is still to be shown.
    if (job) {
        dead.job = std::move(*job);
    } else {
        dead.job.id = rows.integer(row, "id");
        dead.job.kind = rows.text(row, "kind");
        dead.job.subject = rows.text(row, "subject");
        dead.job.correlation = rows.text(row, "correlation");
    }
    dead.job.attempt = static_cast<int>(rows.integer(row, "attempts"));
    dead.reason = parse_dead_reason(rows.text(row, "reason")).value_or(DeadReason::kInternal);
    dead.error = rows.text(row, "error");
    dead.died_at = TRY(parse_time(rows.text(row, "died_at")));
    dead.deaths = static_cast<int>(rows.integer(row, "deaths"));
    return dead;
}

}  // namespace

Result<std::vector<DeadJob>> dead_jobs(pg::Transaction& tx, const access::OrgId& org, int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec("select id, kind, subject, payload, priority, 0 as failures, 0 as losses, 0 as starts, correlation,"
                    " enqueued_at, attempts, reason, error, died_at, deaths from jobs.dead where org_id = $1"
                    " order by died_at desc, id desc limit $2",
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
    if (rows.empty()) return no_such(id);
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
    if (rows.affected() == 0) return no_such(id);
    return ok();
}

}  // namespace syncline::jobs
