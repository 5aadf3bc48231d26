// One [[entity.field]] of a profile.
#pragma once

#include "profile/detail/toml_reader.hpp"
#include "profile/profile.hpp"

namespace syncline::profile::detail {

FieldMap load_field(TomlTable& table);

bool is_set_transform(Transform transform);
std::string_view to_string(Transform transform);

}  // namespace syncline::profile::detail
