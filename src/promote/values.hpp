// Odoo's values → what PostgreSQL keeps, by type. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::promote {

inline constexpr double kNumberMax = 1e15;  // beyond it a double does not hold cents

// No value of that type: nothing.
std::optional<std::string> text_of(const json::Value& value);  // false and null are ""
// Half away from zero, as people round; at most `digits` decimals, `padded` to exactly so many. "-0" is "0".
std::optional<std::string> number_of(const json::Value& value, int digits, bool padded);  // false and null are 0
std::optional<std::int64_t> integer_of(const json::Value& value);                         // false and null are 0
// "2026-11-21 00:25:27" is an instant in UTC. JSON null for false.
std::optional<json::Value> instant_of(const json::Value& value);
std::optional<json::Value> day_of(const json::Value& value);
// Whether there is anything to keep: not false, null, "", [].
bool is_empty(const json::Value& value);

}  // namespace syncline::promote
