#include "sync/plane_cycles.hpp"

#include <algorithm>

#include "sync/adoption.hpp"
#include "sync/cursors.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;

constexpr std::string_view kCycleItemsCursor = "plane/cycle_items/";
// When an item left its cycle for an unknown place, so many cycles are searched for it.
constexpr int kCyclesAtOnceMax = 50;

// Which item is in which cycle of one project, as far as we know.
class Membership {
public:
    Membership(Context& context, const profile::EntityMap& items, const std::string& project, PlaneSeen& report)
        : context_(context), items_(items), project_(project), report_(report) {}

    Result<void> load();
    // Whether the cycle states another number of items than we know of.
    bool differs(const Observation& cycle) const;
    // An item of a cycle that is gone is in no cycle.
    Result<void> leave_gone(const IdSet& living);
    // Asks which items the cycle holds.
    Result<void> read(const std::string& cycle);
    // Keeps when those were read that were.
    Result<void> note_read();
    bool was_read(std::string_view cycle) const { return read_.contains(cycle); }
    // Some item left a cycle, and none that was read holds it.
    bool somebody_is_nowhere() const { return !nowhere_.empty(); }

private:
    Result<void> move(const Ids& ids, const std::string& cycle);

    Context& context_;
    const profile::EntityMap& items_;
    const std::string& project_;
    PlaneSeen& report_;
    std::map<std::string, InCycle, std::less<>> known_;  // by item
    IdSet nowhere_;
    IdSet read_;
};

Result<void> Membership::load() {
    known_ = TRY(context_.transact(
        [&](pg::Transaction& tx) { return items_in_cycles(tx, context_.scope(), items_.name, project_); }));
    return ok();
}

bool Membership::differs(const Observation& cycle) const {
    const auto counted = std::count_if(known_.begin(), known_.end(), [&](const auto& entry) {
        return entry.second.present && entry.second.cycle == cycle.id;
    });
    return json::integer_or(cycle.seen, "total_issues", -1) != counted;
}

// "": to no cycle.
Result<void> Membership::move(const Ids& ids, const std::string& cycle) {
    if (ids.empty()) return ok();
    std::vector<Observation> moved;
    for (Observation& item : TRY(context_.transact([&](pg::Transaction& tx) {
             return load_observations(tx, context_.scope(), Peer::kPlane, items_.name, ids);
         }))) {
        item.seen["cycle"] = cycle.empty() ? json::Value(nullptr) : json::Value(cycle);
        Observation changed = plane_observation(items_, std::move(item.seen), nullptr);
        changed.presence = item.presence;
        known_[item.id] = {cycle, item.presence == Presence::kPresent};
        moved.push_back(std::move(changed));
    }
    return keep_plane(context_, items_, project_, moved, report_);
}

Result<void> Membership::leave_gone(const IdSet& living) {
    Ids left;
    for (const auto& [id, known] : known_) {
        if (!living.contains(known.cycle)) left.push_back(id);
    }
    return move(left, "");
}

Result<void> Membership::read(const std::string& cycle) {
    const std::vector<std::string> members = TRY(context_.plane.cycle_items(project_, cycle));
    const IdSet now(members.begin(), members.end());
    Ids joined;
    Ids left;
    for (const std::string& id : now) {
        const auto known = known_.find(id);
        if (known == known_.end() || known->second.cycle != cycle) joined.push_back(id);
        nowhere_.erase(id);
    }
    for (const auto& [id, known] : known_) {
        if (known.cycle == cycle && !now.contains(id)) left.push_back(id);
    }
    nowhere_.insert(left.begin(), left.end());
    TRY(move(left, ""));
    TRY(move(joined, cycle));
    read_.insert(cycle);
    return ok();
}

Result<void> Membership::note_read() {
    if (read_.empty()) return ok();
    Ids names;
    for (const std::string& cycle : read_) names.push_back(std::string(kCycleItemsCursor) + cycle);
    return context_.transact(
        [&](pg::Transaction& tx) { return save_cursors(tx, context_.scope(), names, context_.clock.now()); });
}

// Cycles that hold something, those first whose items were read longest ago.
Result<Ids> by_age(Context& context, const std::vector<Observation>& cycles, int most) {
    Ids holding;
    for (const Observation& cycle : cycles) {
        if (json::integer_or(cycle.seen, "total_issues", 0) > 0) holding.push_back(cycle.id);
    }
    return context.transact(
        [&](pg::Transaction& tx) { return oldest(tx, context.scope(), kCycleItemsCursor, holding, most); });
}

Result<void> observe_membership(Context& context, const profile::EntityMap& items, const std::string& project,
                                const std::vector<Observation>& cycles, const IdSet& living, Depth depth,
                                PlaneSeen& report) {
    Membership membership(context, items, project, report);
    TRY(membership.load());
    TRY(membership.leave_gone(living));
    if (depth == Depth::kFull) {
        for (const std::string& cycle : TRY(by_age(context, cycles, context.settings.cycles_per_close_out))) {
            TRY(membership.read(cycle));
        }
    }
    // An item that is found in one cycle is missing in another then: its count may be right now.
    for (const Observation& cycle : cycles) {
        if (!membership.was_read(cycle.id) && membership.differs(cycle)) TRY(membership.read(cycle.id));
    }
    // Somebody may have put it into a cycle whose count is as it was, because something else left that one.
    if (membership.somebody_is_nowhere()) {
        for (const std::string& cycle : TRY(by_age(context, cycles, kCyclesAtOnceMax))) {
            if (membership.somebody_is_nowhere() && !membership.was_read(cycle)) TRY(membership.read(cycle));
        }
    }
    return membership.note_read();
}

}  // namespace

Result<void> observe_cycles(Context& context, const std::string& project, Depth depth, PlaneSeen& report) {
    const profile::EntityMap* entity = entity_of_kind(context.profile, "cycle");
    if (!entity) return ok();
    std::vector<Observation> cycles;
    IdSet living;
    for (json::Object& cycle : TRY(context.plane.cycles(project))) {
        cycles.push_back(plane_observation(*entity, std::move(cycle), nullptr));
        living.insert(cycles.back().id);
    }
    TRY(keep_whole_list(context, *entity, project, cycles, report));
    report.fresh.cycles_of.insert(project);
    const profile::EntityMap* items = entity_of_kind(context.profile, "work_item");
    return items ? observe_membership(context, *items, project, cycles, living, depth, report) : ok();
}

}  // namespace syncline::sync
