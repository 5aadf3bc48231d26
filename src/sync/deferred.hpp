// Writes that come after the records themselves are there: cycle membership (many items in one call), the days of
// cycles that are over already, relations, comments.
#pragma once

#include <functional>

#include "sync/plane_writer.hpp"

namespace syncline::sync {

struct Deferred {
    PlannedLink* planned = nullptr;
    merge::FieldChange change;
};

// Plane freezes a cycle whose last day is over: nothing can be added to it. A past cycle therefore gets its items first
// and its days last.
bool is_cycle_day(const profile::FieldMap& field);
bool closes_cycle(const Context& context, const PlannedLink& planned, const merge::Step& step);

using OnFailure = std::function<Result<void>(PlannedLink& planned, const Error& error)>;

// Settles each field as it is written. `on_failure` decides whether the run goes on. Answers what was written.
using Written = std::set<const PlannedLink*>;
Result<Written> carry_out_deferred(Context& context, World& world, PlaneWriter& plane,
                                   const std::vector<Deferred>& deferred, const std::string& run,
                                   const OnFailure& on_failure);

}  // namespace syncline::sync
