// The blast-radius guard: too many changes to what exists, or a burst of deletions, waits for a person.
// First-time creation is not a blast. Pure.
#pragma once

#include <vector>

#include "sync/planning.hpp"

namespace syncline::sync {

// Marks the links of each stopped project as held and says why. `links_of` tells how many active links a project has;
// it is asked only where that decides.
using LinksOf = std::function<Result<std::int64_t>(const std::string& container)>;
Result<std::vector<Held>> apply_guard(std::vector<PlannedLink>& links, const profile::Guard& guard,
                                      const LinksOf& links_of);

}  // namespace syncline::sync
