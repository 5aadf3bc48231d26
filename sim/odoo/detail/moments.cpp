#include "sim/odoo/detail/moments.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/odoo/detail/failure.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::int64_t floor_to(std::int64_t value, std::int64_t unit) {
    const std::int64_t rest = value % unit;
    return value - (rest < 0 ? rest + unit : rest);
}

std::int64_t unit_of(char letter) {
    switch (letter) {
        case 'S': return kSecond;
        case 'M': return 60 * kSecond;
        case 'H': return 3600 * kSecond;
        case 'd': return kDay;
        case 'w': return 7 * kDay;
        default: return 0;
    }
}

// "now", "today -1d", "-2w": offsets are counted from now, cut to the second.
bool read_relative(const std::string& text, std::int64_t now, Span& span) {
    std::int64_t at = now;
    bool day = false;
    for (const std::string& part : split(text, ' ')) {
        if (part == "now") {
            at = now;
        } else if (part == "today") {
            at = floor_to(now, kDay);
            day = true;
        } else {
            const std::int64_t unit = part.size() < 3 ? 0 : unit_of(part.back());
            if (unit == 0 || (part.front() != '-' && part.front() != '+')) return false;
            if (part.find_first_not_of("0123456789", 1) != part.size() - 1) return false;
            const std::int64_t amount = std::strtoll(part.c_str() + 1, nullptr, 10) * unit;
            at += part.front() == '-' ? -amount : amount;
        }
    }
    span.low = floor_to(at, kSecond);
    span.high = span.low + (day ? kDay : kSecond);
    return true;
}

}  // namespace

Span read_moment(const std::string& text, Time now) {
    Span span;
    if (read_relative(text, floor_to(now.time_since_epoch().count(), kSecond), span)) return span;
    if (text.size() == 10) {
        const auto day = parse_day(text);
        if (!day) throw value_error(fmt::format("Invalid isoformat string: {}", python_quote(text)));
        span.low = Time(day->time_since_epoch()).time_since_epoch().count();
        span.high = span.low + kDay;
        return span;
    }
    const bool zoned = text.size() > 19 && text.find_first_of("Z+-", 19) != std::string::npos;
    std::string spaced = text;
    if (spaced.size() > 10 && spaced[10] == 'T') spaced[10] = ' ';
    const auto time = zoned ? Result<Time>(make_error(Errc::kInvalid, "time zone")) : parse_time(spaced);
    if (!time) throw value_error(fmt::format("Invalid isoformat string: {}", python_quote(text)));
    span.low = floor_to(time->time_since_epoch().count(), kSecond);
    span.high = span.low + kSecond;
    return span;
}

}  // namespace syncline::sim::odoo_detail
