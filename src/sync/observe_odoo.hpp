// Looks at Odoo: one sweep of (id, write_date) per model finds whatever was added, changed, archived or removed; only
// that is read. A cursor over write_date alone would miss late commits; a comparison of the whole set cannot.
#pragma once

#include "sync/context.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

struct OdooSeen {
    std::int64_t records = 0;  // in the sweep
    std::int64_t changed = 0;  // differ from what was seen before
    std::int64_t added = 0;    // links made for records seen the first time
};

// The fields of each entity on this server, by entity name.
using KnownFields = std::map<std::string, profile::OdooFields, std::less<>>;
Result<KnownFields> known_fields(Context& context);

Result<OdooSeen> observe_odoo(Context& context, const KnownFields& known);

// Reads these records again now and saves what was seen: the check right before a write.
Result<std::vector<Observation>> read_odoo_again(Context& context, const KnownFields& known,
                                                 const profile::EntityMap& entity,
                                                 const std::vector<std::int64_t>& ids);

// Odoo's fields for a project's first day, best first: the start of its first cycle.
inline constexpr std::string_view kProjectStartFields[] = {"planned_date_begin", "date_start"};

}  // namespace syncline::sync
