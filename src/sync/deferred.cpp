#include "sync/deferred.hpp"

#include <algorithm>

#include "profile/html.hpp"
#include "profile/reasons.hpp"
#include "sync/observe_plane.hpp"
#include "sync/settle.hpp"

namespace syncline::sync {

namespace {

using record::Peer;
using record::Set;
namespace reasons = profile::reasons;

constexpr std::size_t kItemsPerCycleCall = 100;

class Follower {
public:
    Follower(Context& context, World& world, PlaneWriter& plane, const std::string& run, const OnFailure& on_failure)
        : context_(context), world_(world), plane_(plane), run_(run), on_failure_(on_failure) {}

    Result<void> cycles(const std::vector<const Deferred*>& all);
    Result<void> days(const std::vector<const Deferred*>& of_one_cycle);
    Result<void> relations(const Deferred& one);
    Result<void> comment(const Deferred& one);
    const Written& written() const { return written_; }

private:
    std::string project_id(const PlannedLink& planned) const {
        const LinkIndex* container = world_.link(planned.link.index.container);
        return container ? container->plane_id : std::string();
    }
    // Something of Plane's own, or of a link that has ended, has a key made of its id there.
    std::string plane_id(std::string_view key) const {
        if (const LinkIndex* link = world_.link(key)) return link->plane_id;
        const Result<record::LinkKey> parsed = record::parse_link_key(key);
        return parsed && parsed->origin == Peer::kPlane ? parsed->id : std::string();
    }
    // Cycles hold items of their own project only.
    bool elsewhere(const Deferred& one) const {
        const LinkIndex* target = world_.link(record::as_text(one.change.to));
        return target && target->container != one.planned->link.index.container;
    }
    // The field has its new value; `attribute` is what Plane would show of it now.
    Result<void> settle_field(const Deferred& one, const record::Value& written, std::string_view attribute,
                              json::Value shown, std::vector<merge::Parked> parked);
    Result<void> park(const Deferred& one, std::string_view reason, std::string detail);

