// Which items wait for which: all relations of the run in the fewest calls. Each link's field is settled when all of
// its own relations are in, whoever's calls made them.
#pragma once

#include "sync/follower.hpp"

namespace syncline::sync {

// Takes the deferred changes of "blocked_by".
Result<void> write_relations(Follower& follower, const std::vector<const Deferred*>& all);

}  // namespace syncline::sync
