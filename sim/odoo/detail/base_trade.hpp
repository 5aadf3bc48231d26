// What a fresh database holds for the trade models.
#pragma once

#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {

void create_trade_data(Env& env);

}  // namespace syncline::sim::odoo_detail
