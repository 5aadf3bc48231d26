// Does what an approved plan says, and nothing else: batch by batch, each in one transaction with what is needed to
// take it back. A killed one goes on where it was; a second one does nothing.
#pragma once

#include "promote/plan.hpp"

namespace syncline::promote {

struct Applied {
    std::string run;  // UUID
    std::string hash;
    std::vector<Counts> counts;  // of what was done in the whole run
    bool before = false;         // it had been applied already; nothing was done now
    std::int64_t lines = 0;
    std::int64_t done_now = 0;  // lines of this call
};

// kHeld without an approval; kMoved when the mirror or the core is not any more what the plan was made from (nothing is
// done, or, when somebody changed it meanwhile, what was done so far stays and can be undone); kCancelled when stopped:
// call it again to go on. kNotFound.
Result<Applied> apply(Context& context, const std::string& hash);

}  // namespace syncline::promote
