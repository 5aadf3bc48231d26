// Relations as they are stored: "issue" waits for "related_issue" in blocked_by, start_before and finish_before.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

// The row of that ordered pair: a new one, or the one that is there, of whatever type.
const Row* relate(World& world, std::string_view issue, std::string_view related, std::string_view type,
                  std::string_view user);

// False when the pair is not stored.
bool unrelate(World& world, std::string_view issue, std::string_view related);

}  // namespace syncline::sim::plane
