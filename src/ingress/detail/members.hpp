// Members of an event's body, taken only when they are what they should be. Pure.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::ingress::detail {

inline constexpr std::size_t kIdMax = 200;
inline constexpr std::size_t kWordMax = 100;

// Letters, digits and ._:- : what fits into a subject.
bool is_id(std::string_view text);
// Lower-case letters, digits and ._- : an event's or a model's name.
bool is_word(std::string_view text);

// A text or a positive whole number that is an id; of an object its member "id". "" for anything else, "None" too.
std::string id_of(const json::Value* value);
// The first of `names` that is one.
std::string first_id(const json::Value& object, std::initializer_list<std::string_view> names);

}  // namespace syncline::ingress::detail
