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
            if (!living.contains(id) && old.presence != Presence::kGone) vanished.push_back(id);
        }
        const std::int64_t differ =
            TRY(save_observations(tx, context.scope(), Peer::kPlane, seen, context.clock.now()));
        TRY(mark_presence(tx, context.scope(), Peer::kPlane, entity, vanished, Presence::kGone));
        // A state or label was renamed: every record that wears it may read differently now. Who may work in a project
        // changes what can be written, not what is read.
        const bool reads_differently = !before.empty() && (differ > 0 || !vanished.empty());
        if (!reads_differently || entity == "project_member") return ok();
        return project.empty() ? replan_all(tx, context.scope()) : replan_project(tx, context.scope(), project);
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

// The list of cycles is complete: those that it lacks were deleted or put away.
Result<void> cycles_gone(Context& context, const profile::EntityMap& entity, const std::string& project,
                         const std::set<std::string, std::less<>>& living, PlaneSeen& report) {
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        std::vector<std::string> gone;
        for (const auto& [id, seen] : TRY(load_seen(tx, context.scope(), Peer::kPlane, entity.name, project))) {
            if (seen.presence == Presence::kPresent && !living.contains(id)) gone.push_back(id);
        }
        report.changed += static_cast<std::int64_t>(gone.size());
        return mark_presence(tx, context.scope(), Peer::kPlane, entity.name, gone, Presence::kGone);
    });
}

// An item of a cycle that is gone is in no cycle.
Result<void> leave_gone_cycles(Context& context, const profile::EntityMap& items,
                               const std::set<std::string, std::less<>>& living, std::vector<Observation>& known,
                               PlaneSeen& report) {
    std::vector<Observation> left;
    for (Observation& item : known) {
        const std::string_view cycle = json::text_or(item.seen, "cycle");
        if (cycle.empty() || living.contains(cycle)) continue;
        json::Object record = item.seen;
        record["cycle"] = nullptr;
        Observation changed = plane_observation(items, std::move(record), nullptr);
        changed.presence = item.presence;
        item = changed;
        left.push_back(std::move(changed));
    }
    return save(context, left, report);
}

Result<void> observe_cycles(Context& context, const std::string& project, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "cycle");
    const profile::EntityMap* items = entity_of_kind(context.profile, "work_item");
    if (!entity) return ok();
    std::vector<Observation> cycles;
    std::set<std::string, std::less<>> living;
    for (json::Object& cycle : TRY(context.plane.cycles(project))) {
        cycles.push_back(plane_observation(*entity, std::move(cycle), nullptr));
        living.insert(cycles.back().id);
    }
    TRY(save(context, cycles, report));
    TRY(adopt_or_register(context, *entity, "", cycles, report.adopted, report.orphans));
    TRY(cycles_gone(context, *entity, project, living, report));
    if (!items) return ok();

    // The item JSON does not say which cycle it is in. The cycle states how many items it has: only where that count
    // differs from ours is the membership itself read.
    std::vector<Observation> known = TRY(context.transact([&](pg::Transaction& tx) {
        return load_all_observations(tx, context.scope(), Peer::kPlane, items->name, project);
    }));
    TRY(leave_gone_cycles(context, *items, living, known, report));
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

