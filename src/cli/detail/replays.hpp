// Looking again: shown first, then done page by page.
#pragma once

#include "actions/services.hpp"
#include "cli/run.hpp"

namespace syncline::cli::detail {

// Without --yes nothing is done: the answer says what would be, and the command that does it.
Result<Answer> replay(actions::Services& services, const Command& command, const Style& style);

}  // namespace syncline::cli::detail
