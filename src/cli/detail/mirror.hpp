// The verbs of `mirror`: from the command to the action.
#pragma once

#include "actions/services.hpp"
#include "cli/command.hpp"
#include "cli/run.hpp"

namespace syncline::cli::detail {

Result<Answer> mirror(actions::Services& services, const Command& command, const Style& style);

}  // namespace syncline::cli::detail
