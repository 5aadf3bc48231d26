// When a failed job is tried again.
#pragma once

#include "base/error.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace syncline::jobs::detail {

inline constexpr Micros kBackOffFirst = std::chrono::seconds(1);  // doubled with each failure
inline constexpr double kJitter = 0.25;                           // of it, to either side

// After its `failures`-th failure (1 is the first). What the peer asked for (detail "retry_after_ms") goes before, up
// to kRetryAfterMax.
Micros back_off(const Error& error, int failures, Random& random);

// An error as it is kept with a dead job: its code, message and hint in valid UTF-8 without zero bytes, at most
// kErrorBytesMax.
std::string describe(const Error& error);

}  // namespace syncline::jobs::detail
