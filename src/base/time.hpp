// Instants and days, and the spellings the peers use for them. All instants are UTC with microseconds.
// Pure functions; safe from any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace syncline {

using Micros = std::chrono::microseconds;
using Time = std::chrono::sys_time<Micros>;
using Day = std::chrono::sys_days;

// "2026-11-21T00:16:11.953630Z", "…+05:30" (Plane, ISO 8601) or "2026-11-21 00:25:27[.123456]" (Odoo, naive UTC).
// Offsets may also be spelled "+0530" or "+05" (PostgreSQL). With a "T", an offset or "Z" must follow. kInvalid for all
// else, days that do not exist among them; digits beyond microseconds are cut off.
Result<Time> parse_time(std::string_view text);
// "2026-11-21T00:16:11.953630Z"
std::string format_iso(Time time);
// "2026-11-21 00:25:27": the only datetime form that Odoo accepts in a write
std::string format_odoo(Time time);

// "2026-11-21"
Result<Day> parse_day(std::string_view text);
std::string format_day(Day day);

// The calendar day of an instant in an IANA zone ("UTC", "Asia/Manila"); kInvalid for an unknown zone.
Result<Day> day_in_zone(Time time, std::string_view zone);
// The instant of a local wall-clock time of a day in a zone (the earlier one where clocks go back).
Result<Time> instant_in_zone(Day day, Micros since_midnight, std::string_view zone);

}  // namespace syncline
