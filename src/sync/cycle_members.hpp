// Which cycle an item is in: many items in one call.
#pragma once

#include "sync/follower.hpp"

namespace syncline::sync {

Result<void> write_cycle_members(Follower& follower, const std::vector<const Deferred*>& all);

}  // namespace syncline::sync
