// Small pure functions on text that several rooms need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncline {

std::string_view trim(std::string_view text);
std::string to_lower(std::string_view text);           // ASCII only; other bytes unchanged
std::string to_upper(std::string_view text);           // ASCII only; other bytes unchanged
bool iequals(std::string_view a, std::string_view b);  // ASCII case folded
// Empty parts are kept: "a,,b" has three, "" has one.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// Code points of UTF-8 text; a broken byte counts as U+FFFD.
std::vector<char32_t> decode_utf8(std::string_view text);
std::string encode_utf8(const std::vector<char32_t>& points);
void append_utf8(std::string& out, char32_t point);

std::string to_hex(std::string_view bytes);

}  // namespace syncline
