// From what was seen to what shall be done: one plan per link, in the order in which they must be applied. Writes
// nothing to any peer.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sync/observe_odoo.hpp"
#include "sync/world.hpp"

namespace syncline::sync {

struct PlannedLink {
    Link link;
    const profile::EntityMap* entity = nullptr;
    std::optional<Observation> odoo;
    std::optional<Observation> plane;
    std::vector<std::string> parents;  // links of the same entity that Odoo's record refers to
    std::optional<Time> edited_at;     // the newer edit of both sides, by their own stamps
    merge::LinkPlan plan;
    std::string plan_hash;  // of one with steps, as it was made: settling it changes the plan
    int depth = 0;          // parents before children within one entity
    // Writes of this plan that are still to come after it was settled: until then it asks to be planned again, so that
    // a crash forgets none of them.
    std::size_t pending = 0;
    bool look_again = false;  // as found out while it was carried out
    bool held = false;        // the guard waits for a person
    bool refused = false;     // the same plan was refused for good before: not sent again

    bool executable() const { return !held && !refused; }
    // A link that ends with this plan: something to be done, though nothing is written.
    bool ends() const { return plan.tombstone && link.index.status != LinkStatus::kTombstone; }
    bool idle() const { return plan.idle() && !ends(); }
    // Of the plan as it was made.
    std::string hash() const { return plan_hash.empty() ? plan.hash() : plan_hash; }
};

// One project whose plan the guard stopped.
struct Held {
    std::string container;
    std::string title;
    std::string reason;
};

struct Proposal {
    std::vector<PlannedLink> links;  // idle ones too: what was seen of them is settled
    std::vector<Held> held;
    bool idle() const;
    std::string hash() const;  // over the links that are not idle
};

// The hash that approves a link's plan, from a plan a person has seen: by link key.
using Approved = std::map<std::string, std::string, std::less<>>;

// Plans these links. With `approved`, those links as well: only they are to be carried out, and the guard lets them
// pass.
Result<Proposal> propose(Context& context, const KnownFields& known, World& world, std::vector<std::string> keys,
                         const Approved* approved = nullptr);

}  // namespace syncline::sync
