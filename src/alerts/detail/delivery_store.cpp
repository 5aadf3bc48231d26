#include "alerts/detail/delivery_store.hpp"

#include "alerts/detail/kept.hpp"

namespace syncline::alerts {

namespace {

Delivery delivery_at(const pg::Rows& rows, std::size_t row, KeptAlert kept) {
    Delivery delivery;
    delivery.kept = std::move(kept);
    delivery.slack = rows.boolean(row, "slack");
    delivery.slack_closed = rows.boolean(row, "slack_closed");
    delivery.plane_tried = rows.boolean(row, "plane_tried");
    delivery.plane = rows.boolean(row, "plane");
    delivery.plane_closed = rows.boolean(row, "plane_closed");
    delivery.plane_item = rows.text(row, "plane_item");
    return delivery;
}

}  // namespace

bool may_be_work_item(const Alert& alert, const std::string& ops_project) {
    return !ops_project.empty() && alert.peer != "plane" && alert.project != ops_project;
}

Result<std::optional<Delivery>> claim_due(pg::Database& store, const access::OrgId& org,
                                          const std::optional<std::string>& ops_project, Time now, Time until) {
    return store.transact(org.text(), [&](pg::Transaction& tx) -> Result<std::optional<Delivery>> {
        const pg::Rows rows = TRY(tx.exec(
            // Materialized: a sub-select with LIMIT and locks may be run for each row of the outer one.
            "with due as materialized (select alert from ops.alerts where org_id = $1 "
            "and settled_at is null and (closed_at is not null or notified_at is null) "
            "and (notify_after is null or notify_after <= $2) order by alert limit 1 for update skip locked) "
            "update ops.alerts a set notify_after = $3, plane_tried = a.plane_tried or (a.closed_at is null and "
            "$4::text is not null and a.peer <> 'plane' and a.project <> $4) from due "
            "where a.org_id = $1 and a.alert = due.alert returning a.alert, a.key, a.severity, a.kind, a.peer, "
            "a.project, a.subject, a.title, a.detail, a.cure, a.count, a.notify_attempts, a.notify_error, "
            "a.opened_at, a.last_seen, a.closed_at, a.notified_at, "
            "a.slack_at is not null as slack, a.slack_closed_at is not null as slack_closed, a.plane_tried, "
            "a.plane_at is not null as plane, a.plane_closed_at is not null as plane_closed, a.plane_item",
            {org.text(), format_iso(now), format_iso(until), ops_project}));
        if (rows.empty()) return std::optional<Delivery>();
        return std::optional<Delivery>(delivery_at(rows, 0, TRY(kept_alert(rows, 0))));
    });
}

Result<void> save(pg::Database& store, const access::OrgId& org, const Delivery& delivery, Time now) {
    std::optional<std::string> item;
    if (!delivery.plane_item.empty()) item = delivery.plane_item;
    return store.run(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(
            tx.exec("update ops.alerts set slack_at = coalesce(slack_at, case when $3 then $8::timestamptz end), "
                    "slack_closed_at = coalesce(slack_closed_at, case when $4 then $8::timestamptz end), "
                    "plane_at = coalesce(plane_at, case when $5 then $8::timestamptz end), "
                    "plane_closed_at = coalesce(plane_closed_at, case when $6 then $8::timestamptz end), "
                    "plane_item = coalesce($7, plane_item) where org_id = $1 and alert = $2",
                    {org.text(), delivery.kept.id, delivery.slack, delivery.slack_closed, delivery.plane,
                     delivery.plane_closed, item, format_iso(now)}));
        return ok();
    });
}

Result<void> finish(pg::Database& store, const access::OrgId& org, const Delivery& delivery, Time now) {
    return store.run(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        // It may have closed while people were told that it is open: then its end is due at once.
        TRY(
            tx.exec("update ops.alerts set notified_at = coalesce(notified_at, $3), notify_after = null, "
                    "notify_attempts = 0, notify_error = null, settled_at = case when $4 then $3::timestamptz end "
                    "where org_id = $1 and alert = $2",
                    {org.text(), delivery.kept.id, format_iso(now), delivery.kept.closed_at.has_value()}));
        return ok();
    });
}

Result<void> postpone(pg::Database& store, const access::OrgId& org, const Delivery& delivery, const std::string& error,
                      std::optional<Time> again, Time now) {
    std::optional<std::string> after;
    if (again) after = format_iso(*again);
    return store.run(org.text(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(
            tx.exec("update ops.alerts set notify_attempts = notify_attempts + 1, notify_error = $3, "
                    "notify_after = $4::timestamptz, settled_at = case when $4 is null then $5::timestamptz end "
                    "where org_id = $1 and alert = $2",
                    {org.text(), delivery.kept.id, error, after, format_iso(now)}));
        return ok();
    });
}

}  // namespace syncline::alerts
