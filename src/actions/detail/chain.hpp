// "Why is this not synced?": the chain of reasons of one record, from what is known of it to what both sides hold.
// Pure: the facts are gathered by chain_facts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actions/types.hpp"
#include "alerts/alert.hpp"
#include "base/time.hpp"
#include "ingress/receipts.hpp"
#include "jobs/inspect.hpp"
#include "sync/coverage.hpp"
#include "sync/links.hpp"

namespace syncline::actions::detail {

// How one side was last seen.
struct SideFacts {
    std::string record;    // "project.task:42", Plane's id; "" = none is linked
    std::string presence;  // present, archived, gone; absent = never seen
    bool dirty = false;    // a change was seen and not planned yet
    std::optional<Time> seen_at;
    std::optional<sync::Coverage> coverage;  // of its project
};

struct ChainFacts {
    Time now{};
    sync::Link link;
    bool replan = false;
    SideFacts odoo;
    SideFacts plane;
    std::vector<ingress::Receipt> receipts;  // about it, that are not done; newest first
    std::vector<jobs::Seen> jobs;            // about it
    std::vector<alerts::KeptAlert> alerts;   // open ones
    bool held = false;                       // the guard stopped its project
    bool held_itself = false;                // a change of this record is in the plan that it stopped
    std::string held_plan;                   // the plan's hash; "" = it is not valid any more
    std::string held_reason;
    bool odoo_filtered = false;  // Odoo has it, and the profile's filter leaves it out
    std::vector<ParkedView> parked;
    std::vector<ReviewView> reviews;
    std::vector<FieldView> fields;
};

// In the order in which a change takes them. What is well is told, too.
std::vector<ReasonView> chain_of(const ChainFacts& facts);
// "stopped" when any is, else "waits" when any does, else "in_step".
std::string verdict_of(const std::vector<ReasonView>& chain);

}  // namespace syncline::actions::detail
