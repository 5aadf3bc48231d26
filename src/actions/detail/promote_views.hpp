// What promotion knows, as the actions show it. Pure.
#pragma once

#include "actions/promote_types.hpp"
#include "promote/decisions.hpp"
#include "promote/plan.hpp"

namespace syncline::actions::detail {

std::vector<PromotedCount> views_of(const std::vector<promote::Counts>& counts);
std::vector<QuarantineCount> views_of(const std::map<std::string, std::int64_t>& reasons);
PromotionPlan view_of(const promote::Plan& plan);
DecisionView view_of(const promote::Decision& decision);

}  // namespace syncline::actions::detail
