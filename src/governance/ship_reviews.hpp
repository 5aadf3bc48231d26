// Ship reviews: work that Plane calls done waits here for a person, who says whether it is shipped. Odoo alone says
// what is shipped; the sync then carries that to Plane. SQL of ppm.ship_reviews.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "odoo/client.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"
#include "sync/context.hpp"

namespace syncline::governance {

struct ShipReview {
    std::int64_t id = 0;
    std::string link;
    std::string kind;
    std::string title;
    std::string status;  // open, approved, rejected
    Time opened_at{};
    std::string decided_by;
    std::optional<Time> decided_at;
};

// Told by the engine inside the transaction that settles a link: opens a review when the record entered a state that a
// rule of the profile names, was somewhere else before, and is not shipped. One open review per link and kind.
Result<void> on_settled(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                        const sync::Settled& settled);

// Pure: whether `state` is what the rule names: a state's key, or "group:completed".
bool state_matches(const profile::Profile& profile, std::string_view rule_state, std::string_view state);

// Open ones first, then the newest.
Result<std::vector<ShipReview>> ship_reviews(pg::Transaction& tx, const access::Scope& scope, bool open_only,
                                             int rows_max);

enum class Decision { kApprove, kReject };

struct Decided {
    ShipReview review;
    bool shipped = false;  // Odoo was told so
    std::string note;      // what happens next, in words
};
// kNotFound for an unknown review; kMoved for one that was decided already. Approving tells Odoo first (is_shipped,
// shipped_at), where the addon ipai_ppm is; without it the decision is kept here and `note` says so.
Result<Decided> decide(pg::Database& store, const access::Scope& scope, const profile::Profile& profile,
                       odoo::Client& odoo, std::int64_t review, Decision decision, const std::string& by, Time now);

}  // namespace syncline::governance
