// Whether what a plan was made from still holds when its writes go out. Neither peer writes on a condition, and a run
// that waits for Plane's rate limit may take an hour: what was seen a while ago is looked at again before it is
// overwritten, for many records in one call. What a person types within that while (Settings::ground_holds) and into
// the very field that is about to be written is still lost; all else shows in the answer of the write.
#pragma once

#include "sync/settle.hpp"

namespace syncline::sync {

class Ground {
public:
    // `seen_from`: when the run began to look at Plane.
    Ground(Context& context, const KnownFields& known, const World& world, const Proposal& proposal, Settler& settler,
           Time seen_from);

    // False when somebody changed the record since it was planned: it is planned again at the next round. Ask in the
    // order of the proposal, once for each link.
    Result<bool> holds(const PlannedLink& planned);

private:
    struct Plot {
        std::vector<const PlannedLink*> links;  // whose writes overwrite something here, in order
        std::size_t passed = 0;                 // of these
        std::optional<Time> seen_at;
    };
    // A kind of Odoo's records, or of one Plane project's.
    struct Place {
        record::Peer side;
        std::string entity;
        std::string project;
        auto operator<=>(const Place&) const = default;
    };

    Place place_of(const PlannedLink& planned, record::Peer side) const;
    Result<void> look(const Place& place, Plot& plot);
    Result<void> look_at_odoo(const Place& place, const Plot& plot);
    Result<void> look_at_plane(const Place& place, const Plot& plot);

    Context& context_;
    const KnownFields& known_;
    const World& world_;
    Settler& settler_;
    std::map<Place, Plot> plots_;
    std::set<const PlannedLink*> moved_;
};

}  // namespace syncline::sync
