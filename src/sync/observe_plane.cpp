#include "sync/observe_plane.hpp"

#include <algorithm>
#include <set>

#include "sync/adoption.hpp"
#include "sync/cursors.hpp"
#include "sync/links.hpp"
#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

// Attributes with calls of their own: Plane's item JSON lacks them, so what was seen of them before is carried along.
constexpr std::string_view kCarried[] = {"cycle", "blocked_by"};

const profile::EntityMap* entity_of_kind(const profile::Profile& profile, std::string_view kind) {
    for (const profile::EntityMap& entity : profile.entities) {
        if (entity.plane_kind == kind) return &entity;
    }
    return nullptr;
}

// A row of one of the lists beside the profile's entities.
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
Result<void> replace_list(Context& context, std::string_view entity, const std::string& project,
                          std::vector<json::Object> rows) {
    std::vector<Observation> seen;
    std::set<std::string> living;
    for (json::Object& row : rows) {
        seen.push_back(list_row(entity, project, std::move(row)));
        living.insert(seen.back().id);
    }
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        const SeenById before = TRY(load_seen(tx, context.scope(), Peer::kPlane, entity, project));
        std::vector<std::string> vanished;
        for (const auto& [id, old] : before) {
            if (!living.contains(id)) vanished.push_back(id);
        }
        TRY(save_observations(tx, context.scope(), Peer::kPlane, seen, context.clock.now()));
        return mark_presence(tx, context.scope(), Peer::kPlane, entity, vanished, Presence::kGone);
    });
}

Result<std::vector<Observation>> with_carried(Context& context, const profile::EntityMap& entity,
                                              std::vector<json::Object> records) {
    std::vector<std::string> ids;
    for (const json::Object& record : records) ids.emplace_back(json::text_or(record, "id"));
    const std::vector<Observation> before = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_observations(tx, context.scope(), Peer::kPlane, entity.name, ids); }));
    std::map<std::string, const json::Object*, std::less<>> by_id;
    for (const Observation& old : before) by_id.emplace(old.id, &old.seen);
    std::vector<Observation> seen;
    for (json::Object& record : records) {
        const auto old = by_id.find(json::text_or(record, "id"));
        seen.push_back(plane_observation(entity, std::move(record), old == by_id.end() ? nullptr : old->second));
    }
    return seen;
}

Result<void> save(Context& context, const std::vector<Observation>& seen, PlaneSeen& report) {
    report.records += static_cast<std::int64_t>(seen.size());
    report.changed += TRY(context.transact([&](pg::Transaction& tx) {
        return save_observations(tx, context.scope(), Peer::kPlane, seen, context.clock.now());
    }));
    return ok();
}

Result<void> observe_cycles(Context& context, const std::string& project, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "cycle");
    const profile::EntityMap* items = entity_of_kind(context.profile, "work_item");
    if (!entity) return ok();
    std::vector<Observation> cycles;
    for (json::Object& cycle : TRY(context.plane.cycles(project))) {
        cycles.push_back(plane_observation(*entity, std::move(cycle), nullptr));
    }
    TRY(save(context, cycles, report));
    if (!items) return ok();

    // The item JSON does not say which cycle it is in. The cycle states how many items it has: only where that count
    // differs from ours is the membership itself read.
    std::vector<Observation> known = TRY(context.transact([&](pg::Transaction& tx) {
        return load_all_observations(tx, context.scope(), Peer::kPlane, items->name, project);
    }));
    for (const Observation& cycle : cycles) {
        const auto in_cycle = [&](const Observation& item) {
            return item.presence == Presence::kPresent && json::text_or(item.seen, "cycle") == cycle.id;
        };
        const auto counted = std::count_if(known.begin(), known.end(), in_cycle);
        if (json::integer_or(cycle.seen, "total_issues", -1) == counted) continue;
        const std::vector<std::string> members = TRY(context.plane.cycle_items(project, cycle.id));
        const std::set<std::string> now(members.begin(), members.end());
        std::vector<Observation> moved;
        for (Observation& item : known) {
            const bool was = json::text_or(item.seen, "cycle") == cycle.id;
            if (was == now.contains(item.id)) continue;
            json::Object record = item.seen;
            record["cycle"] = was ? json::Value(nullptr) : json::Value(cycle.id);
            Observation changed = plane_observation(*items, std::move(record), nullptr);
            changed.presence = item.presence;
            item = changed;
            moved.push_back(std::move(changed));
        }
        TRY(save(context, moved, report));
    }
    return ok();
}

