// Rows of ops.alerts as values.
#pragma once

#include <vector>

#include "alerts/alert.hpp"
#include "pg/database.hpp"

namespace syncline::alerts {

inline constexpr std::string_view kKeptColumns =
    "select alert, key, severity, kind, peer, project, subject, title, detail, cure, count, notify_attempts, "
    "notify_error, to_char(opened_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as opened, "
    "to_char(last_seen at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as seen, "
    "to_char(closed_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as closed, "
    "to_char(notified_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as notified from ops.alerts ";

Result<KeptAlert> kept_alert(const pg::Rows& rows, std::size_t row);
Result<std::vector<KeptAlert>> kept_alerts(const pg::Rows& rows);

}  // namespace syncline::alerts
