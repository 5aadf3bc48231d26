#include "sync/orphans.hpp"

#include "json/json.hpp"

namespace syncline::sync {

Result<void> save_orphans(pg::Transaction& tx, const access::Scope& scope, const std::vector<Orphan>& orphans) {
    if (orphans.empty()) return ok();
    json::Array rows;
    for (const Orphan& orphan : orphans) {
        rows.push_back(json::Object{{"plane_id", orphan.plane_id},
                                    {"project", orphan.project},
                                    {"entity", orphan.entity},
                                    {"title", orphan.title},
                                    {"reason", orphan.reason}});
    }
    TRY(
        tx.exec("insert into sync.orphans (org_id, profile, plane_id, project, entity, title, reason) "
                "select $1, $2, plane_id, project, entity, title, reason from jsonb_to_recordset($3::jsonb) "
                "as r(plane_id text, project text, entity text, title text, reason text) "
                "on conflict (org_id, profile, plane_id) do update set title = excluded.title, last_seen = now()",
                {scope.org.text(), scope.profile, json::canonical(rows)}));
    return ok();
}

Result<void> close_linked_orphans(pg::Transaction& tx, const access::Scope& scope,
                                  const std::vector<std::string>* plane_ids) {
    std::optional<std::string> ids;
    if (plane_ids) ids = pg::array_literal(*plane_ids);
    TRY(
        tx.exec("update sync.orphans o set status = 'linked' from sync.links l where o.org_id = $1 and o.profile = $2 "
                "and o.status = 'open' and ($3::text[] is null or o.plane_id = any($3::text[])) and l.org_id = $1 "
                "and l.profile = $2 and l.entity = o.entity and l.plane_id = o.plane_id",
                {scope.org.text(), scope.profile, ids}));
    return ok();
}

Result<std::vector<Orphan>> open_orphans(pg::Transaction& tx, const access::Scope& scope, int rows_max) {
    pg::Rows rows =
        TRY(tx.exec("select plane_id, project, entity, title, reason, status, to_char(first_seen, 'YYYY-MM-DD "
                    "HH24:MI') as first_seen "
                    "from sync.orphans where org_id = $1 and profile = $2 and status = 'open' order by first_seen, "
                    "plane_id limit $3",
                    {scope.org.text(), scope.profile, rows_max}));
    std::vector<Orphan> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.push_back({std::string(rows.text(i, "plane_id")), std::string(rows.text(i, "project")),
                         std::string(rows.text(i, "entity")), std::string(rows.text(i, "title")),
                         std::string(rows.text(i, "reason")), std::string(rows.text(i, "status")),
                         std::string(rows.text(i, "first_seen"))});
    }
    return found;
}

Result<void> dismiss_orphan(pg::Transaction& tx, const access::Scope& scope, std::string_view plane_id) {
    pg::Rows rows =
        TRY(tx.exec("update sync.orphans set status = 'dismissed' where org_id = $1 and profile = $2 "
                    "and plane_id = $3 and status = 'open'",
                    {scope.org.text(), scope.profile, plane_id}));
    if (rows.affected() == 0) {
        return make_error(Errc::kNotFound, "no open orphan has the Plane id " + std::string(plane_id),
                          "`syncline orphans` lists them with their ids");
    }
    return ok();
}

}  // namespace syncline::sync
