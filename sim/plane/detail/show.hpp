// Records as the API shows them: instants in the reader's zone, `fields=`, `expand=`.
#pragma once

#include "sim/plane/detail/call.hpp"

namespace syncline::sim::plane {

// Every column of the model that is not hidden.
json::Object show(const Model& model, const Row& row, std::string_view zone);

// The same under the request's `fields` and `expand`. `extra` are computed members that the serialiser adds.
json::Object show(Call& call, const Model& model, const Row& row, json::Object extra = {});

json::Object show_user(World& world, std::string_view id);  // {} for nobody
json::Object show_state_lite(World& world, std::string_view id);

}  // namespace syncline::sim::plane
