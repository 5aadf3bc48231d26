#include "sync/lists.hpp"

namespace syncline::sync {

Result<std::vector<profile::NamedState>> load_stages(pg::Transaction& tx, const access::Scope& scope,
                                                     std::string_view odoo_project) {
    const pg::Rows rows =
        TRY(tx.exec("select id, seen->>'name' as name from sync.observations where org_id = $1 and profile = $2 "
                    "and peer = 'odoo' and entity = 'stage' and presence = 'present' "
                    "and seen->'project_ids' @> to_jsonb($3::bigint) "
                    "order by case jsonb_typeof(seen->'sequence') when 'number' then (seen->>'sequence')::numeric "
                    "else 0 end, id::bigint",
                    {scope.org.text(), scope.profile, odoo_project}));
    std::vector<profile::NamedState> stages;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        stages.push_back({std::string(rows.text(i, "id")), std::string(rows.text(i, "name")), "", false});
    }
    return stages;
}

Result<NamesById> load_tags(pg::Transaction& tx, const access::Scope& scope) {
    const pg::Rows rows =
        TRY(tx.exec("select id, seen->>'name' as name from sync.observations where org_id = $1 and profile = $2 "
                    "and peer = 'odoo' and entity = 'tag'",
                    {scope.org.text(), scope.profile}));
    NamesById tags;
    for (std::size_t i = 0; i < rows.size(); ++i) tags.emplace(rows.text(i, "id"), rows.text(i, "name"));
    return tags;
}

Result<PlaneProject> load_plane_project(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                        std::string_view plane_project) {
    PlaneProject project;
    const pg::Rows lists =
        TRY(tx.exec("select entity, id, seen->>'name' as name, seen->>'group' as state_group, "
                    "coalesce(seen->'default' = 'true', false) as is_default, seen->>'id' as user "
                    "from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' "
                    "and entity = any('{state,label,project_member}') and container = $3 and presence = 'present' "
                    "order by case jsonb_typeof(seen->'sequence') when 'number' then (seen->>'sequence')::numeric "
                    "else 0 end, id",
                    {scope.org.text(), scope.profile, plane_project}));
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const std::string_view list = lists.text(i, "entity");
        if (list == "state") {
            project.states.push_back({std::string(lists.text(i, "id")), std::string(lists.text(i, "name")),
                                      std::string(lists.text(i, "state_group")), lists.boolean(i, "is_default")});
        } else if (list == "label") {
            project.labels.emplace(lists.text(i, "name"), lists.text(i, "id"));
        } else {
            project.members.emplace(lists.text(i, "user"));
        }
    }
    const pg::Rows itself =
        TRY(tx.exec("select seen->>'name' as name, coalesce(nullif(seen->>'timezone', ''), 'UTC') as time_zone "
                    "from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' and entity = $3 "
                    "and id = $4",
                    {scope.org.text(), scope.profile, entity, plane_project}));
    if (itself.empty()) return project;
    project.name = itself.text(0, "name");
    project.time_zone = itself.text(0, "time_zone");
    return project;
}

Result<std::set<std::string>> load_identifiers(pg::Transaction& tx, const access::Scope& scope,
                                               std::string_view entity) {
    const pg::Rows rows =
        TRY(tx.exec("select upper(seen->>'identifier') as identifier from sync.observations where org_id = $1 "
                    "and profile = $2 and peer = 'plane' and entity = $3 and seen->>'identifier' <> ''",
                    {scope.org.text(), scope.profile, entity}));
    std::set<std::string> identifiers;
    for (std::size_t i = 0; i < rows.size(); ++i) identifiers.emplace(rows.text(i, "identifier"));
    return identifiers;
}

}  // namespace syncline::sync
