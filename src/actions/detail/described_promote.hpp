// The described members of actions/promote_types.hpp.
#pragma once

#include "actions/describe.hpp"
#include "actions/promote_types.hpp"

namespace syncline::actions {

BOOST_DESCRIBE_STRUCT(PromoteInput, (), (entities, by))
BOOST_DESCRIBE_STRUCT(PromotedCount, (), (entity, created, updated, archived, unchanged, quarantined))
BOOST_DESCRIBE_STRUCT(QuarantineCount, (), (reason, records, advice))
BOOST_DESCRIBE_STRUCT(PromotionSample, (), (entity, external_id, name, action, detail, changes))
BOOST_DESCRIBE_STRUCT(PromotionPlan, (),
                      (hash, state, asked_by, asked_at, expires_at, lines, counts, reasons, samples, risks,
                       recommendation))
BOOST_DESCRIBE_STRUCT(PromoteDecideInput, (), (hash, decision, by, why))
BOOST_DESCRIBE_STRUCT(DecisionView, (),
                      (id, what, owner, asked_by, at, choices, risks, recommendation, outcome, why, plan_hash, run))
BOOST_DESCRIBE_STRUCT(PromoteDecision, (), (hash, decision))
BOOST_DESCRIBE_STRUCT(DecisionList, (), (decisions))
BOOST_DESCRIBE_STRUCT(PromoteApplyInput, (), (hash))
BOOST_DESCRIBE_STRUCT(PromoteReport, (), (run, hash, before, lines, done_now, counts))
BOOST_DESCRIBE_STRUCT(PromoteUndoInput, (), (run, by, why))
BOOST_DESCRIBE_STRUCT(KeptRow, (), (entity, external_id, why))
BOOST_DESCRIBE_STRUCT(UndoReport, (), (run, of, restored, removed, kept, kept_rows))
BOOST_DESCRIBE_STRUCT(CoreStanding, (), (entity, tables, active, archived, selected, waiting, quarantined))
BOOST_DESCRIBE_STRUCT(PromotionView, (), (hash, state, asked_by, asked_at, approved_by, run, lines, done))
BOOST_DESCRIBE_STRUCT(PromoteStatus, (), (entities, plans))
BOOST_DESCRIBE_STRUCT(QuarantineInput, (), (entity, reason, rows_max))
BOOST_DESCRIBE_STRUCT(QuarantineRow, (), (entity, external_id, version, name, reason, detail, since))
BOOST_DESCRIBE_STRUCT(QuarantineList, (), (rows, row_count, reasons))

template <>
inline std::vector<std::string_view> required_members<PromoteDecideInput>() {
    return {"hash", "why"};
}
template <>
inline std::vector<std::string_view> required_members<PromoteApplyInput>() {
    return {"hash"};
}
template <>
inline std::vector<std::string_view> required_members<PromoteUndoInput>() {
    return {"run"};
}

}  // namespace syncline::actions
