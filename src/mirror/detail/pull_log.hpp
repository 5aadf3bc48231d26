// The row of one pull, as the pull itself writes it.
#pragma once

#include "mirror/pulls.hpp"

namespace syncline::mirror::detail {

// The last one, when it did not come to its end: paused, failed, or its process was killed.
Result<std::optional<PullRow>> open_pull(pg::Transaction& tx, const Source& source, std::string_view entity);
// Makes it, or overwrites it with what is known by now.
Result<void> save_pull(pg::Transaction& tx, const Source& source, const PullRow& row);

// What one transaction added.
struct Step {
    std::int64_t done = 0;
    std::int64_t done_to = 0;
    KeptCounts counts;
    std::int64_t calls = 0, bytes = 0;
    Time at{};
};
// In the transaction of the chunk itself. Answers what the pull is asked to do.
Result<Wanted> note_step(pg::Transaction& tx, const Source& source, const PullRow& row, const Step& step);

}  // namespace syncline::mirror::detail
