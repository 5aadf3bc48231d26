// Profiles by name (embedded in the program) or by file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profile/profile.hpp"

namespace syncline::app {

struct BuiltinProfile {
    std::string_view name;
    std::string_view toml;
};
std::vector<BuiltinProfile> builtin_profiles();  // made by the build from profiles/*.toml

// A name without "/" and ".toml" is a built-in one. kNotFound names those that there are.
Result<profile::Profile> open_profile(const std::string& name_or_file);

}  // namespace syncline::app
