#include "sync/cursors.hpp"

namespace syncline::sync {

Result<std::optional<Time>> load_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name) {
    pg::Rows rows = TRY(tx.exec("select value from sync.cursors where org_id = $1 and profile = $2 and scope = $3",
                                {scope.org.text(), scope.profile, name}));
    if (rows.empty()) return std::optional<Time>{};
    return std::optional<Time>(TRY(parse_time(rows.text(0, "value"))));
}

Result<void> save_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name, Time value) {
    TRY(
        tx.exec("insert into sync.cursors (org_id, profile, scope, value) values ($1, $2, $3, $4) "
                "on conflict (org_id, profile, scope) do update set value = excluded.value, updated_at = now()",
                {scope.org.text(), scope.profile, name, format_iso(value)}));
    return ok();
}

}  // namespace syncline::sync
