// Sums that Odoo makes itself, beside those of what is mirrored. One call each.
#pragma once

#include "mirror/validation.hpp"

namespace syncline::mirror::detail {

// What lies and what is reserved, by location. Evidence: locations that differ, kLocationsNamedMax of them.
inline constexpr std::size_t kLocationsNamedMax = 10;
Result<Check> live_inventory(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope);

}  // namespace syncline::mirror::detail
