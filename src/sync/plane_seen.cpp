#include "sync/plane_seen.hpp"

#include <algorithm>

#include "sync/adoption.hpp"
#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

constexpr std::size_t kRecordsPerTransaction = 1000;

}  // namespace

std::string_view hint_kind(const profile::EntityMap& entity) {
    return entity.plane_kind == "work_item" ? std::string_view("item") : std::string_view(entity.plane_kind);
}

bool Fresh::has(const profile::EntityMap& entity, std::string_view project, std::string_view id) const {
    if (records.contains(id)) return true;
    if (entity.plane_kind == "project") return projects;
    return entity.plane_kind == "cycle" ? cycles_of.contains(project) : items_of.contains(project);
}

void PlaneSeen::note(const profile::EntityMap& entity, std::string_view project, const Ids& differ) {
    changed += static_cast<std::int64_t>(differ.size());
    for (const std::string& id : differ) {
        if (found.size() == kFoundMax) return;
        found.push_back({Peer::kPlane, std::string(hint_kind(entity)), id, std::string(project)});
    }
}

void PlaneSeen::add(const PlaneSeen& other) {
    records += other.records;
    changed += other.changed;
    adopted += other.adopted;
    orphans += other.orphans;
    for (const Hint& hint : other.found) {
        if (found.size() < kFoundMax) found.push_back(hint);
    }
    fresh.projects = fresh.projects || other.fresh.projects;
    fresh.items_of.insert(other.fresh.items_of.begin(), other.fresh.items_of.end());
    fresh.cycles_of.insert(other.fresh.cycles_of.begin(), other.fresh.cycles_of.end());
    fresh.records.insert(other.fresh.records.begin(), other.fresh.records.end());
    for (const auto& [project, depth] : other.complete) complete.emplace(project, depth);
}

const profile::EntityMap* entity_of_kind(const profile::Profile& profile, std::string_view kind) {
    for (const profile::EntityMap& entity : profile.entities) {
        if (entity.plane_kind == kind) return &entity;
    }
    return nullptr;
}

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

bool is_known(const SeenById& before, const Observation& now) {
    const auto old = before.find(now.id);
    return old != before.end() && old->second.stamp == now.stamp && old->second.digest == now.digest &&
           old->second.presence == now.presence;
}

Result<void> keep_plane_in(pg::Transaction& tx, Context& context, const profile::EntityMap& entity,
                           const std::string& project, const std::vector<Observation>& seen, PlaneSeen& report) {
    report.note(entity, project, TRY(save_observations(tx, context.scope(), Peer::kPlane, seen, context.clock.now())));
    const Adopted found = TRY(adopt_or_register(tx, context, entity, project, seen));
    report.adopted += found.adopted;
    report.orphans += found.orphans;
    return ok();
}

Result<void> keep_plane(Context& context, const profile::EntityMap& entity, const std::string& project,
                        const std::vector<Observation>& seen, PlaneSeen& report) {
    report.records += static_cast<std::int64_t>(seen.size());
    for (std::size_t from = 0; from < seen.size(); from += kRecordsPerTransaction) {
        const std::size_t to = std::min(from + kRecordsPerTransaction, seen.size());
        const std::vector<Observation> piece(seen.begin() + static_cast<std::ptrdiff_t>(from),
                                             seen.begin() + static_cast<std::ptrdiff_t>(to));
        TRY(context.transact(
            [&](pg::Transaction& tx) { return keep_plane_in(tx, context, entity, project, piece, report); }));
    }
    return ok();
}

Result<void> keep_whole_list(Context& context, const profile::EntityMap& entity, const std::string& project,
                             const std::vector<Observation>& seen, PlaneSeen& report) {
    report.records += static_cast<std::int64_t>(seen.size());
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        const access::Scope& scope = context.scope();
        const SeenById before = TRY(load_seen(tx, scope, Peer::kPlane, entity.name, project));
        std::vector<Observation> news;
        IdSet listed;
        for (const Observation& one : seen) {
            listed.insert(one.id);
            if (!is_known(before, one)) news.push_back(one);
        }
        Ids gone;
        for (const auto& [id, old] : before) {
            if (old.presence == Presence::kPresent && !listed.contains(id)) gone.push_back(id);
        }
        report.note(entity, project, TRY(save_observations(tx, scope, Peer::kPlane, news, context.clock.now())));
        report.note(entity, project, TRY(mark_presence(tx, scope, Peer::kPlane, entity.name, gone, Presence::kGone)));
        // All of them: a link may wait for a record that has been here for long. One of Plane's own is nobody's orphan.
        report.adopted += TRY(adopt_or_register(tx, context, entity, "", seen)).adopted;
        return ok();
    });
}

Result<void> keep_presence(Context& context, const profile::EntityMap& entity, const std::string& project,
                           const Ids& ids, Presence presence, PlaneSeen& report) {
    if (ids.empty()) return ok();
    return context.transact([&](pg::Transaction& tx) -> Result<void> {
        report.note(entity, project, TRY(mark_presence(tx, context.scope(), Peer::kPlane, entity.name, ids, presence)));
        return ok();
    });
}

}  // namespace syncline::sync
