// What goes into and comes out of promotion and its decisions: plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

// promote.plan
struct PromoteInput {
    std::vector<std::string> entities;  // names or aliases; none = all that have a form in the core
    std::string by;                     // who asks; "" = the caller
};
struct PromotedCount {
    std::string entity;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t archived = 0;
    std::int64_t unchanged = 0;
    std::int64_t quarantined = 0;
};
struct QuarantineCount {
    std::string reason;
    std::int64_t records = 0;
    std::string advice;
};
struct PromotionSample {
    std::string entity;
    std::int64_t external_id = 0;
    std::string name;
    std::string action;   // create, update, archive, quarantine
    std::string detail;   // why it is in quarantine
    json::Array changes;  // [{field, from, to}]
};
struct PromotionPlan {
    std::string hash;  // "" = there is nothing to do
    std::string state;
    std::string asked_by;
    std::string asked_at;
    std::string expires_at;
    std::int64_t lines = 0;
    std::vector<PromotedCount> counts;  // by entity, in the order of promotion
    std::vector<QuarantineCount> reasons;
    std::vector<PromotionSample> samples;
    std::vector<std::string> risks;
    std::string recommendation;
};

// promote.approve
struct PromoteDecideInput {
    std::string hash;                  // or its first 8 characters or more
    std::string decision = "approve";  // approve, reject
    std::string by;                    // who decides; "" = the caller
    std::string why;
};
struct DecisionView {
    std::int64_t id = 0;
    std::string what;
    std::string owner;
    std::string asked_by;
    std::string at;
    std::vector<std::string> choices;
    std::vector<std::string> risks;
    std::string recommendation;
    std::string outcome;
    std::string why;
    std::string plan_hash;
    std::string run;
};
struct PromoteDecision {
    std::string hash;
    DecisionView decision;
};
// decisions.list
struct DecisionList {
    std::vector<DecisionView> decisions;  // newest first
};

// promote.apply
struct PromoteApplyInput {
    std::string hash;
};
struct PromoteReport {
    std::string run;
    std::string hash;
    bool before = false;  // it had been applied already
    std::int64_t lines = 0;
    std::int64_t done_now = 0;
    std::vector<PromotedCount> counts;
};

// promote.undo
struct PromoteUndoInput {
    std::string run;
    std::string by;
    std::string why;
};
struct KeptRow {
    std::string entity;
    std::int64_t external_id = 0;
    std::string why;
};
struct UndoReport {
    std::string run;  // of the undoing
    std::string of;
    std::int64_t restored = 0;
    std::int64_t removed = 0;
    std::int64_t kept = 0;
    std::vector<KeptRow> kept_rows;  // the first of them
};

// promote.status
struct CoreStanding {
    std::string entity;
    std::vector<std::string> tables;
    std::int64_t active = 0;
    std::int64_t archived = 0;
    std::int64_t selected = 0;
    std::int64_t waiting = 0;
    std::int64_t quarantined = 0;
};
struct PromotionView {
    std::string hash;
    std::string state;
    std::string asked_by;
    std::string asked_at;
    std::string approved_by;
    std::string run;
    std::int64_t lines = 0;
    std::int64_t done = 0;
};
struct PromoteStatus {
    std::vector<CoreStanding> entities;
    std::vector<PromotionView> plans;  // the latest
};

// promote.quarantine
struct QuarantineInput {
    std::string entity;
    std::string reason;
    std::int64_t rows_max = 200;
};
struct QuarantineRow {
    std::string entity;
    std::int64_t external_id = 0;
    std::int64_t version = 0;
    std::string name;
    std::string reason;
    std::string detail;
    std::string since;
};
struct QuarantineList {
    std::vector<QuarantineRow> rows;
    std::int64_t row_count = 0;  // that match
    std::vector<QuarantineCount> reasons;
};

}  // namespace syncline::actions
