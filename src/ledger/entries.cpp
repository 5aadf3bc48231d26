#include "ledger/entries.hpp"

#include <algorithm>

namespace syncline::ledger {

Result<void> append(pg::Transaction& tx, const access::Scope& scope, const std::vector<Entry>& entries) {
    if (entries.empty()) return ok();
    json::Array rows;
    for (const Entry& entry : entries) {
        rows.push_back(json::Object{{"run", entry.run},
                                    {"at", format_iso(entry.at)},
                                    {"link", entry.link},
                                    {"side", entry.side},
                                    {"action", entry.action},
                                    {"changes", entry.changes},
                                    {"detail", entry.detail}});
    }
    TRY(tx.exec(
        "insert into ledger.entries (org_id, profile, run, at, link, side, action, changes, detail) "
        "select $1, $2, run, at, link, nullif(side, ''), action, changes, detail from jsonb_to_recordset($3::jsonb) "
        "as r(run uuid, at timestamptz, link text, side text, action text, changes jsonb, detail text)",
        {scope.org.text(), scope.profile, json::canonical(rows)}));
    return ok();
}

namespace {

constexpr std::string_view kColumns = "select run, at, link, side, action, changes, detail from ledger.entries ";

Result<std::vector<Entry>> entries_of(const pg::Rows& rows) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Entry entry;
        entry.run = rows.text(i, "run");
        entry.at = TRY(parse_time(rows.text(i, "at")));
        entry.link = rows.text(i, "link");
        entry.side = rows.text(i, "side");
        entry.action = rows.text(i, "action");
        if (json::Value changes = TRY(json::parse(rows.text(i, "changes"))); changes.is_array()) {
            entry.changes = changes.as_array();
        }
        entry.detail = rows.text(i, "detail");
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

Result<std::vector<Entry>> history(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                                   int rows_max) {
    const pg::Rows rows = TRY(
        tx.exec(std::string(kColumns) + "where org_id = $1 and profile = $2 and link = $3 order by entry desc limit $4",
                {scope.org.text(), scope.profile, link, rows_max}));
    std::vector<Entry> entries = TRY(entries_of(rows));
    std::reverse(entries.begin(), entries.end());
    return entries;
}

Result<std::vector<Entry>> entries_of_run(pg::Transaction& tx, const access::Scope& scope, std::string_view run,
                                          int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and profile = $2 and run = $3 order by entry limit $4",
                    {scope.org.text(), scope.profile, run, rows_max}));
    return entries_of(rows);
}

}  // namespace syncline::ledger
