// Plane records without a link: those that carry our external id belong to an Odoo record (a creation whose answer was
// lost, or a store that was made anew) and are adopted; all others are orphans.
#pragma once

#include "sync/context.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

struct Adopted {
    std::int64_t adopted = 0;
    std::int64_t orphans = 0;
};
// `seen` are records of `entity`. Orphans are registered when they have a `project`.
Result<Adopted> adopt_or_register(pg::Transaction& tx, const Context& context, const profile::EntityMap& entity,
                                  const std::string& project, const std::vector<Observation>& seen);

// Items whose relations are part of their link's base, those not looked at for the longest time first.
Result<std::vector<std::string>> items_with_relations(pg::Transaction& tx, const access::Scope& scope,
                                                      std::string_view entity, std::string_view project, int rows_max);

}  // namespace syncline::sync
