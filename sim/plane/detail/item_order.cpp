// The orders of work items that are no plain columns: by priority, by the state, by names.
#include <algorithm>
#include <array>

#include "sim/plane/detail/items.hpp"

namespace syncline::sim::plane {
namespace {

template <std::size_t N>
std::string rank(const std::array<std::string_view, N>& order, std::string_view text) {
    const auto found = std::find(order.begin(), order.end(), text);
    return std::string(1, static_cast<char>('a' + (found - order.begin())));
}

std::string smallest_name(World& world, std::string_view table, std::string_view column, const json::Value& ids) {
    std::string best;
    for (const json::Value& id : ids.as_array()) {
        const Row* row = world.table_of(table)->find_any(std::string_view(id.get_string()));
        if (row != nullptr && (best.empty() || row->text(column) > best)) best = std::string(row->text(column));
    }
    return best;
}

std::optional<std::string> special_key(World& world, const Row& row, std::string_view name) {
    constexpr std::array<std::string_view, 5> kPriorities{"urgent", "high", "medium", "low", "none"};
    constexpr std::array<std::string_view, 5> kGroups{"backlog", "unstarted", "started", "completed", "cancelled"};
    if (name == "priority") return rank(kPriorities, row.text("priority"));
    if (name == "state__name" || name == "state__group") {
        const Row* state = world.b.states.find_any(row.text("state"));
        return rank(kGroups, state == nullptr ? std::string_view() : state->text("group"));
    }
    if (name == "labels__name") return smallest_name(world, "label", "name", row.v.at("labels"));
    if (name == "assignees__first_name") return smallest_name(world, "user", "first_name", row.v.at("assignees"));
    return std::nullopt;
}

}  // namespace

bool order_items(World& world, Rows& rows, std::string_view order_by) {
    if (order_by == "-created_at") {
        newest_first(rows);
        return true;
    }
    const bool down = !order_by.empty() && order_by.front() == '-';
    const std::string_view name = down ? order_by.substr(1) : order_by;
    const Row probe{blank_row(kItemModel), 0};
    if (!special_key(world, probe, name)) return order_rows(rows, kItemModel, order_by);
    std::vector<std::pair<std::string, const Row*>> keyed;
    keyed.reserve(rows.size());
    for (const Row* row : rows) keyed.emplace_back(*special_key(world, *row, name), row);
    std::stable_sort(keyed.begin(), keyed.end(),
                     [down](const auto& a, const auto& b) { return down ? a.first > b.first : a.first < b.first; });
    for (std::size_t i = 0; i < keyed.size(); ++i) rows[i] = keyed[i].second;
    return true;
}

}  // namespace syncline::sim::plane
