// What must hold when all is quiet:
//
//   P3  each value that the program overwrote is in the ledger as a loser
//   P4  both sides show the same, field by field, or the store says why not
//   P5  each receipt, job and observation has come to an end that says its reason
#pragma once

#include "access/scope.hpp"
#include "simulation/judge.hpp"
#include "simulation/store.hpp"

namespace syncline::simulation {

// Adds to the judge's violations. An error is one of the store.
Result<void> give_verdict(Judge& judge, Savepoints& store, const access::Scope& scope, sim::PlaneServer& plane,
                          const std::vector<std::int64_t>& accepted_receipts);

}  // namespace syncline::simulation
