// Who is calling, may they, and not too often.
#pragma once

#include <optional>

#include "sim/plane/detail/router.hpp"

namespace syncline::sim::plane {

inline constexpr Micros kThrottleWindow{60'000'000};

// Fills call.user from the key; an answer when the key does not do.
std::optional<Answer> authenticate(Call& call, std::string_view key);

bool permitted(Call& call, const Route& route);

// Counts the call, and puts the headers that every counted answer carries into `headers`; an answer when it is one
// too many.
std::optional<Answer> throttle(World& world, std::string_view key, net::Headers& headers);

}  // namespace syncline::sim::plane
