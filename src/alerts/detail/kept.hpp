// Rows of ops.alerts as values.
#pragma once

#include <vector>

#include "alerts/alert.hpp"
#include "pg/database.hpp"

namespace syncline::alerts {

inline constexpr std::string_view kKeptColumns =
    "select alert, key, severity, kind, peer, project, subject, title, detail, cure, count, notify_attempts, "
    "notify_error, opened_at, last_seen, closed_at, notified_at from ops.alerts ";

Result<KeptAlert> kept_alert(const pg::Rows& rows, std::size_t row);
Result<std::vector<KeptAlert>> kept_alerts(const pg::Rows& rows);

}  // namespace syncline::alerts
