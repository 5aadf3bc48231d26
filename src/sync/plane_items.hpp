// Looks at the work items of one Plane project.
#pragma once

#include "sync/plane_seen.hpp"

namespace syncline::sync {

// The items that changed last; with kFull (and at the first look) all of them, and what follows from the ids that the
// list lacks; relations, a few items at a time.
Result<void> observe_items(Context& context, const std::string& project, Depth depth, PlaneSeen& report);

// These items. Up to kItemGetsMax are read one by one; for more the newest changes are listed, and of those that the
// list does not hold kItemGetsMax are read.
inline constexpr std::size_t kItemGetsMax = 3;
Result<void> look_at_items(Context& context, const std::string& project, const IdSet& ids, PlaneSeen& report);

// What the list does not hold is archived or deleted: looking it up by its external id tells.
Result<merge::Presence> ask_presence(Context& context, const std::string& project, const Observation& old);

}  // namespace syncline::sync
