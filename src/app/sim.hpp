// `syncline sim`: a simulated peer as a program of its own, over real HTTP.
#pragma once

#include "base/result.hpp"
#include "cli/command.hpp"

namespace syncline::app {

// Serves until a signal comes. The first line on standard output says where.
Result<void> run_sim(const cli::SimArgs& args);

}  // namespace syncline::app
