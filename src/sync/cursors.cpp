#include "sync/cursors.hpp"

namespace syncline::sync {

Result<std::optional<Time>> load_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name) {
    pg::Rows rows = TRY(tx.exec("select value from sync.cursors where org_id = $1 and profile = $2 and scope = $3",
                                {scope.org.text(), scope.profile, name}));
    if (rows.empty()) return std::optional<Time>{};
    return std::optional<Time>(TRY(parse_time(rows.text(0, "value"))));
}

Result<void> save_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name, Time value) {
    return save_cursors(tx, scope, {std::string(name)}, value);
}

Result<void> save_cursors(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& names,
                          Time value) {
    TRY(
        tx.exec("insert into sync.cursors (org_id, profile, scope, value) select $1, $2, name, $4 "
                "from unnest($3::text[]) as name "
                "on conflict (org_id, profile, scope) do update set value = excluded.value, updated_at = now()",
                {scope.org.text(), scope.profile, pg::array_literal(names), format_iso(value)}));
    return ok();
}

Result<std::vector<std::string>> oldest(pg::Transaction& tx, const access::Scope& scope, std::string_view prefix,
                                        const std::vector<std::string>& ids, int rows_max) {
    if (ids.empty()) return std::vector<std::string>();
    const pg::Rows rows =
        TRY(tx.exec("select id from unnest($4::text[]) as id left join sync.cursors c on c.org_id = $1 "
                    "and c.profile = $2 and c.scope = $3 || id order by c.updated_at nulls first, id limit $5",
                    {scope.org.text(), scope.profile, prefix, pg::array_literal(ids), rows_max}));
    std::vector<std::string> found;
    for (std::size_t i = 0; i < rows.size(); ++i) found.emplace_back(rows.text(i, "id"));
    return found;
}

}  // namespace syncline::sync
