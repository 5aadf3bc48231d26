// How many calls that write a client needs at least to make in Plane what is there now, with Plane's API as it is: one
// per project, person in a project, label, cycle and item; relations by a minimum vertex cover, because a call makes
// any number of them that share an end.
#pragma once

#include "support/installation.hpp"

namespace syncline::bench {

struct FewestCalls {
    std::int64_t items = 0;      // and what belongs to them: relations
    std::int64_t relations = 0;  // of these
    std::int64_t besides = 0;    // projects, people, labels, cycles and who is in them
    std::int64_t all() const { return items + besides; }
};

Result<FewestCalls> fewest_calls(Installation& installation);

}  // namespace syncline::bench
