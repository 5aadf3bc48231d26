// Settling: in one transaction, move base, keep what was seen, append to the ledger, record conflicts and reviews.
#pragma once

#include "sync/planning.hpp"

namespace syncline::sync {

// What became of one link's plan.
struct Outcome {
    record::Fields agreed;              // base from now on
    std::vector<merge::Step> done;      // the steps (or parts of them) that took effect
    std::vector<merge::Parked> parked;  // on top of what the plan parked
    std::optional<Observation> odoo;    // as it is after our write
    std::optional<Observation> plane;
    profile::Echoes echoes;   // of what was written to Plane
    bool look_again = false;  // Plane's answer shows more than we wrote: somebody was there meanwhile
    bool adopted = false;     // the counterpart existed: no new record was made
};

// Before the first write of a plan: what somebody typed and is about to lose is in the ledger first.
Result<void> keep_losers(Context& context, const std::string& run, const PlannedLink& planned);

// `planned.link` is brought up to date as well.
Result<void> settle(Context& context, const std::string& run, PlannedLink& planned, const Outcome& outcome);

// It has to wait for the project that it belongs to: neither done nor failed.
Result<void> settle_waiting(Context& context, const std::string& run, PlannedLink& planned, std::string detail);

// Plans with nothing to do: many in one transaction. Only what differs is written.
Result<void> settle_idle(Context& context, const std::string& run, const std::vector<PlannedLink*>& planned);

// The plan could not be carried out: nothing of base moves, the reason is kept. `for_good`: the same plan is not tried
// again until something changes.
Result<void> settle_failure(Context& context, const std::string& run, PlannedLink& planned, const Error& error,
                            std::string_view reason, bool for_good);

}  // namespace syncline::sync
