// A job as a row of jobs.running or jobs.dead.
#pragma once

#include "jobs/queue.hpp"

namespace syncline::jobs::detail {

// Of columns id, kind, subject, payload, priority, failures, losses, starts, correlation, enqueued_at.
// kInternal when the store holds what this program would not have written.
Result<Job> job_of(const pg::Rows& rows, std::size_t row);
// What is needed to settle it, which can always be read.
Job lease_of(const pg::Rows& rows, std::size_t row);

}  // namespace syncline::jobs::detail
