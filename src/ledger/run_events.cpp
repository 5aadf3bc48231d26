#include "ledger/run_events.hpp"

namespace syncline::ledger {

Result<void> append(pg::Transaction& tx, const access::OrgId& org, const std::vector<RunEvent>& events) {
    if (events.empty()) return ok();
    json::Array rows;
    for (const RunEvent& event : events) {
        rows.push_back(json::Object{{"run", event.run},
                                    {"correlation", event.correlation},
                                    {"at", format_iso(event.at)},
                                    {"level", event.level},
                                    {"kind", event.kind},
                                    {"message", event.message},
                                    {"facts", event.facts}});
    }
    TRY(tx.exec(
        "insert into ops.run_events (org_id, run, correlation, at, level, kind, message, facts) "
        "select $1, nullif(run, '')::uuid, nullif(correlation, '')::uuid, at, level, kind, message, facts "
        "from jsonb_to_recordset($2::jsonb) as r(run text, correlation text, at timestamptz, level text, kind text, "
        "message text, facts jsonb)",
        {org.text(), json::canonical(rows)}));
    return ok();
}

Result<std::vector<RunEvent>> run_events(pg::Transaction& tx, const access::OrgId& org, std::string_view run,
                                         int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec("select id, run, correlation, at, level, kind, message, facts from ops.run_events where org_id = "
                    "$1 and run = $2 order by id limit $3",
                    {org.text(), run, rows_max}));
    std::vector<RunEvent> events;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        RunEvent event;
        event.id = rows.integer(i, "id");
        event.run = rows.text(i, "run");
        event.correlation = rows.text(i, "correlation");
        event.at = TRY(parse_time(rows.text(i, "at")));
        event.level = rows.text(i, "level");
        event.kind = rows.text(i, "kind");
        event.message = rows.text(i, "message");
        if (json::Value facts = TRY(json::parse(rows.text(i, "facts"))); facts.is_object()) {
            event.facts = facts.as_object();
        }
        events.push_back(std::move(event));
    }
    return events;
}

Result<std::int64_t> forget_run_events(pg::Transaction& tx, const access::OrgId& org, Time before) {
    return TRY(tx.exec("delete from ops.run_events where org_id = $1 and at < $2", {org.text(), format_iso(before)}))
        .affected();
}

}  // namespace syncline::ledger
