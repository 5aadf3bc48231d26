#include "sync/follower.hpp"

#include "sync/observe_plane.hpp"

namespace syncline::sync {

using record::Peer;

std::string Follower::project_id(const PlannedLink& planned) const {
    const LinkIndex* container = world.link(planned.link.index.container);
    return container ? container->plane_id : std::string();
}

std::string Follower::plane_id(std::string_view key) const {
    if (const LinkIndex* link = world.link(key)) return link->plane_id;
    const Result<record::LinkKey> parsed = record::parse_link_key(key);
    return parsed && parsed->origin == Peer::kPlane ? parsed->id : std::string();
}

Result<void> Follower::settle(PlannedLink& planned, Outcome outcome, std::size_t fields) {
    planned.pending -= fields;
    // Decisions were entered when the record itself was settled.
    planned.plan.conflicts.clear();
    if (!outcome.done.empty()) written.insert(&planned);
    TRY(settler_.settle(planned, outcome));
    if (outcome.plane) planned.plane = std::move(outcome.plane);
    return ok();
}

Result<void> Follower::settle_field(const Deferred& one, const record::Value& value, std::string_view attribute,
                                    json::Value shown, std::vector<merge::Parked> parked) {
    PlannedLink& planned = *one.planned;
    Outcome outcome;
    outcome.agreed = planned.link.base.value_or(record::Fields{});
    outcome.agreed[one.change.field] = value;
    outcome.done = {{Peer::kPlane, merge::Action::kUpdate, {{one.change.field, one.change.from, value}}}};
    outcome.parked = std::move(parked);
    if (planned.plane) {
        json::Object seen = planned.plane->seen;
        if (!attribute.empty()) seen[attribute] = std::move(shown);
        outcome.plane = plane_observation(*planned.entity, std::move(seen), nullptr);
    }
    return settle(planned, std::move(outcome), 1);
}

Result<void> Follower::park(const Deferred& one, std::string_view reason, std::string detail) {
    Outcome outcome;
    outcome.agreed = one.planned->link.base.value_or(record::Fields{});
    outcome.parked.push_back({one.change.field, std::string(reason), std::move(detail)});
    return settle(*one.planned, std::move(outcome), 1);
}

}  // namespace syncline::sync
