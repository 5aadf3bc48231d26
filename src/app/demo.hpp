// `syncline demo`: a company in Odoo appears in Plane and stays in step.
#pragma once

#include "base/result.hpp"
#include "cli/command.hpp"
#include "watch/log.hpp"

namespace syncline::app {

// The home is ./.demo unless told otherwise, and is made anew each time: simulated peers forget everything when they
// end. Ends with nothing left running and only the home left behind.
Result<int> run_demo(const cli::Command& command, watch::Log& log);

}  // namespace syncline::app
