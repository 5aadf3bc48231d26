// Which Odoo companies an org may claim: a company of a server belongs to one org, or two would read each other's rows.
#pragma once

#include "mirror/scope.hpp"

namespace syncline::mirror {

// What the org's settings name, or, where they name none and the store has a single org, all that the key may see.
// Maps them when the org has none yet, or lacks some that are named. Asks Odoo only then.
// kNotConfigured when nothing is named and several orgs share the store; kForbidden for a company that the key does not
// see, or that another org has.
Result<std::vector<Company>> claim_companies(pg::Database& database, odoo::Client& client, const Source& source,
                                             std::string_view server, const std::vector<std::int64_t>& named);

}  // namespace syncline::mirror
