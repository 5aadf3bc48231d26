// Which recordings concern what the simulated Odoo claims to do, and which differences are known.
#pragma once

#include "odoo_exchange.hpp"

namespace syncline::conformance {

// Why a recording is outside of the simulation; "" when it is inside.
std::string outside_odoo(const Registry& registry, const Recording& recording, const Exchange& exchange);

// Why this difference is known and accepted; "" when it is not. It counts as a mismatch all the same.
std::string explained_odoo(const Recording& recording, const std::string& detail);

}  // namespace syncline::conformance
