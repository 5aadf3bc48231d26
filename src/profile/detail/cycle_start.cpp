#include "profile/detail/cycle_start.hpp"

#include <algorithm>
#include <optional>

#include "base/time.hpp"

namespace syncline::profile::detail {

namespace {

// A day, or the day part of a datetime.
std::optional<Day> day_of(std::string_view text) {
    const Result<Day> day = parse_day(text.substr(0, 10));
    return day ? std::optional<Day>(*day) : std::nullopt;
}

}  // namespace

record::Value cycle_start(std::string_view deadline, const json::Object& raw, std::string_view agreed) {
    const std::optional<Day> end = day_of(deadline);
    if (!end) return {};
    std::optional<Day> start;
    if (const auto previous = day_of(json::text_or(raw, "_previous_deadline")))
        start = *previous + std::chrono::days(1);
    if (!start) start = day_of(json::text_or(raw, "_project_start"));
    if (!start) start = day_of(agreed);
    if (!start) start = day_of(json::text_or(raw, "_today"));
    return format_day(std::min(start.value_or(*end), *end));
}

}  // namespace syncline::profile::detail
