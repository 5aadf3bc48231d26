#include "sim/odoo/detail/store.hpp"

#include <algorithm>

namespace syncline::sim::odoo_detail {
namespace {

const Cell kEmptyCell;
const std::set<std::int64_t> kNoIds;

// What an index finds a value by: ids as they are, text by its hash.
std::int64_t key_of(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text != nullptr ? index_key(*text) : integer(cell);
}

auto position(auto& cells, Slot slot) {
    return std::lower_bound(cells.begin(), cells.end(), slot, [](const auto& cell, Slot s) { return cell.first < s; });
}

}  // namespace

std::int64_t index_key(std::string_view text) {
    return static_cast<std::int64_t>(std::hash<std::string_view>{}(text) | 1);
}

const Cell& Record::get(Slot slot) const {
    const auto it = position(cells, slot);
    return it != cells.end() && it->first == slot ? it->second : kEmptyCell;
}

void Record::set(Slot slot, Cell value) {
    const auto it = position(cells, slot);
    const bool there = it != cells.end() && it->first == slot;
    if (empty(value)) {
        if (there) cells.erase(it);
    } else if (there) {
        it->second = std::move(value);
    } else {
        cells.emplace(it, slot, std::move(value));
    }
}

Store::Store(const Registry& registry)
    : registry_(registry),
      tables_(registry.models().size()),
      pairs_(static_cast<std::size_t>(registry.relation_tables())) {}

const Record* Store::find(const Model& model, std::int64_t id) const {
    const auto& all = rows(model);
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

const std::set<std::int64_t>& Store::referring(const Model& model, const Field& field, std::int64_t target) const {
    const auto& references = tables_[size_t(model.index)].references;
    const auto by_slot = references.find(field.slot);
    if (by_slot == references.end()) return kNoIds;
    const auto it = by_slot->second.find(target);
    return it == by_slot->second.end() ? kNoIds : it->second;
}

const std::set<std::int64_t>& Store::linked(const Field& field, std::int64_t id) const {
    if (field.relation_table < 0) return kNoIds;
    const Pairs& pairs = pairs_[size_t(field.relation_table)];
    const auto& side = field.right_side ? pairs.right : pairs.left;
    const auto it = side.find(id);
    return it == side.end() ? kNoIds : it->second;
}

std::int64_t Store::insert(const Model& model) {
    Table& table = tables_[size_t(model.index)];
    const std::int64_t id = table.next_id++;
    table.rows[id].id = id;
    Undo undo;
    undo.kind = Undo::kInsert;
    undo.table = model.index;
    undo.id = id;
    undo_.push_back(std::move(undo));
    return id;
}

void Store::put(int index, Slot slot, bool reference, std::int64_t id, Cell value) {
    Table& table = tables_[size_t(index)];
    Record& record = table.rows.at(id);
    if (reference) {
        auto& by_target = table.references[slot];
        if (const std::int64_t old = key_of(record.get(slot)); old != 0) by_target[old].erase(id);
        if (const std::int64_t target = key_of(value); target != 0) by_target[target].insert(id);
    }
    record.set(slot, std::move(value));
}

void Store::set(const Model& model, std::int64_t id, const Field& field, Cell value) {
    const Cell& before = rows(model).at(id).get(field.slot);
    if (before == value) return;
    Undo undo;
    undo.table = model.index;
    undo.id = id;
    undo.slot = field.slot;
    undo.reference = field.indexed;
    undo.before = before;
    undo_.push_back(std::move(undo));
    put(model.index, field.slot, field.indexed, id, std::move(value));
}

void Store::pair(int table, std::int64_t left, std::int64_t right, bool present) {
    Pairs& pairs = pairs_[size_t(table)];
    if (present) {
        pairs.left[left].insert(right);
        pairs.right[right].insert(left);
    } else {
        pairs.left[left].erase(right);
        pairs.right[right].erase(left);
    }
}

void Store::link(const Field& field, std::int64_t id, std::int64_t other) {
    if (linked(field, id).contains(other)) return;
    Undo undo;
    undo.kind = Undo::kLink;
    undo.table = field.relation_table;
    undo.id = field.right_side ? other : id;
    undo.other = field.right_side ? id : other;
    pair(undo.table, undo.id, undo.other, true);
    undo_.push_back(std::move(undo));
}

void Store::unlink(const Field& field, std::int64_t id, std::int64_t other) {
    if (!linked(field, id).contains(other)) return;
    Undo undo;
    undo.kind = Undo::kUnlink;
    undo.table = field.relation_table;
    undo.id = field.right_side ? other : id;
    undo.other = field.right_side ? id : other;
    pair(undo.table, undo.id, undo.other, false);
    undo_.push_back(std::move(undo));
}

void Store::erase(const Model& model, std::int64_t id) {
    for (const Field& field : model.fields) {
        if (field.type == Type::kMany2many && field.relation_table >= 0) {
            const std::set<std::int64_t> others = linked(field, id);
            for (const std::int64_t other : others) unlink(field, id, other);
        }
        if (field.indexed && field.stored) set(model, id, field, {});
    }
    Table& table = tables_[size_t(model.index)];
    Undo undo;
    undo.kind = Undo::kErase;
    undo.table = model.index;
    undo.id = id;
    undo.record = std::move(table.rows.at(id));
    table.rows.erase(id);
    undo_.push_back(std::move(undo));
}

void Store::reserve_ids(const Model& model, std::int64_t next) {
    std::int64_t& current = tables_[size_t(model.index)].next_id;
    current = std::max(current, next);
}

void Store::roll_back() {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
        switch (it->kind) {
            case Undo::kSet: put(it->table, it->slot, it->reference, it->id, std::move(it->before)); break;
            case Undo::kInsert: tables_[size_t(it->table)].rows.erase(it->id); break;
            case Undo::kErase: tables_[size_t(it->table)].rows[it->id] = std::move(it->record); break;
            case Undo::kLink: pair(it->table, it->id, it->other, false); break;
            case Undo::kUnlink: pair(it->table, it->id, it->other, true); break;
        }
    }
    undo_.clear();
}

}  // namespace syncline::sim::odoo_detail
