#include "sync/plane_lists.hpp"

#include "sync/links.hpp"
#include "sync/replan.hpp"
#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

Observation list_row(std::string_view entity, std::string_view project, json::Object row) {
    Observation seen;
    seen.entity = entity;
    seen.container = project;
    seen.id = json::text_or(row, "id");
    // One Plane user is a member of several projects: the project is part of the row's name.
    if (entity == "project_member") seen.id = std::string(project) + "/" + seen.id;
    row.erase("updated_at");
    seen.digest = vault::sha256_hex(json::canonical(row));
    seen.seen = std::move(row);
    return seen;
}

// The list as it is now replaces the list as it was.
Result<void> replace_list(Context& context, pg::Transaction& tx, std::string_view entity, const std::string& project,
                          std::vector<json::Object> rows, const SeenById& before) {
    std::vector<Observation> seen;
    IdSet living;
    for (json::Object& row : rows) {
        seen.push_back(list_row(entity, project, std::move(row)));
        living.insert(seen.back().id);
    }
    Ids vanished;
    for (const auto& [id, old] : before) {
        if (!living.contains(id) && old.presence != Presence::kGone) vanished.push_back(id);
    }
    std::erase_if(seen, [&](const Observation& row) {
        const auto old = before.find(row.id);
        return old != before.end() && old->second.digest == row.digest && old->second.presence == row.presence;
    });
    const Ids differ = TRY(save_observations(tx, context.scope(), Peer::kPlane, seen, context.clock.now()));
    TRY(mark_presence(tx, context.scope(), Peer::kPlane, entity, vanished, Presence::kGone));
    const bool changed = !differ.empty() || !vanished.empty();
    if (changed && entity == "member") {
        TRY(match_people_again(context, tx));
        return replan_parked(tx, context.scope());  // who was a guest may be given work now
    }
    // A state or label was renamed: every record that wears it may read differently now. Who may work in a project
    // changes what can be written, not what is read.
    if (before.empty() || !changed || entity == "project_member") return ok();
    return replan_project(tx, context.scope(), project);
}

using Lists = std::vector<std::pair<std::string, std::vector<json::Object>>>;  // by entity

Result<void> replace_lists(Context& context, const std::string& project, Lists lists) {
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        Ids entities;
        for (const auto& [entity, rows] : lists) entities.push_back(entity);
        const SeenByEntity before = TRY(load_seen(tx, context.scope(), Peer::kPlane, entities, project));
        for (auto& [entity, rows] : lists) {
            TRY(replace_list(context, tx, entity, project, std::move(rows), before.find(entity)->second));
        }
        return ok();
    });
}

}  // namespace

Result<void> observe_members(Context& context) {
    Lists lists;
    lists.emplace_back("member", TRY(context.plane.members()));
    return replace_lists(context, "", std::move(lists));
}

Result<void> observe_project_lists(Context& context, const std::string& project) {
    Lists lists;
    lists.emplace_back("state", TRY(context.plane.states(project)));
    lists.emplace_back("label", TRY(context.plane.labels(project)));
    lists.emplace_back("project_member", TRY(context.plane.project_members(project)));
    return replace_lists(context, project, std::move(lists));
}

Result<void> keep_label(Context& context, const std::string& project, json::Object label) {
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(save_observations(tx, context.scope(), Peer::kPlane, {list_row("label", project, std::move(label))},
                              context.clock.now(), true));
        return ok();
    });
}

}  // namespace syncline::sync