    Context& context_;
    World& world_;
    PlaneWriter& plane_;
    const std::string& run_;
    const OnFailure& on_failure_;
    Written written_;
};

Result<void> Follower::settle_field(const Deferred& one, const record::Value& written, std::string_view attribute,
                                    json::Value shown, std::vector<merge::Parked> parked) {
    PlannedLink& planned = *one.planned;
    --planned.pending;
    Outcome outcome;
    outcome.agreed = planned.link.base.value_or(record::Fields{});
    outcome.agreed[one.change.field] = written;
    outcome.done = {{Peer::kPlane, merge::Action::kUpdate, {{one.change.field, one.change.from, written}}}};
    outcome.parked = std::move(parked);
    if (planned.plane) {
        json::Object seen = planned.plane->seen;
        if (!attribute.empty()) seen[attribute] = std::move(shown);
        outcome.plane = plane_observation(*planned.entity, std::move(seen), nullptr);
        planned.plane = outcome.plane;
    }
    planned.link.replan = --planned.later > 0;
    // Decisions were entered when the record itself was settled.
    planned.plan.conflicts.clear();
    written_.insert(&planned);
    return settle(context_, run_, planned, outcome);
}

Result<void> Follower::park(const Deferred& one, std::string_view reason, std::string detail) {
    PlannedLink& planned = *one.planned;
    --planned.pending;
    Outcome outcome;
    outcome.agreed = planned.link.base.value_or(record::Fields{});
    outcome.parked.push_back({one.change.field, std::string(reason), std::move(detail)});
    --planned.later;
    planned.plan.conflicts.clear();
    return settle(context_, run_, planned, outcome);
}

Result<void> Follower::cycles(const std::vector<const Deferred*>& all) {
    std::map<std::pair<std::string, std::string>, std::vector<const Deferred*>> joining;  // by project, cycle
    for (const Deferred* one : all) {
        const std::string project = project_id(*one->planned);
        if (record::is_null(one->change.to)) {
            const std::string old = plane_id(record::as_text(one->change.from));
            Result<void> left =
                old.empty() ? ok() : context_.plane.remove_from_cycle(project, old, one->planned->link.index.plane_id);
            if (!left && left.error().code != Errc::kNotFound) {
                TRY(on_failure_(*one->planned, left.error()));
                continue;
            }
            TRY(settle_field(*one, record::Value(), "cycle", nullptr, {}));
            continue;
        }
        if (elsewhere(*one)) {
            TRY(park(*one, reasons::kParentElsewhere, "its cycle is in another project"));
            continue;
        }
        const std::string cycle = plane_id(record::as_text(one->change.to));
        if (cycle.empty()) {
            TRY(park(*one, reasons::kWaitsForParent, "its cycle is not in Plane yet"));
            continue;
        }
        joining[{project, cycle}].push_back(one);
    }
    for (const auto& [place, members] : joining) {
        for (std::size_t from = 0; from < members.size(); from += kItemsPerCycleCall) {
            const std::size_t to = std::min(from + kItemsPerCycleCall, members.size());
            std::vector<std::string> items;
            for (std::size_t i = from; i < to; ++i) items.push_back(members[i]->planned->link.index.plane_id);
            Result<void> added = context_.plane.add_to_cycle(place.first, place.second, items);
            for (std::size_t i = from; i < to; ++i) {
                if (!added) {
                    TRY(on_failure_(*members[i]->planned, added.error()));
                } else {
                    TRY(settle_field(*members[i], members[i]->change.to, "cycle", json::Value(place.second), {}));
                }
            }
        }
    }
    return ok();
}

Result<void> Follower::days(const std::vector<const Deferred*>& of_one_cycle) {
    PlannedLink& planned = *of_one_cycle.front()->planned;
    Outcome outcome;
    outcome.agreed = planned.link.base.value_or(record::Fields{});
    merge::Step step{Peer::kPlane, merge::Action::kUpdate, {}};
    record::Fields fields;
    for (const Deferred* one : of_one_cycle) {
        fields[one->change.field] = one->change.to;
        outcome.agreed[one->change.field] = one->change.to;
        step.fields.push_back(one->change);
    }
    Result<void> written = plane_.update(planned, fields, outcome);
    if (!written) return on_failure_(planned, written.error());
    outcome.done = {step};
    planned.pending -= of_one_cycle.size();
    planned.later -= static_cast<int>(of_one_cycle.size());
    planned.link.replan = planned.later > 0;
    planned.plan.conflicts.clear();
    written_.insert(&planned);
    return settle(context_, run_, planned, outcome);
}

Result<void> Follower::relations(const Deferred& one) {
    const Set& before = record::as_set(one.change.from);
    const Set& wanted = record::as_set(one.change.to);
    const std::string project = project_id(*one.planned);
    const std::string& item = one.planned->link.index.plane_id;
    Set written;
    std::vector<std::string> adding;
    std::vector<merge::Parked> parked;
    for (const std::string& key : wanted) {
        const std::string id = plane_id(key);
        if (id.empty()) {
            parked.push_back({one.change.field, std::string(reasons::kWaitsForParent), key + " is not in Plane yet"});
            continue;
        }
        written.push_back(key);
        if (!std::binary_search(before.begin(), before.end(), key)) adding.push_back(id);
    }
    if (!adding.empty()) {
        Result<void> added = context_.plane.add_relations(project, item, "blocked_by", adding);
        if (!added) return on_failure_(*one.planned, added.error());
    }
    bool called = !adding.empty();
    for (const std::string& key : before) {
        if (std::binary_search(wanted.begin(), wanted.end(), key)) continue;
        called = true;
        Result<void> removed = context_.plane.remove_relation(project, item, plane_id(key));
        if (!removed) return on_failure_(*one.planned, removed.error());
    }
    if (!called && !parked.empty()) return park(one, parked.front().reason, parked.front().detail);
    // Blockers that Plane has of its own stay in what it shows.
    json::Array shown;
    if (one.planned->plane) {
        const json::Value* old = one.planned->plane->seen.if_contains("blocked_by");
        for (const json::Value& id : old && old->is_array() ? old->as_array() : json::Array()) {
            const LinkIndex* link =
                id.is_string() ? world_.by_id(Peer::kPlane, one.planned->entity->name, std::string_view(id.as_string()))
                               : nullptr;
            if (!link) shown.push_back(id);
        }
    }
    for (const std::string& key : written) shown.push_back(json::Value(plane_id(key)));
    return settle_field(one, record::Value(written), "blocked_by", std::move(shown), std::move(parked));
}

Result<void> Follower::comment(const Deferred& one) {
    if (record::is_null(one.change.to)) return settle_field(one, one.change.to, "", nullptr, {});
    const std::string text = "<p>" + profile::escape_html(record::as_text(one.change.to)) + "</p>";
    const std::string name =
        external_id(*one.planned->entity, one.planned->link.index.odoo_id) + "/" + one.change.field;
    Result<json::Object> made =
        context_.plane.create_comment(project_id(*one.planned), one.planned->link.index.plane_id, text, name);
    if (!made) return on_failure_(*one.planned, made.error());
    return settle_field(one, one.change.to, "", nullptr, {});
}

}  // namespace

bool is_cycle_day(const profile::FieldMap& field) { return field.plane == "start_date" || field.plane == "end_date"; }

bool closes_cycle(const Context& context, const PlannedLink& planned, const merge::Step& step) {
    if (planned.entity->plane_kind != "cycle") return false;
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    for (const merge::FieldChange& change : step.fields) {
        const profile::FieldMap* field = planned.entity->field(change.field);
        if (!field || field->plane != "end_date") continue;
        const Result<Day> end = parse_day(record::as_text(change.to));
        if (end && *end < today) return true;
    }
    return false;
}

Result<Written> carry_out_deferred(Context& context, World& world, PlaneWriter& plane,
                                   const std::vector<Deferred>& deferred, const std::string& run,
                                   const OnFailure& on_failure) {
    Follower follower(context, world, plane, run, on_failure);
    std::vector<const Deferred*> cycles;
    std::map<const PlannedLink*, std::vector<const Deferred*>> days;
    std::int64_t done = 0;
    const auto total = static_cast<std::int64_t>(deferred.size());
    for (const Deferred& one : deferred) {
        const profile::FieldMap* field = one.planned->entity->field(one.change.field);
        if (field && field->plane == "cycle") cycles.push_back(&one);
        if (field && one.planned->entity->plane_kind == "cycle" && is_cycle_day(*field))
            days[one.planned].push_back(&one);
    }
    TRY(follower.cycles(cycles));
    for (const auto& [planned, both] : days) TRY(follower.days(both));
    done += static_cast<std::int64_t>(cycles.size() + days.size());
    for (const Deferred& one : deferred) {
        const profile::FieldMap* field = one.planned->entity->field(one.change.field);
        if (!field || field->plane == "cycle" || one.planned->entity->plane_kind == "cycle") continue;
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped; what was done is settled");
        TRY(field->plane == "blocked_by" ? follower.relations(one) : follower.comment(one));
        context.progress("linking", ++done, total);
    }
    return follower.written();
}

}  // namespace syncline::sync
