#include "alerts/alerts.hpp"

#include "alerts/detail/kept.hpp"

namespace syncline::alerts {

std::string_view to_string(Severity severity) { return severity == Severity::kCritical ? "critical" : "warning"; }

Result<bool> raise(pg::Transaction& tx, const access::OrgId& org, const Alert& alert, Time now) {
    const pg::Rows rows = TRY(tx.exec(
        "insert into ops.alerts as a (org_id, key, severity, kind, peer, project, subject, title, detail, cure, "
        "opened_at, last_seen) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) "
        "on conflict (org_id, key) where closed_at is null do update set count = a.count + 1, "
        "last_seen = excluded.last_seen, severity = excluded.severity, title = excluded.title, "
        "detail = excluded.detail, cure = excluded.cure returning count = 1 as opened",
        {org.text(), alert.key, to_string(alert.severity), alert.kind, alert.peer, alert.project, alert.subject,
         alert.title, alert.detail, alert.cure, format_iso(now)}));
    return rows.boolean(0, "opened");
}

Result<bool> clear(pg::Transaction& tx, const access::OrgId& org, std::string_view key, Time now) {
    const pg::Rows rows =
        TRY(tx.exec("update ops.alerts set closed_at = $3, notify_attempts = 0 "
                    "where org_id = $1 and key = $2 and closed_at is null",
                    {org.text(), key, format_iso(now)}));
    return rows.affected() > 0;
}

Result<Assessed> assess(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::string>& kinds,
                        const std::vector<Alert>& holding, Time now) {
    Assessed assessed;
    std::vector<std::string> keys;
    for (const Alert& alert : holding) {
        keys.push_back(alert.key);
        if (TRY(raise(tx, org, alert, now))) ++assessed.opened;
    }
    const pg::Rows rows =
        TRY(tx.exec("update ops.alerts set closed_at = $4, notify_attempts = 0 "
                    "where org_id = $1 and closed_at is null and kind = any($2::text[]) and key <> all($3::text[])",
                    {org.text(), pg::array_literal(kinds), pg::array_literal(keys), format_iso(now)}));
    assessed.closed = static_cast<int>(rows.affected());
    return assessed;
}

Result<std::vector<KeptAlert>> open_alerts(pg::Transaction& tx, const access::OrgId& org, int rows_max) {
    const pg::Rows rows = TRY(tx.exec(
        std::string(kKeptColumns) +
            "where org_id = $1 and closed_at is null order by severity = 'critical' desc, opened_at, alert limit $2",
        {org.text(), rows_max}));
    return kept_alerts(rows);
}

Result<std::vector<KeptAlert>> recent_alerts(pg::Transaction& tx, const access::OrgId& org, int rows_max) {
    const pg::Rows rows = TRY(
        tx.exec(std::string(kKeptColumns) + "where org_id = $1 order by alert desc limit $2", {org.text(), rows_max}));
    return kept_alerts(rows);
}

}  // namespace syncline::alerts