// What the list does not hold is archived or deleted: looking it up by its external id tells.
Result<Presence> ask_presence(Context& context, const std::string& project, const Observation& old) {
    const std::string external(json::text_or(old.seen, "external_id"));
    if (external.empty()) return Presence::kGone;
    Result<std::optional<json::Object>> found = context.plane.find_item(project, external);
    if (!found && found.error().code == Errc::kConflict) return Presence::kGone;
    const std::optional<json::Object> item = TRY(std::move(found));
    if (!item || json::text_or(*item, "id") != old.id) return Presence::kGone;
    const json::Value* archived = item->if_contains("archived_at");
    return archived && !archived->is_null() ? Presence::kArchived : Presence::kPresent;
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
        Result<Presence> asked = ask_presence(context, project, old);
        // Twins that are put away cannot be looked up at all; no reason to look at nothing else.
        if (!asked && asked.error().code == Errc::kUpstream) continue;
        const Presence presence = TRY(std::move(asked));
        if (presence == Presence::kPresent) continue;  // the list was older than the item
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

// The projects whose contents can be read now. Those that the list lacks are gone.
Result<std::set<std::string, std::less<>>> open_projects(Context& context, const profile::EntityMap& container,
                                                         const std::vector<Observation>& projects) {
    std::set<std::string, std::less<>> open;
    std::set<std::string, std::less<>> listed;
    for (const Observation& project : projects) {
        listed.insert(project.id);
        if (project.presence == Presence::kPresent) open.insert(project.id);
    }
    TRY(context.transact([&](pg::Transaction& tx) -> Result<void> {
        std::vector<std::string> gone;
        for (const auto& [id, seen] : TRY(load_seen(tx, context.scope(), Peer::kPlane, container.name))) {
            if (seen.presence == Presence::kPresent && !listed.contains(id)) gone.push_back(id);
        }
        return mark_presence(tx, context.scope(), Peer::kPlane, container.name, gone, Presence::kGone);
    }));
    return open;
}

Result<void> observe_project(Context& context, const std::string& project, Depth depth, PlaneSeen& report) {
    if (depth == Depth::kFull) TRY(observe_project_lists(context, project));
    TRY(observe_items(context, project, depth, report));
    return depth == Depth::kFull ? observe_cycles(context, project, report) : ok();
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
    // What was never looked at counts as empty: joining a cycle and adding a relation may be repeated.
    for (const profile::FieldMap& field : entity.fields) {
        const bool carried = std::find(std::begin(kCarried), std::end(kCarried), field.plane) != std::end(kCarried);
        if (!carried || answer.contains(field.plane)) continue;
        const json::Value* old = before ? before->if_contains(field.plane) : nullptr;
        if (old) {
            answer[field.plane] = *old;
        } else if (field.transform == profile::Transform::kRefs) {
            answer[field.plane] = json::Array();
        } else {
            answer[field.plane] = nullptr;
        }
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

Result<void> keep_label(Context& context, const std::string& project, json::Object label) {
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        TRY(save_observations(tx, context.scope(), Peer::kPlane, {list_row("label", project, std::move(label))},
                              context.clock.now(), true));
        return ok();
    });
}

Result<bool> check_vanished(Context& context, const profile::EntityMap& entity, const std::string& project,
                            const Observation& old) {
    Presence now = Presence::kGone;
    if (entity.plane_kind == "work_item") {
        if (TRY(context.plane.item(project, old.id))) return false;
        now = TRY(ask_presence(context, project, old));
    } else {
        const bool is_project = entity.plane_kind == "project";
        for (const json::Object& record : TRY(is_project ? context.plane.projects() : context.plane.cycles(project))) {
            if (json::text_or(record, "id") == old.id) now = plane_observation(entity, record, nullptr).presence;
        }
    }
    if (now == old.presence) return false;
    TRY(context.transact([&](pg::Transaction& tx) {
        return mark_presence(tx, context.scope(), Peer::kPlane, entity.name, {old.id}, now);
    }));
    return true;
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
    const std::set<std::string, std::less<>> open = TRY(open_projects(context, *container, projects));
    std::int64_t foreign_projects = 0;  // a project of Plane's own is nobody's orphan
    TRY(adopt_or_register(context, *container, "", projects, report.adopted, foreign_projects));

    const std::vector<LinkIndex> links =
        TRY(context.transact([&](pg::Transaction& tx) { return load_link_index(tx, context.scope()); }));
    std::int64_t done = 0;
    for (const LinkIndex& link : links) {
        if (link.entity != container->name || link.plane_id.empty() || link.status == LinkStatus::kTombstone) continue;
        if (!open.contains(link.plane_id)) continue;  // Plane shows nothing of what is in an archived project
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped while reading Plane");
        const Result<void> seen = observe_project(context, link.plane_id, depth, report);
        // A project that was closed to us, or went away just now, is no reason to look at no other.
        const bool closed = !seen && (seen.error().code == Errc::kForbidden || seen.error().code == Errc::kNotFound);
        if (!seen && !closed) return seen.error();
        context.progress("reading Plane", ++done, 0);
    }
    return report;
}

}  // namespace syncline::sync
