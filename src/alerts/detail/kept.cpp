#include "alerts/detail/kept.hpp"

namespace syncline::alerts {

namespace {

Result<std::optional<Time>> optional_time(const pg::Rows& rows, std::size_t row, std::string_view column) {
    if (rows.is_null(row, column)) return std::optional<Time>();
    return std::optional<Time>(TRY(parse_time(rows.text(row, column))));
}

}  // namespace

Result<KeptAlert> kept_alert(const pg::Rows& rows, std::size_t row) {
    KeptAlert kept;
    kept.id = rows.integer(row, "alert");
    Alert& alert = kept.alert;
    alert.key = rows.text(row, "key");
    alert.severity = rows.text(row, "severity") == "critical" ? Severity::kCritical : Severity::kWarning;
    alert.kind = rows.text(row, "kind");
    alert.peer = rows.text(row, "peer");
    alert.project = rows.text(row, "project");
    alert.subject = rows.text(row, "subject");
    alert.title = rows.text(row, "title");
    alert.detail = rows.text(row, "detail");
    alert.cure = rows.text(row, "cure");
    kept.opened_at = TRY(parse_time(rows.text(row, "opened_at")));
    kept.last_seen = TRY(parse_time(rows.text(row, "last_seen")));
    kept.count = rows.integer(row, "count");
    kept.closed_at = TRY(optional_time(rows, row, "closed_at"));
    kept.notified_at = TRY(optional_time(rows, row, "notified_at"));
    kept.notify_attempts = static_cast<int>(rows.integer(row, "notify_attempts"));
    kept.notify_error = rows.text(row, "notify_error");
    return kept;
}

Result<std::vector<KeptAlert>> kept_alerts(const pg::Rows& rows) {
    std::vector<KeptAlert> list;
    for (std::size_t i = 0; i < rows.size(); ++i) list.push_back(TRY(kept_alert(rows, i)));
    return list;
}

}  // namespace syncline::alerts
