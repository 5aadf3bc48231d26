// How many rows an action may be asked for.
#pragma once

#include <cstdint>

#include "base/result.hpp"

namespace syncline::actions::detail {

inline constexpr std::int64_t kRowsMax = 10'000;

inline Result<int> rows_of(std::int64_t rows) {
    if (rows < 1 || rows > kRowsMax) {
        return make_error(Errc::kInvalid, "/rows_max: must be from 1 to " + std::to_string(kRowsMax));
    }
    return static_cast<int>(rows);
}

}  // namespace syncline::actions::detail
