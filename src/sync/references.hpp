// Which other links a record names: its project, parent, blockers, milestone, on both sides and in what was agreed.
// Pure.
#pragma once

#include "sync/link_table.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

// `odoo` and `plane` may be null.
void add_references(const profile::Profile& profile, const profile::EntityMap& entity, const profile::OdooFields& known,
                    const Link& link, const Observation* odoo, const Observation* plane, References& references);

}  // namespace syncline::sync
