// The verbs of `promote`, and `decisions`.
#pragma once

#include "actions/services.hpp"
#include "cli/run.hpp"

namespace syncline::cli::detail {

Result<Answer> answer_promotion(actions::Services& services, const Command& command, const Style& style);

}  // namespace syncline::cli::detail
