// Carries a proposal out: parents first, each link settled as soon as its writes are done, so that a crash at any point
// loses nothing and repeats nothing.
#pragma once

#include "sync/planning.hpp"

namespace syncline::sync {

// From an edit at one peer to its value at the other, as far as the peers' clocks can be compared.
struct Lag {
    record::Peer to = record::Peer::kPlane;
    Micros took{};
};
inline constexpr std::size_t kLagsMax = 1000;  // of one run; more say nothing new

struct Applied {
    std::int64_t created = 0;
    std::int64_t adopted = 0;
    std::int64_t updated = 0;  // links, not fields
    std::int64_t archived = 0;
    std::int64_t restored = 0;
    std::int64_t refused = 0;
    std::int64_t failed = 0;
    std::int64_t moved = 0;  // a precondition no longer held: planned again at the next round
    std::int64_t conflicts = 0;
    std::vector<Lag> lags;  // of updates
    std::int64_t writes() const { return created + updated + archived + restored; }
    void add(const Applied& other);
};

// What else the round has to do: for its progress.
struct Around {
    std::int64_t done = 0;   // links of the portions before this one
    std::int64_t after = 0;  // of those that are still to come
};

// `seen_from`: when the run began to look at the peers. An error ends the run (dead key, peer unreachable, store gone);
// what was settled before stays settled.
Result<Applied> apply(Context& context, const KnownFields& known, World& world, Proposal& proposal,
                      const std::string& run, Time seen_from, Around around = {});

}  // namespace syncline::sync
