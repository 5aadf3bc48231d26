// An instant as people type it.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace syncline::actions::detail {

// "2h" (ago; also s, m, d), "2026-11-21" (its first moment, UTC), or any spelling that parse_time() takes.
// "" = none. kInvalid.
Result<std::optional<Time>> instant_of(std::string_view text, Time now);

}  // namespace syncline::actions::detail
