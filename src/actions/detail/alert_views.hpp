// Alerts as actions answer them. Pure.
#pragma once

#include "actions/proof_types.hpp"
#include "alerts/alert.hpp"

namespace syncline::actions::detail {

AlertView alert_view(const alerts::KeptAlert& kept);

}  // namespace syncline::actions::detail