// Linked items that the complete list does not hold: archived, or deleted? One call each, so only so many at a time.
Result<void> observe_vanished(Context& context, const profile::EntityMap& entity, const std::string& project,
                              const std::set<std::string, std::less<>>& living, PlaneSeen& report) {
    const SeenById before = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_seen(tx, context.scope(), Peer::kPlane, entity.name, project); }));
    std::vector<std::string> vanished;
    for (const auto& [id, seen] : before) {
        if (seen.presence == Presence::kPresent && !living.contains(id)) vanished.push_back(id);
    }
    if (vanished.size() > static_cast<std::size_t>(context.settings.lookups_per_close_out)) {
        vanished.resize(static_cast<std::size_t>(context.settings.lookups_per_close_out));
    }
    const std::vector<Observation> known = TRY(context.transact([&](pg::Transaction& tx) {
        return load_observations(tx, context.scope(), Peer::kPlane, entity.name, vanished);
    }));
    for (const Observation& old : known) {
        const std::string external(json::text_or(old.seen, "external_id"));
        Presence presence = Presence::kGone;
        if (!external.empty()) {
            Result<std::optional<json::Object>> found = context.plane.find_item(project, external);
            if (!found && found.error().code != Errc::kConflict) return std::move(found).error();
            if (found && found->has_value() && json::text_or(**found, "id") == old.id) presence = Presence::kArchived;
        }
        TRY(context.transact([&](pg::Transaction& tx) {
            return mark_presence(tx, context.scope(), Peer::kPlane, entity.name, {old.id}, presence);
        }));
        ++report.changed;
    }
    return ok();
}

// Relations have no list call: a few items at a time, those seen longest ago first.
Result<void> observe_relations(Context& context, const profile::EntityMap& entity, const std::string& project,
                               PlaneSeen& report) {
    const bool wanted = std::any_of(entity.fields.begin(), entity.fields.end(),
                                    [](const profile::FieldMap& field) { return field.plane == "blocked_by"; });
    const plane::Capabilities capabilities = TRY(context.plane.probe());
    if (!wanted || !capabilities.relations) return ok();
    const std::vector<std::string> due = TRY(context.transact([&](pg::Transaction& tx) {
        return items_with_relations(tx, context.scope(), entity.name, project,
                                    context.settings.relations_per_close_out);
    }));
    const std::vector<Observation> known = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_observations(tx, context.scope(), Peer::kPlane, entity.name, due); }));
    std::vector<Observation> seen;
    for (const Observation& item : known) {
        const auto relations = TRY(context.plane.relations(project, item.id));
        const auto blockers = relations.find("blocked_by");
        json::Object record = item.seen;
        record["blocked_by"] = json::Array();
        if (blockers != relations.end()) {
            std::vector<std::string> sorted = blockers->second;
            std::sort(sorted.begin(), sorted.end());
            for (const std::string& id : sorted) record["blocked_by"].as_array().push_back(json::Value(id));
        }
        seen.push_back(plane_observation(entity, std::move(record), nullptr));
        TRY(context.transact([&](pg::Transaction& tx) {
            return save_cursor(tx, context.scope(), "plane/relations/" + item.id, context.clock.now());
        }));
    }
    return save(context, seen, report);
}

