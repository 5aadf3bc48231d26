// Chunks of ids through two stages: some threads ask Odoo, others keep what came, with a bounded queue between them. So
// the server is never left without a question while we write, and memory does not grow with the number of records.
#pragma once

#include <functional>

#include "mirror/reading.hpp"

namespace syncline::mirror::detail {

struct Stages {
    // The next ids; none: that was all. One call at a time.
    std::function<Result<std::vector<std::int64_t>>()> next;
    std::function<Result<RawChunk>(std::vector<std::int64_t>)> fetch;
    // `number` counts the chunks in the order of next(). False: no more.
    std::function<Result<bool>(std::size_t number, RawChunk)> keep;
    // All was fetched, and some of it is still to be kept: the server has nothing to do for us any more. Not called
    // after an error or a stop.
    std::function<void()> fetched = {};
};

// Returns when all threads have ended; with the first error of any of them.
Result<void> flow(const Stages& stages, int fetchers, int keepers);

}  // namespace syncline::mirror::detail
