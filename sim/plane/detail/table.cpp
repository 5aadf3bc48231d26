#include "sim/plane/detail/table.hpp"

#include <algorithm>

namespace syncline::sim::plane {

Row& Table::add(json::Object values) {
    const std::size_t place = rows_.size();
    rows_.push_back(Row{std::move(values), place});
    Row& row = rows_.back();
    by_id_[row.id()] = place;
    by_group_[std::string(row.text(group_field_))].push_back(place);
    reindex(row);
    return row;
}

Row* Table::find_any(std::string_view id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &rows_[found->second];
}

Row* Table::find(std::string_view id) {
    Row* row = find_any(id);
    return row != nullptr && row->living() ? row : nullptr;
}

const Row* Table::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() || !rows_[found->second].living() ? nullptr : &rows_[found->second];
}

std::vector<Row*> Table::of(std::string_view group) {
    std::vector<Row*> out;
    const auto found = by_group_.find(group);
    if (found == by_group_.end()) return out;
    out.reserve(found->second.size());
    for (const std::size_t place : found->second) {
        if (rows_[place].living()) out.push_back(&rows_[place]);
    }
    return out;
}

std::vector<const Row*> Table::of(std::string_view group) const {
    std::vector<const Row*> out;
    const auto found = by_group_.find(group);
    if (found == by_group_.end()) return out;
    out.reserve(found->second.size());
    for (const std::size_t place : found->second) {
        if (rows_[place].living()) out.push_back(&rows_[place]);
    }
    return out;
}

std::vector<Row*> Table::all() {
    std::vector<Row*> out;
    for (Row& row : rows_) {
        if (row.living()) out.push_back(&row);
    }
    return out;
}

std::vector<const Row*> Table::all() const {
    std::vector<const Row*> out;
    for (const Row& row : rows_) {
        if (row.living()) out.push_back(&row);
    }
    return out;
}

std::string Table::pair_key(std::string_view project, std::string_view source, std::string_view id) {
    std::string key(project);
    key += '\n';
    key += source;
    key += '\n';
    key += id;
    return key;
}

void Table::reindex(const Row& row) {
    const auto remember = [&row](std::vector<std::size_t>& places) {
        if (std::find(places.begin(), places.end(), row.serial) == places.end()) places.push_back(row.serial);
    };
    if (!side_field_.empty() && !row.null(side_field_)) remember(by_side_[std::string(row.text(side_field_))]);
    if (row.text("external_id").empty() || row.text("external_source").empty()) return;
    remember(by_pair_[pair_key(row.text("project"), row.text("external_source"), row.text("external_id"))]);
}

std::vector<Row*> Table::beside(std::string_view value) {
    std::vector<Row*> out;
    const auto found = by_side_.find(value);
    if (found == by_side_.end()) return out;
    for (const std::size_t place : found->second) {
        // The index keeps values that a record has lost since.
        if (rows_[place].living() && rows_[place].text(side_field_) == value) out.push_back(&rows_[place]);
    }
    return out;
}

std::vector<const Row*> Table::with_pair(std::string_view project, std::string_view source, std::string_view id) const {
    std::vector<const Row*> out;
    const auto found = by_pair_.find(pair_key(project, source, id));
    if (found == by_pair_.end()) return out;
    for (const std::size_t place : found->second) {
        const Row& row = rows_[place];
        // The index keeps pairs that a record has lost since.
        const bool current = row.text("external_source") == source && row.text("external_id") == id;
        if (row.living() && current) out.push_back(&row);
    }
    return out;
}

}  // namespace syncline::sim::plane
