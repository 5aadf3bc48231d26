// Settling: base moves, what was seen is kept, the ledger is appended to, conflicts and reviews are recorded; for one
// link all of it in one transaction.
//
// Settlements that come quickly share a transaction. What has not been settled when the program dies is found out again
// as if the answer of the write had been lost: a creation carries its external id and was intended on disk, an update
// that arrived shows as agreement, a loser was entered before it was overwritten. So nothing hangs on how many links
// wait to be settled; for the same reason it would be safe, and is not needed, to commit them asynchronously.
#pragma once

#include <set>

#include "ledger/conflicts.hpp"
#include "ledger/entries.hpp"
#include "sync/planning.hpp"

namespace syncline::sync {

// What became of one link's plan.
struct Outcome {
    record::Fields agreed;              // base from now on
    std::vector<merge::Step> done;      // the steps (or parts of them) that took effect
    std::vector<merge::Parked> parked;  // on top of what the plan parked
    record::Fields instead;             // what Plane holds in place of what it was told
    std::optional<Observation> odoo;    // as it is after our write
    std::optional<Observation> plane;
    profile::Echoes echoes;   // of what was written to Plane
    bool look_again = false;  // Plane's answer shows more than we wrote: somebody was there meanwhile
    bool adopted = false;     // the counterpart existed: no new record was made
};

// One per run; one thread at a time. Nothing is kept by its destruction: call flush() last, whatever happened.
class Settler {
public:
    Settler(Context& context, const std::string& run);

    // Before the first write of a plan: what somebody typed and is about to lose is in the ledger first. At once.
    Result<void> keep_losers(const PlannedLink& planned);

    // `planned.link` is brought up to date at once, the store soon (see Settings): at the latest by flush().
    Result<void> settle(PlannedLink& planned, const Outcome& outcome);
    // The plan could not be carried out: nothing of base moves, the reason is kept. `for_good`: the same plan is not
    // tried again until something changes.
    Result<void> fail(PlannedLink& planned, const Error& error, std::string_view reason, bool for_good);

    Result<void> flush();

private:
    struct Reviews {
        std::string link;
        std::vector<ledger::Review> open;
    };
    // Of a link or record that is settled twice the last word counts; the books keep all.
    struct Waiting {
        std::map<std::string, Link, std::less<>> links;
        std::set<std::string, std::less<>> planned;                       // links whose plan is carried out
        std::map<std::pair<std::string, std::string>, Observation> odoo;  // by entity, id
        std::map<std::pair<std::string, std::string>, Observation> plane;
        std::vector<ledger::Entry> entries;
        std::vector<Reviews> reviews;
        std::vector<Settled> told;
        std::size_t settlements = 0;
        Time since{};
    };

    Result<void> flush_when_due();
    Result<void> write(pg::Transaction& tx, const Waiting& all) const;

    Context& context_;
    const std::string& run_;
    Waiting waiting_;
    Time flushed_at_;
};

// Plans with nothing to do: many in one transaction. Only what differs is written.
Result<void> settle_idle(Context& context, const std::string& run, const std::vector<PlannedLink*>& planned);

// These have to wait for the project that they belong to: neither done nor failed.
Result<void> settle_waiting(Context& context, const std::string& run, const std::vector<PlannedLink*>& planned);

}  // namespace syncline::sync
