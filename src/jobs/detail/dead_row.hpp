// A dead job as a row of jobs.dead.
#pragma once

#include <string_view>

#include "jobs/queue.hpp"

namespace syncline::jobs::detail {

inline constexpr std::string_view kDeadColumns =
    "select id, kind, subject, payload, priority, 0 as failures, 0 as losses, 0 as starts, correlation, enqueued_at,"
    " attempts, reason, error, died_at, deaths from jobs.dead";

Result<DeadJob> dead_of(const pg::Rows& rows, std::size_t row);
Error no_such_dead(std::int64_t id);

}  // namespace syncline::jobs::detail
