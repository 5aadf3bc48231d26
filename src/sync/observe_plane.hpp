// Looks at Plane, with as few calls as a 60-a-minute budget deserves.
//
// Light: the project list and, per linked project, the newest page of items (by updated_at).
// Full (the close-out): every item id of every linked project, cycles, states, labels and members too; finds what a
// light look cannot see: deletions, archives, cycle membership, twins.
// Named: the entities that events are about.
#pragma once

#include "sync/plane_lists.hpp"
#include "sync/plane_seen.hpp"

namespace syncline::sync {

Result<PlaneSeen> observe_plane(Context& context, Depth depth);

// What to look at in Plane.
struct PlaneWanted {
    bool everything = false;                          // a light look at all
    bool projects = false;                            // the list of projects
    std::map<std::string, IdSet, std::less<>> items;  // by project
    IdSet cycles_of;                                  // the cycles of these projects
    bool linked = false;                              // these projects take part: nobody has to find out
    bool empty() const { return !everything && !projects && items.empty() && cycles_of.empty(); }
};

// What `hints` ask for (others than Plane's are passed over). An item that was never seen, of a project that the hint
// does not tell, asks for everything.
Result<PlaneWanted> wanted_by(Context& context, const std::vector<Hint>& hints);

// Looks at it. Projects that are not linked are passed over: what happens in them is nobody's business.
Result<void> look_at_plane(Context& context, const PlaneWanted& wanted, PlaneSeen& report);

// Plane said "not found" to a call about a record: is it this record that is not there (any more)? Keeps what is
// found out; false when it is there as before, so that something else is missing.
Result<bool> check_vanished(Context& context, const profile::EntityMap& entity, const std::string& project,
                            const Observation& old);

}  // namespace syncline::sync
