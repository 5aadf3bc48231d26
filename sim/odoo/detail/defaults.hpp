// The values that Odoo takes where the caller names none.
#pragma once

#include <span>
#include <string_view>

namespace syncline::sim::odoo_detail {

struct Default {
    std::string_view model, field, value;  // the value as JSON
};
std::span<const Default> trade_defaults();
// "" when there is none that is the same for everybody.
std::string_view default_of(std::string_view model, std::string_view field);

}  // namespace syncline::sim::odoo_detail
