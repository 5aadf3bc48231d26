// The values that the planner compares: what a field of an entity holds, in the product's own vocabulary, whichever
// peer it came from. Pure; safe from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "json/json.hpp"

namespace syncline::record {

// Sorted, each element once. Make one with make_set().
using Set = std::vector<std::string>;
Set make_set(std::vector<std::string> elements);

// Nothing, a truth value, a whole number, text (also dates "2026-11-21", instants, state keys, link keys) or a set.
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, Set>;

// The fields of one entity, by the profile's field names.
using Fields = std::map<std::string, Value, std::less<>>;

inline bool is_null(const Value& value) { return value.index() == 0; }
const Set& as_set(const Value& value);         // the empty set for anything else
std::string_view as_text(const Value& value);  // "" for anything else

json::Value to_json(const Value& value);  // null, bool, number, string, array of strings
json::Object to_json(const Fields& fields);
Result<Value> value_from_json(const json::Value& value);
Result<Fields> fields_from_json(const json::Value& value);

// For people: "High", "2026-11-21", "a, b", "(nothing)".
std::string display(const Value& value);

// SHA-256 over the canonical JSON; equal digests mean equal values.
std::string digest(const Value& value);
std::string digest(const Fields& fields);

}  // namespace syncline::record
