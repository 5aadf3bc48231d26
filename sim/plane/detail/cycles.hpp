// Cycles: what their items need to know, and the counters that modules share.
#pragma once

#include <map>

#include "sim/plane/detail/call.hpp"

namespace syncline::sim::plane {

// Its end has passed: nothing about it may change any more.
bool cycle_over(World& world, const Row& cycle);

// {"total_issues": …, "backlog_issues": …} by cycle or module (`field`) of the call's project.
std::map<std::string, json::Object> count_items(Call& call, Table& places, std::string_view field);
json::Object counters_of(const std::map<std::string, json::Object>& counted, const Row& row);

}  // namespace syncline::sim::plane
