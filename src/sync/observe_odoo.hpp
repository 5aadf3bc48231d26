// Looks at Odoo: one sweep of (id, write_date) per model finds whatever was added, changed, archived or removed; only
// that is read. A cursor over write_date alone would miss late commits; a comparison of the whole set cannot.
// A look at named records is the same sweep over their ids only.
#pragma once

#include "sync/hint.hpp"
#include "sync/odoo_models.hpp"

namespace syncline::sync {

struct OdooSeen {
    std::int64_t records = 0;  // in the sweep
    std::int64_t changed = 0;  // differ from what was seen before
    std::int64_t added = 0;    // links made for records seen the first time
    std::vector<Hint> found;   // those that differ, kFoundMax at most
    void add(const OdooSeen& other);
};

Result<KnownFields> known_fields(Context& context);

Result<OdooSeen> observe_odoo(Context& context, const KnownFields& known);

// The records that `hints` name (others than Odoo's are passed over); a list such as res.users as a whole.
// kInvalid for an id that is no number.
Result<OdooSeen> look_at_odoo(Context& context, const KnownFields& known, const std::vector<Hint>& hints);

// Reads these records again now, with what they name anew, and saves what was seen: the check right before a write.
Result<std::vector<Observation>> read_odoo_again(Context& context, const KnownFields& known,
                                                 const profile::EntityMap& entity,
                                                 const std::vector<std::int64_t>& ids);

}  // namespace syncline::sync
