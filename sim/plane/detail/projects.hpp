// Making projects, for the API and for the web app's side.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

// The five visible states and the hidden triage.
void add_default_states(World& world, std::string_view project, std::string_view user);

}  // namespace syncline::sim::plane
