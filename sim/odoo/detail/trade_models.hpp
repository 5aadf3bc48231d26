// The trade models: which module brings which, and in what order Odoo shows their records.
#pragma once

#include <span>
#include <string_view>

namespace syncline::sim::odoo_detail {

struct TradeModel {
    std::string_view module, name, label, order, fields, rec_name;
};
std::span<const TradeModel> trade_models();

// Two many2many fields that show one table of pairs from its two ends.
struct FieldPair {
    std::string_view model, field, other_model, other_field;
};
std::span<const FieldPair> trade_pairs();

}  // namespace syncline::sim::odoo_detail
