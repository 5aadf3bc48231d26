// Plans as they are kept: counts and samples as JSON.
#pragma once

#include "promote/plan.hpp"

namespace syncline::promote::detail {

json::Array to_json(const std::vector<Counts>& counts);
json::Array to_json(const std::vector<Sample>& samples);
Result<Plan> plan_of(const pg::Rows& rows, std::size_t row);

}  // namespace syncline::promote::detail
