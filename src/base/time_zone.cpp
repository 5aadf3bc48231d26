// The only file that sees the time zone library. It reads the system's zone files, so rules stay as fresh as the
// system.
#include <date/tz.h>

#include <stdexcept>

#include "base/time.hpp"

namespace syncline {
namespace {

// The library throws for an unknown name and, on first use of a zone, for a file that it cannot read.
template <typename F>
auto with_zone(std::string_view name, F compute) -> Result<decltype(compute(*date::locate_zone("")))> {
    try {
        return compute(*date::locate_zone(std::string(name)));
    } catch (const std::exception&) {
        return make_error(Errc::kInvalid, "unknown time zone \"" + std::string(name) + "\"",
                          "use a name from the IANA list, such as \"UTC\" or \"Asia/Manila\"");
    }
}

}  // namespace

Result<Day> day_in_zone(Time time, std::string_view zone) {
    if (zone == "UTC") return std::chrono::floor<std::chrono::days>(time);
    return with_zone(zone, [&](const date::time_zone& rules) {
        return Day(std::chrono::floor<std::chrono::days>(rules.to_local(time).time_since_epoch()));
    });
}

Result<Time> instant_in_zone(Day day, Micros since_midnight, std::string_view zone) {
    if (since_midnight < Micros(0) || since_midnight >= std::chrono::days(1)) {
        return make_error(Errc::kInvalid, "a wall-clock time must lie between 00:00 and 24:00");
    }
    if (zone == "UTC") return Time(day) + since_midnight;
    const date::local_time<Micros> local(Time(day).time_since_epoch() + since_midnight);
    return with_zone(zone, [&](const date::time_zone& rules) {
        return std::chrono::time_point_cast<Micros>(rules.to_sys(local, date::choose::earliest));
    });
}

}  // namespace syncline
