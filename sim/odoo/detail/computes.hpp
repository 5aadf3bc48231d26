// The fields whose values follow from other rows.
#pragma once

#include <string_view>

#include "sim/odoo/detail/field.hpp"

namespace syncline::sim::odoo_detail {

Compute compute_of(std::string_view model, std::string_view field);  // nullptr: kept in the row
Compute trade_compute_of(std::string_view model, std::string_view field);

}  // namespace syncline::sim::odoo_detail
