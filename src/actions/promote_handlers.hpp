// Promotion into the core, typed: promote.* and decisions.list.
#pragma once

#include "actions/promote_types.hpp"
#include "actions/services.hpp"

namespace syncline::actions {

// What would be done; the hash is what a second person approves. Changes nothing but the lists of plans and quarantine.
Result<PromotionPlan> promote_plan(Services& services, const PromoteInput& input);
// kForbidden for the one who asked; kMoved when it is decided or expired.
Result<PromoteDecision> promote_approve(Services& services, const PromoteDecideInput& input);
// kHeld without an approval; kMoved when the ground moved.
Result<PromoteReport> promote_apply(Services& services, const PromoteApplyInput& input);
Result<UndoReport> promote_undo(Services& services, const PromoteUndoInput& input);
Result<PromoteStatus> promote_status(Services& services, const Nothing& input);
Result<QuarantineList> promote_quarantine(Services& services, const QuarantineInput& input);
Result<DecisionList> decisions_list(Services& services, const RowsInput& input);

json::Value to_json(const PromotionPlan& plan);
json::Value to_json(const PromoteDecision& decision);
json::Value to_json(const PromoteReport& report);
json::Value to_json(const UndoReport& report);
json::Value to_json(const PromoteStatus& status);
json::Value to_json(const QuarantineList& list);
json::Value to_json(const DecisionList& list);

}  // namespace syncline::actions
