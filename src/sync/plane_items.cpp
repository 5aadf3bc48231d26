#include "sync/plane_items.hpp"

#include <algorithm>

#include "sync/adoption.hpp"
#include "sync/cursors.hpp"
#include "sync/issues.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

// Those that differ from what was seen before, by stamp, content or presence.
std::vector<Observation> news_of(const profile::EntityMap& entity, std::vector<json::Object> records,
                                 const SeenById& before) {
    std::vector<Observation> news;
    for (json::Object& record : records) {
        const auto old = before.find(json::text_or(record, "id"));
        const json::Object* carried = old == before.end() ? nullptr : &old->second.carried;
        Observation seen = plane_observation(entity, std::move(record), carried);
        if (!is_known(before, seen)) news.push_back(std::move(seen));
    }
    return news;
}

// Linked items that the complete list does not hold: archived, or deleted? One call each, so only so many at a time.
// False when some are left for the next close-out.
Result<bool> observe_vanished(Context& context, const profile::EntityMap& entity, const std::string& project,
                              const SeenById& before, const IdSet& living, PlaneSeen& report) {
    Ids vanished;
    for (const auto& [id, seen] : before) {
        if (seen.presence == Presence::kPresent && !living.contains(id)) vanished.push_back(id);
    }
    const auto most = static_cast<std::size_t>(std::max(0, context.settings.lookups_per_close_out - report.lookups));
    const bool all = vanished.size() <= most;
    if (!all) {
        // Not always the same ones first: some of them may never be told.
        const auto first = static_cast<std::ptrdiff_t>(context.random.below(vanished.size()));
        std::rotate(vanished.begin(), vanished.begin() + first, vanished.end());
        vanished.resize(most);
    }
    if (vanished.empty()) return all;
    const std::vector<Observation> known = TRY(context.transact([&](pg::Transaction& tx) {
        return load_observations(tx, context.scope(), Peer::kPlane, entity.name, vanished);
    }));
    for (const Observation& old : known) {
        ++report.lookups;
        Result<Presence> asked = ask_presence(context, project, old);
        // Twins that are put away cannot be looked up at all; no reason to look at nothing else.
        if (!asked && asked.error().code == Errc::kUpstream) continue;
        const Presence presence = TRY(std::move(asked));
        if (presence == Presence::kPresent) continue;  // the list was older than the item
        TRY(keep_presence(context, entity, project, {old.id}, presence, report));
    }
    return all;
}

// Relations have no list call: a few items at a time, those seen longest ago first.
Result<void> observe_relations(Context& context, const profile::EntityMap& entity, const std::string& project,
                               PlaneSeen& report) {
    const bool wanted = std::any_of(entity.fields.begin(), entity.fields.end(),
                                    [](const profile::FieldMap& field) { return field.plane == "blocked_by"; });
    const plane::Capabilities capabilities = TRY(context.plane.probe());
    if (!wanted || !capabilities.relations) return ok();
    const std::vector<Observation> known =
        TRY(context.transact([&](pg::Transaction& tx) -> Result<std::vector<Observation>> {
            const Ids due = TRY(items_with_relations(tx, context.scope(), entity.name, project,
                                                     context.settings.relations_per_close_out));
            if (due.empty()) return std::vector<Observation>();
            return load_observations(tx, context.scope(), Peer::kPlane, entity.name, due);
        }));
    std::vector<Observation> news;
    Ids asked;
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
        Observation now = plane_observation(entity, std::move(record), nullptr);
        if (now.digest != item.digest || now.presence != item.presence) news.push_back(std::move(now));
        asked.push_back("plane/relations/" + item.id);
    }
    report.records += static_cast<std::int64_t>(asked.size() - news.size());
    TRY(keep_plane(context, entity, project, news, report));
    if (asked.empty()) return ok();
    return context.transact(
        [&](pg::Transaction& tx) { return save_cursors(tx, context.scope(), asked, context.clock.now()); });
}

Ids ids_of(const std::vector<json::Object>& records) {
    Ids ids;
    ids.reserve(records.size());
    for (const json::Object& record : records) ids.emplace_back(json::text_or(record, "id"));
    return ids;
}

std::string cursor_of(const std::string& project) { return "plane/items/" + project; }

