// Instants as the server spells them for a person in a zone, and the bounds of a cycle in a project's zone.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace syncline::sim::plane {

// "2026-11-21T00:16:11.953630Z", "…T05:46:11.967785+05:30"; the fraction is left out when it is zero.
std::string show_time(Time time, std::string_view zone);

// An instant, a naive one (taken in the zone) or a bare day (its midnight in the zone).
Result<Time> read_time(std::string_view text, std::string_view zone);

// The start of a cycle's first day (one second past midnight; this very instant when the day is today) and the end of
// its last day (23:59:00), in the project's zone.
Time cycle_start(Day day, std::string_view zone, Time now);
Time cycle_end(Day day, std::string_view zone);

bool known_zone(std::string_view zone);

}  // namespace syncline::sim::plane
