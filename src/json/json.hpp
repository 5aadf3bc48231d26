// JSON for the whole product: Boost.JSON values, our own canonical writer.
// Pure functions; safe from any thread.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace syncline::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

inline constexpr std::size_t kDepthMax = 64;

// kInvalid with the byte offset for text that is not one JSON value, or nests deeper than kDepthMax.
Result<Value> parse(std::string_view text);

// One value, one spelling: keys sorted by bytes, no spaces, shortest numbers ("5" for 5.0), UTF-8 unescaped
// but for what JSON demands. Digests are taken over this.
std::string canonical(const Value& value);
std::string canonical(const Object& object);
std::string canonical(const Array& array);

// Indented by two spaces, keys in their given order, numbers as in canonical(): for people.
std::string pretty(const Value& value);

// Lenient readers: the member, or nothing of that type. Text lives as long as what it was read from.
const Value* find(const Value& value, std::string_view key);
std::string_view text_or(const Value& value, std::string_view key, std::string_view otherwise = {});
std::string_view text_or(const Object& object, std::string_view key, std::string_view otherwise = {});
std::int64_t integer_or(const Value& value, std::string_view key, std::int64_t otherwise = 0);
std::int64_t integer_or(const Object& object, std::string_view key, std::int64_t otherwise = 0);
bool bool_or(const Value& value, std::string_view key, bool otherwise = false);
bool bool_or(const Object& object, std::string_view key, bool otherwise = false);

}  // namespace syncline::json
