// What a sync costs when there is nothing to do: the part of the first sync's benchmark that comes after it.
#pragma once

#include "benchmarks.hpp"
#include "support/installation.hpp"

namespace syncline::bench {

// `installation` has just been synced with these peers.
Result<void> add_idle_figures(Report& report, Installation& installation, const plane::Settings& plane);

}  // namespace syncline::bench
