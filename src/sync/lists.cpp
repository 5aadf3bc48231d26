#include "sync/lists.hpp"

namespace syncline::sync {

Result<PeopleAndTags> load_people_and_tags(pg::Transaction& tx, const access::Scope& scope) {
    const pg::Rows rows =
        TRY(tx.exec("select true as person, odoo_id::text as id, plane_id as name from sync.people where org_id = $1 "
                    "and profile = $2 and plane_id is not null "
                    "union all select false, id, seen->>'name' from sync.observations where org_id = $1 "
                    "and profile = $2 and peer = 'odoo' and entity = 'tag'",
                    {scope.org.text(), scope.profile}));
    PeopleAndTags lists;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        (rows.boolean(i, "person") ? lists.plane_of_user : lists.tags)
            .emplace(rows.text(i, "id"), rows.text(i, "name"));
    }
    return lists;
}

namespace {

// The sequence of a stage or a state.
constexpr std::string_view kSequence =
    "case jsonb_typeof(seen->'sequence') when 'number' then (seen->>'sequence')::numeric else 0 end";

// $3 Odoo's project, $4 Plane's, $5 the profile's name of projects; either of the two may be empty.
const std::string& project_statement() {
    static const std::string sql =
        "select entity, id, name, state_group, is_default, member, time_zone from ("
        "select entity, id, seen->>'name' as name, null as state_group, false as is_default, null as member, "
        "null as time_zone, " +
        std::string(kSequence) +
        " as sequence, id::bigint as number from sync.observations where org_id = $1 and profile = $2 "
        "and peer = 'odoo' and entity = 'stage' and presence = 'present' "
        "and seen->'project_ids' @> to_jsonb(nullif($3, '')::bigint) "
        "union all select entity, id, seen->>'name', seen->>'group', coalesce(seen->'default' = 'true', false), "
        "seen->>'id', null, " +
        std::string(kSequence) +
        ", 0 from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' "
        "and entity = any('{state,label,project_member}') and container = $4 and presence = 'present' "
        "union all select 'itself', id, seen->>'name', null, false, null, "
        "coalesce(nullif(seen->>'timezone', ''), 'UTC'), 0, 0 from sync.observations where org_id = $1 "
        "and profile = $2 and peer = 'plane' and entity = $5 and id = $4) as lists order by sequence, number, id";
    return sql;
}

}  // namespace

Result<ProjectLists> load_project_lists(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                        std::string_view odoo_project, std::string_view plane_project) {
    const pg::Rows rows =
        TRY(tx.exec(project_statement(), {scope.org.text(), scope.profile, odoo_project, plane_project, entity}));
    ProjectLists project;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view list = rows.text(i, "entity");
        const std::string id(rows.text(i, "id"));
        const std::string name(rows.text(i, "name"));
        if (list == "stage") {
            project.stages.push_back({id, name, "", false});
        } else if (list == "state") {
            project.plane.states.push_back(
                {id, name, std::string(rows.text(i, "state_group")), rows.boolean(i, "is_default")});
        } else if (list == "label") {
            project.plane.labels.emplace(name, id);
        } else if (list == "project_member") {
            project.plane.members.emplace(rows.text(i, "member"));
        } else {
            project.plane.name = name;
            project.plane.time_zone = rows.text(i, "time_zone");
        }
    }
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
