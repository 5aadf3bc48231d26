// Writes that come after the records themselves are there: cycle membership (many items in one call), relations,
// comments.
#pragma once

#include <functional>

#include "sync/planning.hpp"

namespace syncline::sync {

struct Deferred {
    PlannedLink* planned = nullptr;
    merge::FieldChange change;
};

using OnFailure = std::function<Result<void>(PlannedLink& planned, const Error& error)>;

// Settles each field as it is written. `on_failure` decides whether the run goes on.
Result<void> carry_out_deferred(Context& context, World& world, const std::vector<Deferred>& deferred,
                                const std::string& run, const OnFailure& on_failure);

}  // namespace syncline::sync
