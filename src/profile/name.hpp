// Names and identifiers that Plane accepts. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace syncline::profile {

inline constexpr std::size_t kPlaneNameMax = 255;       // characters
inline constexpr std::size_t kPlaneIdentifierMax = 12;  // characters

// Plane refuses & + , : ; $ ^ } { * = ? @ # | ' < > . ( ) % ! - in project names. Each has a look-alike that it
// accepts; restore_name(clean_name(x)) == x for every x without look-alikes in it.
std::string clean_name(std::string_view name);
std::string restore_name(std::string_view name);

// An identifier for a project: `wbs_code` when there is one, else made from the name's initials; upper case A-Z 0-9 _,
// 1 to 12 characters, and not in `taken`.
std::string make_identifier(std::string_view wbs_code, std::string_view name, const std::set<std::string>& taken);

}  // namespace syncline::profile
