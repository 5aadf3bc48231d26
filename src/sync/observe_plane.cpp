#include "sync/observe_plane.hpp"

#include "sync/links.hpp"
#include "sync/orphans.hpp"
#include "sync/plane_cycles.hpp"
#include "sync/plane_items.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

// The list of projects. Answers those whose contents can be read now.
Result<IdSet> observe_projects(Context& context, const profile::EntityMap& container, PlaneSeen& report) {
    std::vector<Observation> projects;
    IdSet open;
    for (json::Object& project : TRY(context.plane.projects())) {
        projects.push_back(plane_observation(container, std::move(project), nullptr));
        projects.back().container.clear();
        if (projects.back().presence == Presence::kPresent) open.insert(projects.back().id);
    }
    report.fresh.projects = true;
    TRY(keep_whole_list(context, container, "", projects, report));
    return open;
}

// A project that was closed to us, or went away just now, is no reason to look at no other.
Result<void> unless_closed(Result<void> looked) {
    const bool closed = !looked && (looked.error().code == Errc::kForbidden || looked.error().code == Errc::kNotFound);
    return closed ? ok() : std::move(looked);
}

Result<void> observe_project(Context& context, const std::string& project, Depth depth, PlaneSeen& report) {
    if (depth == Depth::kFull) TRY(observe_project_lists(context, project));
    TRY(observe_items(context, project, depth, report));
    return depth == Depth::kFull ? observe_cycles(context, project, depth, report) : ok();
}

// Those of `projects` that take part.
Result<IdSet> linked_projects(Context& context, const profile::EntityMap& container, const Ids& projects) {
    IdSet linked;
    PeerIds records;
    for (const std::string& project : projects) records.emplace_back(container.name, project);
    for (const LinkIndex& link :
         TRY(context.transact([&](pg::Transaction& tx) { return find_links(tx, context.scope(), {}, {}, records); }))) {
        if (link.status != LinkStatus::kTombstone) linked.insert(link.plane_id);
    }
    return linked;
}

}  // namespace

Result<PlaneSeen> observe_plane(Context& context, Depth depth) {
    PlaneSeen report;
    if (depth == Depth::kFull) TRY(observe_members(context));
    const profile::EntityMap* container = container_entity(context.profile);
    if (!container) return report;
    const IdSet open = TRY(observe_projects(context, *container, report));
    const IdSet linked = TRY(linked_projects(context, *container, Ids(open.begin(), open.end())));
    std::int64_t done = 0;
    for (const std::string& project : linked) {
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped while reading Plane");
        TRY(unless_closed(observe_project(context, project, depth, report)));
        context.progress("reading Plane", ++done, static_cast<std::int64_t>(linked.size()));
    }
    if (depth == Depth::kLight) return report;
    TRY(context.transact([&](pg::Transaction& tx) { return close_linked_orphans(tx, context.scope()); }));
    return report;
}

Result<PlaneWanted> wanted_by(Context& context, const std::vector<Hint>& hints) {
    PlaneWanted wanted;
    std::map<std::string, Ids, std::less<>> homeless;  // by kind
    for (const Hint& hint : hints) {
        if (hint.peer != Peer::kPlane) continue;
        if (hint.kind == "project") wanted.projects = true;
        if (hint.kind != "item" && hint.kind != "cycle") continue;
        if (hint.container.empty()) {
            homeless[hint.kind].push_back(hint.id);
        } else if (hint.kind == "item") {
            wanted.items[hint.container].insert(hint.id);
        } else {
            wanted.cycles_of.insert(hint.container);
        }
    }
    for (const auto& [kind, ids] : homeless) {
        const profile::EntityMap* entity = entity_of_kind(context.profile, kind == "item" ? "work_item" : "cycle");
        if (!entity) continue;
        const auto homes = TRY(context.transact(
            [&](pg::Transaction& tx) { return containers_of(tx, context.scope(), Peer::kPlane, entity->name, ids); }));
        for (const auto& [id, home] : homes) {
            if (kind == "item") wanted.items[home].insert(id);
            if (kind == "cycle") wanted.cycles_of.insert(home);
        }
        wanted.everything = wanted.everything || homes.size() < IdSet(ids.begin(), ids.end()).size();
    }
    return wanted;
}

Result<void> look_at_plane(Context& context, const PlaneWanted& wanted, PlaneSeen& report) {
    const profile::EntityMap* container = container_entity(context.profile);
    if (!container) return ok();
    if (wanted.everything) {
        report.add(TRY(observe_plane(context, Depth::kLight)));
    } else if (wanted.projects) {
        TRY(observe_projects(context, *container, report));
    }
    IdSet projects = wanted.cycles_of;
    for (const auto& [project, ids] : wanted.items) projects.insert(project);
    if (projects.empty()) return ok();
    if (!wanted.linked) projects = TRY(linked_projects(context, *container, Ids(projects.begin(), projects.end())));
    for (const std::string& project : projects) {
        const auto items = wanted.items.find(project);
        if (items != wanted.items.end()) {
            TRY(unless_closed(look_at_items(context, project, items->second, report)));
        }
        if (wanted.cycles_of.contains(project)) {
            TRY(unless_closed(observe_cycles(context, project, Depth::kLight, report)));
        }
    }
    return ok();
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

}  // namespace syncline::sync
