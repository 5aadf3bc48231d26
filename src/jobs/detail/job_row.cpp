#include "jobs/detail/job_row.hpp"

namespace syncline::jobs::detail {

Job lease_of(const pg::Rows& rows, std::size_t row) {
    Job job;
    job.id = rows.integer(row, "id");
    job.kind = rows.text(row, "kind");
    job.subject = rows.text(row, "subject");
    job.fence = rows.integer(row, "starts");
    job.failures = static_cast<int>(rows.integer(row, "failures"));
    job.losses = static_cast<int>(rows.integer(row, "losses"));
    job.attempt = job.failures + job.losses + 1;
    return job;
}

Result<Job> job_of(const pg::Rows& rows, std::size_t row) {
    Job job = lease_of(rows, row);
    json::Value payload = TRY(json::parse(rows.text(row, "payload")));
    // A trigger may have enqueued any JSON; a handler reads members and finds none.
    if (payload.is_object()) job.payload = std::move(payload.get_object());
    job.priority = static_cast<Priority>(rows.integer(row, "priority"));
    job.correlation = rows.text(row, "correlation");
    job.enqueued_at = TRY(parse_time(rows.text(row, "enqueued_at")));
    return job;
}

}  // namespace syncline::jobs::detail
