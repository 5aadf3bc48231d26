#include "promote/table.hpp"

#include <algorithm>
#include <cstdlib>

#include "promote/detail/described.hpp"

namespace syncline::promote {
namespace {

const std::vector<Table>& tables() {
    static const std::vector<Table> all{detail::tax_table(),     detail::category_table(), detail::customer_table(),
                                        detail::address_table(), detail::product_table(),  detail::variant_table(),
                                        detail::stock_table(),   detail::order_table(),    detail::order_item_table()};
    return all;
}

}  // namespace

std::span<const Table> all_tables() { return tables(); }

const Table& table_of(std::string_view core_table) {
    const auto found = std::ranges::find(tables(), core_table, &Table::core_table);
    if (found == tables().end()) std::abort();  // names come from this table or from what it wrote
    return *found;
}

const std::vector<std::string_view>& promoted_entities() {
    static const std::vector<std::string_view> entities = [] {
        std::vector<std::string_view> names;
        for (const Table& table : tables()) {
            if (names.empty() || names.back() != table.entity) names.push_back(table.entity);
        }
        return names;
    }();
    return entities;
}

bool is_promoted(std::string_view entity) {
    return std::ranges::find(promoted_entities(), entity) != promoted_entities().end();
}

}  // namespace syncline::promote
