// Looks at the cycles of one Plane project and at which items they hold. The item JSON does not say which cycle it is
// in, and no webhook tells when it joins or leaves one.
#pragma once

#include "sync/plane_seen.hpp"

namespace syncline::sync {

// The list of cycles, and the items of those whose stated count differs from ours. With kFull also of those whose items
// were read longest ago, Settings::cycles_per_close_out of them: two items that changed places leave the counts as they
// were.
Result<void> observe_cycles(Context& context, const std::string& project, Depth depth, PlaneSeen& report);

}  // namespace syncline::sync
