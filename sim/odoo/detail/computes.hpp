// The fields whose values follow from other rows.
#pragma once

#include <span>
#include <string_view>

#include "sim/odoo/detail/field.hpp"

namespace syncline::sim::odoo_detail {

struct Computed {
    std::string_view model, field;
    Compute compute;
};
std::span<const Computed> trade_computes();

Compute compute_of(std::string_view model, std::string_view field);  // nullptr: kept in the row

}  // namespace syncline::sim::odoo_detail
