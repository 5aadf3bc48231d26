// `syncline simulate`: schedules of the whole product under a virtual clock, and whether it kept its promises.
#pragma once

#include "base/result.hpp"
#include "cli/command.hpp"

namespace syncline::app {

// On a private store in a temporary folder, which is gone afterwards: needs no settings and touches no home. Answers
// the exit code. Call from the main thread.
Result<int> run_simulate(const cli::Command& command);

}  // namespace syncline::app
