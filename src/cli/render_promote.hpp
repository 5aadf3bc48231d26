// Promotion and decisions as text for people. Pure.
#pragma once

#include <string>

#include "actions/promote_types.hpp"
#include "cli/style.hpp"

namespace syncline::cli {

std::string render(const actions::PromotionPlan& plan, const Style& style);
std::string render(const actions::PromoteDecision& decision, const Style& style);
std::string render(const actions::PromoteReport& report, const Style& style);
std::string render(const actions::UndoReport& report, const Style& style);
std::string render(const actions::PromoteStatus& status, const Style& style);
std::string render(const actions::QuarantineList& list, const Style& style);
std::string render(const actions::DecisionList& list, const Style& style);

}  // namespace syncline::cli
