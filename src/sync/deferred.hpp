// Writes that come after the records themselves are there: cycle membership (many items in one call), the days of
// cycles that are over already, relations, comments.
#pragma once

#include "sync/follower.hpp"
#include "sync/plane_writer.hpp"

namespace syncline::sync {

// Plane freezes a cycle whose last day is over: nothing can be added to it. A past cycle therefore gets its items first
// and its days last.
bool is_cycle_day(const profile::FieldMap& field);
bool closes_cycle(const Context& context, const PlannedLink& planned, const merge::Step& step);

// Settles each field as it is written. `on_failure` decides whether the run goes on. Answers what was written.
Result<Written> carry_out_deferred(Context& context, World& world, PlaneWriter& plane, Settler& settler,
                                   const std::vector<Deferred>& deferred, const OnFailure& on_failure);

}  // namespace syncline::sync
