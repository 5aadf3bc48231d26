// One HTTP request to one answer: the path, the key, the right, the throttle, the method, the body, the handler.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

inline constexpr std::size_t kBodyMax = 5U * 1024U * 1024U;

net::HttpResponse serve(World& world, const net::HttpRequest& request);

}  // namespace syncline::sim::plane
