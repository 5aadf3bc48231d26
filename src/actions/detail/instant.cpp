#include "actions/detail/instant.hpp"

#include <charconv>
#include <string>

namespace syncline::actions::detail {

namespace {

constexpr std::int64_t kDaysMax = 3660;

std::optional<Micros> unit_of(char letter) {
    switch (letter) {
        case 's': return std::chrono::seconds(1);
        case 'm': return std::chrono::minutes(1);
        case 'h': return std::chrono::hours(1);
        case 'd': return std::chrono::days(1);
        default: return std::nullopt;
    }
}

}  // namespace

Result<std::optional<Time>> instant_of(std::string_view text, Time now) {
    if (text.empty()) return std::optional<Time>();
    if (const Result<Time> time = parse_time(text)) return std::optional<Time>(*time);
    if (const Result<Day> day = parse_day(text)) return std::optional<Time>(*day);
    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool one_letter = failure == std::errc() && end + 1 == text.data() + text.size();
    const std::optional<Micros> unit = one_letter ? unit_of(*end) : std::nullopt;
    if (!unit || count < 0 || count > std::chrono::days(kDaysMax) / *unit) {
        return make_error(Errc::kInvalid, "'" + std::string(text) + "' is no time",
                          "write 2h (ago; s, m, h or d), 2026-11-21, or 2026-11-21T08:00:00Z");
    }
    return std::optional<Time>(now - count * *unit);
}

}  // namespace syncline::actions::detail
