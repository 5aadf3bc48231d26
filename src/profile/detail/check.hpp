// What must hold between the parts of a profile.
#pragma once

#include <array>

#include "profile/detail/toml_reader.hpp"
#include "profile/profile.hpp"

namespace syncline::profile::detail {

inline constexpr std::array<std::string_view, 5> kStateGroups = {"backlog", "unstarted", "started", "completed",
                                                                 "cancelled"};
// What Plane's work items and Odoo's tasks know as priority: a table must have all of them.
inline constexpr std::array<std::string_view, 5> kPlanePriorities = {"urgent", "high", "medium", "low", "none"};
inline constexpr std::array<std::string_view, 4> kOdooPriorities = {"0", "1", "2", "3"};

// Reports the first mistake to `source`.
void check(const Profile& profile, TomlSource& source);

}  // namespace syncline::profile::detail
