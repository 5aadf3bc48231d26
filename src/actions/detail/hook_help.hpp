// What to enter where, so that a sender reaches an address. Pure.
#pragma once

#include "actions/services.hpp"

namespace syncline::actions::detail {

// One step a line.
std::string hook_help(const HookSetting& setting);

}  // namespace syncline::actions::detail
