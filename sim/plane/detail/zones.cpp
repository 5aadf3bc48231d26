#include "sim/plane/detail/zones.hpp"

#include "fmt/format.h"

namespace syncline::sim::plane {
namespace {

constexpr Micros kSecond{1'000'000};
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kDay = 24 * 60 * kMinute;

// How far the zone's wall clock is ahead at that instant.
Micros offset_of(Time time, std::string_view zone) {
    const auto day = day_in_zone(time, zone);
    if (!day) return Micros(0);
    const auto midnight = instant_in_zone(*day, Micros(0), zone);
    if (!midnight) return Micros(0);
    return std::chrono::time_point_cast<Micros>(*day) - *midnight;
}

void digits(std::string& out, std::int64_t number, int width) {
    char text[8];
    for (int i = width; i-- > 0; number /= 10) text[i] = static_cast<char>('0' + number % 10);
    out.append(text, static_cast<std::size_t>(width));
}

std::string spell(Time local) {
    const Day day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const Micros rest = local - std::chrono::time_point_cast<Micros>(day);
    const auto seconds = rest.count() / kSecond.count();
    const auto fraction = rest.count() % kSecond.count();
    std::string out;
    out.reserve(33);
    digits(out, static_cast<int>(date.year()), 4);
    out += '-';
    digits(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    digits(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    digits(out, seconds / 3600, 2);
    out += ':';
    digits(out, seconds / 60 % 60, 2);
    out += ':';
    digits(out, seconds % 60, 2);
    if (fraction != 0) {
        out += '.';
        digits(out, fraction, 6);
    }
    return out;
}

}  // namespace

std::string show_time(Time time, std::string_view zone) {
    if (zone.empty() || zone == "UTC") return spell(time) + "Z";
    const Micros offset = offset_of(time, zone);
    if (offset == Micros(0)) return spell(time) + "Z";
    const auto minutes = std::abs(offset.count()) / kMinute.count();
    return spell(time + offset) +
           fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

Result<Time> read_time(std::string_view text, std::string_view zone) {
    const std::string_view in = zone.empty() ? std::string_view("UTC") : zone;
    if (text.size() == 10) {
        const Day day = TRY(parse_day(text));
        return instant_in_zone(day, Micros(0), in);
    }
    const std::size_t sign = text.find_last_of("+-Zz");
    if (sign != std::string_view::npos && sign > 10) return parse_time(text);
    std::string naive(text);
    if (naive.size() > 10) naive[10] = ' ';
    const Time time = TRY(parse_time(naive));
    const Day day = std::chrono::floor<std::chrono::days>(time);
    return instant_in_zone(day, time - std::chrono::time_point_cast<Micros>(day), in);
}

Time cycle_start(Day day, std::string_view zone, Time now) {
    const auto today = day_in_zone(now, zone);
    if (today && *today == day) return now;
    const auto start = instant_in_zone(day, kSecond, zone);
    return start ? *start : std::chrono::time_point_cast<Micros>(day) + kSecond;
}

Time cycle_end(Day day, std::string_view zone) {
    const Micros late = kDay - kMinute;
    const auto end = instant_in_zone(day, late, zone);
    return end ? *end : std::chrono::time_point_cast<Micros>(day) + late;
}

bool known_zone(std::string_view zone) { return day_in_zone(Time(Micros(0)), zone).ok(); }

}  // namespace syncline::sim::plane
