#include "jobs/detail/dead_row.hpp"

#include "jobs/detail/job_row.hpp"

namespace syncline::jobs::detail {

Error no_such_dead(std::int64_t id) {
    return make_error(Errc::kNotFound, "there is no dead job " + std::to_string(id),
                      "it may have been retried or dropped, or have died again under another number");
}

Result<DeadJob> dead_of(const pg::Rows& rows, std::size_t row) {
    DeadJob dead;
    Result<Job> job = job_of(rows, row);
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

}  // namespace syncline::jobs::detail
