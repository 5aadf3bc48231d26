// Takes a promotion back: every row that it wrote is as it was before, but for those that somebody edited since, which
// are kept and told.
#pragma once

#include "promote/plan.hpp"

namespace syncline::promote {

inline constexpr int kKeptShownMax = 50;

struct Kept {
    std::string entity;
    std::int64_t external_id = 0;
    std::string why;
};
struct Undone {
    std::string run;            // of the undoing
    std::string of;             // the run that was undone
    std::int64_t restored = 0;  // rows that are as before
    std::int64_t removed = 0;   // rows that the promotion had made
    std::int64_t kept = 0;
    std::vector<Kept> kept_rows;  // the first kKeptShownMax
};

// kNotFound for a run that promoted nothing; kMoved when it is undone already; kCancelled when stopped: call it again
// to go on. Who undoes it, and why, is in the decision log.
Result<Undone> undo(Context& context, const std::string& run, const std::string& by, const std::string& why);

}  // namespace syncline::promote