// The newest changes, from a little before the newest one seen.
Result<void> observe_newest(Context& context, const profile::EntityMap& entity, const std::string& project, Time newest,
                            PlaneSeen& report, IdSet* listed) {
    std::vector<json::Object> records =
        TRY(context.plane.items_since(project, newest - context.settings.plane_overlap));
    const Ids ids = ids_of(records);
    if (listed) listed->insert(ids.begin(), ids.end());
    Time latest = newest;
    for (const json::Object& record : records) {
        if (Result<Time> updated = parse_time(json::text_or(record, "updated_at"))) latest = std::max(latest, *updated);
    }
    const SeenById before = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_carried(tx, context.scope(), entity.name, project, &ids); }));
    TRY(keep_plane(context, entity, project, news_of(entity, std::move(records), before), report));
    report.fresh.items_of.insert(project);
    if (latest == newest) return ok();
    return context.transact(
        [&](pg::Transaction& tx) { return save_cursor(tx, context.scope(), cursor_of(project), latest); });
}

Result<void> observe_all(Context& context, const profile::EntityMap& entity, const std::string& project,
                         std::optional<Time> newest, PlaneSeen& report) {
    std::vector<json::Object> records = TRY(context.plane.all_items(project));
    IdSet living;
    Time latest = newest.value_or(Time{});
    for (const json::Object& record : records) {
        living.emplace(json::text_or(record, "id"));
        if (Result<Time> updated = parse_time(json::text_or(record, "updated_at"))) latest = std::max(latest, *updated);
    }
    const SeenById before = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_carried(tx, context.scope(), entity.name, project, nullptr); }));
    TRY(keep_plane(context, entity, project, news_of(entity, std::move(records), before), report));
    report.fresh.items_of.insert(project);
    const bool all = TRY(observe_vanished(context, entity, project, before, living, report));
    TRY(observe_relations(context, entity, project, report));
    report.complete[project] = all ? Depth::kFull : Depth::kLight;
    // A project without items has no newest one yet: the next look is a whole one again, which costs the same call.
    if (latest == Time{} || latest == newest) return ok();
    return context.transact(
        [&](pg::Transaction& tx) { return save_cursor(tx, context.scope(), cursor_of(project), latest); });
}

Result<std::optional<Time>> newest_of(Context& context, const std::string& project) {
    return context.transact([&](pg::Transaction& tx) { return load_cursor(tx, context.scope(), cursor_of(project)); });
}

Result<void> look_at_item(Context& context, const profile::EntityMap& entity, const std::string& project,
                          const std::string& id, PlaneSeen& report) {
    std::optional<json::Object> record = TRY(context.plane.item(project, id));
    report.fresh.records.insert(id);
    if (record) {
        ++report.records;
        return context.transact([&](pg::Transaction& tx) -> Result<void> {
            const Ids ids{id};
            const SeenById before = TRY(load_carried(tx, context.scope(), entity.name, project, &ids));
            const auto old = before.find(id);
            const json::Object* carried = old == before.end() ? nullptr : &old->second.carried;
            return keep_plane_in(tx, context, entity, project, {plane_observation(entity, std::move(*record), carried)},
                                 report);
        });
    }
    const std::vector<Observation> known = TRY(context.transact(
        [&](pg::Transaction& tx) { return load_observations(tx, context.scope(), Peer::kPlane, entity.name, {id}); }));
    if (known.empty()) {  // never seen, and not there
        return context.transact([&](pg::Transaction& tx) { return forget_issues(tx, context.scope(), {id}); });
    }
    Result<Presence> asked = ask_presence(context, project, known.front());
    if (!asked && asked.error().code == Errc::kUpstream) return ok();  // as in observe_vanished()
    const Presence now = TRY(std::move(asked));
    if (now == known.front().presence) return ok();
    return keep_presence(context, entity, project, {id}, now, report);
}

}  // namespace

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

Result<void> observe_items(Context& context, const std::string& project, Depth depth, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "work_item");
    if (!entity) return ok();
    const std::optional<Time> newest = TRY(newest_of(context, project));
    if (depth == Depth::kFull || !newest) return observe_all(context, *entity, project, newest, report);
    TRY(observe_newest(context, *entity, project, *newest, report, nullptr));
    report.complete.emplace(project, Depth::kLight);
    return ok();
}

Result<void> look_at_items(Context& context, const std::string& project, const IdSet& ids, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "work_item");
    if (!entity) return ok();
    IdSet left = ids;
    if (ids.size() > kItemGetsMax) {
        const std::optional<Time> newest = TRY(newest_of(context, project));
        if (!newest) return observe_all(context, *entity, project, newest, report);
        IdSet listed;
        TRY(observe_newest(context, *entity, project, *newest, report, &listed));
        report.complete.emplace(project, Depth::kLight);
        std::erase_if(left, [&](const std::string& id) { return listed.contains(id); });
    }
    std::size_t gets = 0;
    for (const std::string& id : left) {
        if (gets++ == kItemGetsMax) break;
        TRY(look_at_item(context, *entity, project, id, report));
    }
    return ok();
}

}  // namespace syncline::sync
