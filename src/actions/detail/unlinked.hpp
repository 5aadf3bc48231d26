// Why a record has no link: it exists in Plane only, or Odoo's sweep does not take it.
#pragma once

#include <optional>

#include "actions/services.hpp"

namespace syncline::actions::detail {

// Whether a record of Odoo takes part, by asking Odoo now.
enum class Part {
    kUnknown,   // Odoo could not be asked
    kNowhere,   // it is not there, or our key may not see it
    kFiltered,  // it is there, and the profile's filter leaves it out
    kTakesPart,
};
Part takes_part(Services& services, const profile::EntityMap& entity, const std::string& odoo_id);

// For what names a record and has no link; none when it names no record. kNotFound when Odoo has no such record.
Result<std::optional<Explanation>> explain_unlinked(Services& services, const std::string& what);

}  // namespace syncline::actions::detail
