// Looks at Plane, with as few calls as a 60-a-minute budget deserves.
//
// Light: the project list and, per linked project, the newest page of items (by updated_at).
// Full (the close-out): every item id of every linked project, cycles, states, labels and members too; finds what a
// light look cannot see: deletions, archives, cycle membership, twins.
#pragma once

#include "sync/context.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

enum class Depth { kLight, kFull };

struct PlaneSeen {
    std::int64_t records = 0;
    std::int64_t changed = 0;
    std::int64_t adopted = 0;  // linked by the external id that they carry
    std::int64_t orphans = 0;
};

Result<PlaneSeen> observe_plane(Context& context, Depth depth);

// The lists of one project: states, labels, members. Needed right after a project is created or adopted.
Result<void> observe_project_lists(Context& context, const std::string& project);

// A label that was just made.
Result<void> keep_label(Context& context, const std::string& project, json::Object label);

// Plane said "not found" to a call about a record: is it this record that is not there (any more)? Keeps what is
// found out; false when it is there as before, so that something else is missing.
Result<bool> check_vanished(Context& context, const profile::EntityMap& entity, const std::string& project,
                            const Observation& old);

// What Plane answered to a write, as an observation. `before` keeps "cycle" and "blocked_by", which answers lack.
Observation plane_observation(const profile::EntityMap& entity, json::Object answer, const json::Object* before);

}  // namespace syncline::sync
