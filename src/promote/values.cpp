#include "promote/values.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/time.hpp"

namespace syncline::promote {
namespace {

constexpr int kDigitsMax = 9;

bool is_none(const json::Value& value) { return value.is_null() || (value.is_bool() && !value.get_bool()); }

void cut_zeros(std::string& text) {
    if (text.find('.') == std::string::npos) return;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
}

// A double is a hair beside the decimal that was meant: 1.005 is 1.00499999999999989. Rounded to the digits that a
// double holds first, then to those that are wanted.
std::string rounded(double number, int digits) {
    const double scale = std::pow(10.0, digits);
    const double meant = std::strtod(fmt::format("{:.15g}", number * scale).c_str(), nullptr);
    return fmt::format("{:.{}f}", std::round(meant) / scale, digits);
}

bool is_zero(std::string_view text) { return text.find_first_not_of("-0.") == std::string_view::npos; }

}  // namespace

std::optional<std::string> text_of(const json::Value& value) {
    if (is_none(value)) return "";
    if (!value.is_string()) return std::nullopt;
    std::string text(value.get_string());
    if (text.find('\0') != std::string::npos) return std::nullopt;  // PostgreSQL cannot keep it
    return text;
}

std::optional<std::string> number_of(const json::Value& value, int digits, bool padded) {
    if (digits < 0 || digits > kDigitsMax) return std::nullopt;
    double number = 0;
    if (value.is_number()) {
        number = value.to_number<double>();
    } else if (!is_none(value)) {
        return std::nullopt;
    }
    if (!std::isfinite(number) || std::fabs(number) > kNumberMax) return std::nullopt;
    std::string text = rounded(number, digits);
    if (is_zero(text) && text.starts_with('-')) text.erase(0, 1);
    if (!padded) cut_zeros(text);
    return text;
}

std::optional<std::int64_t> integer_of(const json::Value& value) {
    if (is_none(value)) return 0;
    if (value.is_int64()) return value.get_int64();
    if (!value.is_double() || std::fabs(value.get_double()) > kNumberMax) return std::nullopt;
    const double number = value.get_double();
    if (std::trunc(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<json::Value> instant_of(const json::Value& value) {
    if (is_none(value)) return json::Value(nullptr);
    if (!value.is_string()) return std::nullopt;
    const std::string_view text = value.get_string();
    if (text.empty()) return json::Value(nullptr);
    if (const Result<Time> time = parse_time(text)) return json::Value(format_iso(*time));
    const Result<Day> day = parse_day(text);  // a field that was a day in an older version
    if (!day) return std::nullopt;
    return json::Value(format_iso(Time(*day)));
}

std::optional<json::Value> day_of(const json::Value& value) {
    if (is_none(value)) return json::Value(nullptr);
    if (!value.is_string()) return std::nullopt;
    const std::string_view text = value.get_string();
    if (text.empty()) return json::Value(nullptr);
    if (const Result<Day> day = parse_day(text)) return json::Value(format_day(*day));
    const Result<Time> time = parse_time(text);
    if (!time) return std::nullopt;
    return json::Value(format_day(std::chrono::floor<std::chrono::days>(*time)));
}

bool is_empty(const json::Value& value) {
    return is_none(value) || (value.is_string() && value.get_string().empty()) ||
           (value.is_array() && value.get_array().empty()) || (value.is_object() && value.get_object().empty());
}

}  // namespace syncline::promote
