#include "sync/ground.hpp"

#include "sync/observe_odoo.hpp"
#include "sync/observe_plane.hpp"
#include "sync/plane_items.hpp"

namespace syncline::sync {

using record::Peer;

namespace {

bool overwrites(const PlannedLink& planned, Peer side) {
    if (!planned.executable()) return false;
    if (side == Peer::kOdoo ? !planned.odoo : !planned.plane) return false;
    return std::any_of(planned.plan.steps.begin(), planned.plan.steps.end(), [&](const merge::Step& step) {
        return step.side == side && step.action != merge::Action::kCreate;
    });
}

}  // namespace

Ground::Ground(Context& context, const KnownFields& known, const World& world, const Proposal& proposal,
               Settler& settler, Time seen_from)
    : context_(context), known_(known), world_(world), settler_(settler) {
    for (const PlannedLink& planned : proposal.links) {
        for (const Peer side : {Peer::kOdoo, Peer::kPlane}) {
            if (!overwrites(planned, side)) continue;
            Plot& plot = plots_[place_of(planned, side)];
            plot.links.push_back(&planned);
            // Odoo's answers are cheap and its records all read in one go: right before the first write, always.
            if (side == Peer::kPlane) plot.seen_at = seen_from;
        }
    }
}

Ground::Place Ground::place_of(const PlannedLink& planned, Peer side) const {
    const LinkIndex* container = side == Peer::kPlane ? world_.link(planned.link.index.container) : nullptr;
    return {side, planned.entity->name, container ? container->plane_id : std::string()};
}

Result<bool> Ground::holds(const PlannedLink& planned) {
    TRY(world_.check());
    for (const Peer side : {Peer::kOdoo, Peer::kPlane}) {
        if (!overwrites(planned, side)) continue;
        const Place place = place_of(planned, side);
        Plot& plot = plots_[place];
        if (!plot.seen_at || context_.clock.now() - *plot.seen_at > context_.settings.ground_holds) {
            TRY(look(place, plot));
        }
        ++plot.passed;
    }
    return !moved_.contains(&planned);
}

Result<void> Ground::look(const Place& place, Plot& plot) {
    // What we wrote ourselves must not look like somebody else's.
    TRY(settler_.flush());
    const Time now = context_.clock.now();
    TRY(place.side == Peer::kOdoo ? look_at_odoo(place, plot) : look_at_plane(place, plot));
    plot.seen_at = now;
    return ok();
}

Result<void> Ground::look_at_odoo(const Place& place, const Plot& plot) {
    std::map<std::string, const PlannedLink*, std::less<>> changed;  // until it is found as it was
    std::vector<std::int64_t> ids;
    for (std::size_t i = plot.passed; i < plot.links.size(); ++i) {
        const std::string& id = plot.links[i]->link.index.odoo_id;
        ids.push_back(std::stoll(id));
        changed.emplace(id, plot.links[i]);
    }
    for (const Observation& now : TRY(read_odoo_again(context_, known_, *context_.profile.entity(place.entity), ids))) {
        const auto at = changed.find(now.id);
        if (at == changed.end()) continue;
        const Observation& seen = *at->second->odoo;
        if (now.digest == seen.digest && now.presence == seen.presence) changed.erase(at);
    }
    for (const auto& [id, link] : changed) moved_.insert(link);
    return ok();
}

Result<void> Ground::look_at_plane(const Place& place, const Plot& plot) {
    const profile::EntityMap& entity = *context_.profile.entity(place.entity);
    PlaneSeen report;
    Result<void> looked;
    if (entity.plane_kind == "work_item") {
        looked = observe_items(context_, place.project, Depth::kLight, report);
    } else {
        PlaneWanted wanted;
        wanted.projects = entity.plane_kind == "project";
        if (entity.plane_kind == "cycle") wanted.cycles_of.insert(place.project);
        looked = sync::look_at_plane(context_, wanted, report);
    }
    // A project that was closed to us, or is gone: the write itself will say so.
    const bool closed = !looked && (looked.error().code == Errc::kForbidden || looked.error().code == Errc::kNotFound);
    if (!looked && !closed) return looked;

    std::map<std::string, const PlannedLink*, std::less<>> links;
    Ids ids;
    for (std::size_t i = plot.passed; i < plot.links.size(); ++i) {
        links.emplace(plot.links[i]->plane->id, plot.links[i]);
        ids.push_back(plot.links[i]->plane->id);
    }
    const SeenById now = TRY(context_.transact(
        [&](pg::Transaction& tx) { return load_seen_of(tx, context_.scope(), Peer::kPlane, entity.name, ids); }));
    for (const auto& [id, seen] : now) {
        const PlannedLink* link = links.find(id)->second;
        if (seen.digest != link->plane->digest || seen.presence != link->plane->presence) moved_.insert(link);
    }
    return ok();
}

}  // namespace syncline::sync
