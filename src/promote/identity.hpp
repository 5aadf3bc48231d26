// The internal id of a record that has none yet: made from where it comes from, so that it is the same at any time, on
// any machine, after any undo. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mirror/source.hpp"

namespace syncline::promote {

// A version 8 UUID of SHA-256 over "syncline.core.1", org, connector, entity and id, a line each.
std::string internal_id(const mirror::Source& source, std::string_view entity, std::int64_t external_id);

}  // namespace syncline::promote