Result<void> observe_items(Context& context, const std::string& project, Depth depth, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "work_item");
    if (!entity) return ok();
    const std::string cursor_name = "plane/items/" + project;
    const std::optional<Time> newest =
        TRY(context.transact([&](pg::Transaction& tx) { return load_cursor(tx, context.scope(), cursor_name); }));
    const bool whole = depth == Depth::kFull || !newest;
    std::vector<json::Object> records =
        whole ? TRY(context.plane.all_items(project))
              : TRY(context.plane.items_since(project, *newest - context.settings.plane_overlap));
    Time latest = newest.value_or(Time{});
    std::set<std::string, std::less<>> living;
    for (const json::Object& record : records) {
        living.emplace(json::text_or(record, "id"));
        if (Result<Time> updated = parse_time(json::text_or(record, "updated_at"))) latest = std::max(latest, *updated);
    }
    const std::vector<Observation> seen = TRY(with_carried(context, *entity, std::move(records)));
    TRY(save(context, seen, report));
    TRY(adopt_or_register(context, *entity, project, seen, report.adopted, report.orphans));
    if (whole) {
        TRY(observe_vanished(context, *entity, project, living, report));
        TRY(observe_relations(context, *entity, project, report));
    }
    // A project without items has no newest one yet: the next look is a whole one again, which costs the same call.
    if (latest == Time{}) return ok();
    return context.transact([&](pg::Transaction& tx) { return save_cursor(tx, context.scope(), cursor_name, latest); });
}

}  // namespace

Observation plane_observation(const profile::EntityMap& entity, json::Object answer, const json::Object* before) {
    Observation seen;
    seen.entity = entity.name;
    seen.id = json::text_or(answer, "id");
    seen.container = json::text_or(answer, "project");
    seen.stamp = json::text_or(answer, "updated_at");
    const json::Value* archived = answer.if_contains("archived_at");
    seen.presence = archived && !archived->is_null() ? Presence::kArchived : Presence::kPresent;
    for (const std::string_view key : kCarried) {
        const json::Value* old = before ? before->if_contains(key) : nullptr;
        if (old && !answer.contains(key)) answer[key] = *old;
    }
    json::Object compared;
    for (const profile::FieldMap& field : entity.fields) {
        if (const json::Value* value = answer.if_contains(field.plane)) compared[field.plane] = *value;
    }
    seen.digest = vault::sha256_hex(json::canonical(compared));
    seen.seen = std::move(answer);
    return seen;
}

Result<void> observe_project_lists(Context& context, const std::string& project) {
    TRY(replace_list(context, "state", project, TRY(context.plane.states(project))));
    TRY(replace_list(context, "label", project, TRY(context.plane.labels(project))));
    return replace_list(context, "project_member", project, TRY(context.plane.project_members(project)));
}

Result<PlaneSeen> observe_plane(Context& context, Depth depth) {
    PlaneSeen report;
    if (depth == Depth::kFull) TRY(replace_list(context, "member", "", TRY(context.plane.members())));
    const profile::EntityMap* container = container_entity(context.profile);
    if (!container) return report;

    std::vector<Observation> projects;
    for (json::Object& project : TRY(context.plane.projects())) {
        projects.push_back(plane_observation(*container, std::move(project), nullptr));
        projects.back().container.clear();
    }
    TRY(save(context, projects, report));
    std::int64_t foreign_projects = 0;  // a project of Plane's own is nobody's orphan
    TRY(adopt_or_register(context, *container, "", projects, report.adopted, foreign_projects));

    const std::vector<LinkIndex> links =
        TRY(context.transact([&](pg::Transaction& tx) { return load_link_index(tx, context.scope()); }));
    std::int64_t done = 0;
    for (const LinkIndex& link : links) {
        if (link.entity != container->name || link.plane_id.empty() || link.status == LinkStatus::kTombstone) continue;
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped while reading Plane");
        if (depth == Depth::kFull) TRY(observe_project_lists(context, link.plane_id));
        TRY(observe_items(context, link.plane_id, depth, report));
        if (depth == Depth::kFull) TRY(observe_cycles(context, link.plane_id, report));
        context.progress("reading Plane", ++done, 0);
    }
    return report;
}

}  // namespace syncline::sync
