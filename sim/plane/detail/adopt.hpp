// Records seen on a real server, taken over into the simulated one.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

bool adopt_record(World& world, const std::string& kind, const json::Object& record);

}  // namespace syncline::sim::plane
