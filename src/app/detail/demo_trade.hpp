// The demo's trade, in a real Odoo that has the modules for it: customers, products, stock, orders, invoices.
#pragma once

#include "odoo/client.hpp"

namespace syncline::app::detail {

// Makes it unless it is there already. False when nothing was made: it is there, or Odoo does not sell.
Result<bool> fill_real_trade(odoo::Client& odoo);

}  // namespace syncline::app::detail
