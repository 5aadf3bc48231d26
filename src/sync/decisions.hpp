// A person's answer to a review: two edits of one field that the clocks could not rank.
//
// The loser becomes what was agreed last, so that the winner is the only edit that is left; the next run carries it
// over like any other. Whoever edits the field again meanwhile is not overrun: then both sides differ from what was
// agreed, and the usual order of decision applies. The losing value is in the conflict ledger before anything is
// overwritten.
#pragma once

#include "access/scope.hpp"
#include "ledger/conflicts.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"

namespace syncline::sync {

struct Decision {
    std::int64_t review = 0;
    record::Peer winner = record::Peer::kOdoo;
    std::string by;
};

struct Decided {
    ledger::Review review;
    std::string title;    // of the link
    std::string odoo_id;  // "" when it has none
    std::string plane_id;
};

// kNotFound, kMoved when it is closed already, kHeld while a run is at work: then come back in a moment.
Result<Decided> decide(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                       const Decision& decision, Time now);

}  // namespace syncline::sync
