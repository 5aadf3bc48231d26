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

Slot company_slot(const Model& model, const Field& field, std::int64_t company) {
    return company <= 1 ? field.slot : static_cast<Slot>(model.fields.size() * std::size_t(company - 1) + field.slot);
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

Store::Store(const Registry& registry) : registry_(registry) {
    for (std::size_t i = 0; i < registry.models().size(); ++i) tables_.push_back(std::make_shared<Table>());
    for (int i = 0; i < registry.relation_tables(); ++i) pairs_.push_back(std::make_shared<Pairs>());
}

// A snapshot may hold it too: then it is copied before the first write.
Store::Table& Store::table(int index) {
    std::shared_ptr<const Table>& place = tables_[size_t(index)];
    if (place.use_count() > 1) place = std::make_shared<Table>(*place);
    return const_cast<Table&>(*place);  // nobody else has it
}

Store::Pairs& Store::pairs(int index) {
    std::shared_ptr<const Pairs>& place = pairs_[size_t(index)];
    if (place.use_count() > 1) place = std::make_shared<Pairs>(*place);
    return const_cast<Pairs&>(*place);
}

Store::Snapshot Store::snapshot() const {
    Snapshot taken;
    taken.tables_ = tables_;
    taken.pairs_ = pairs_;
    taken.serial_ = serial_;
    return taken;
}

void Store::restore(const Snapshot& snapshot) {
    undo_.clear();
    tables_ = snapshot.tables_;
    pairs_ = snapshot.pairs_;
    serial_ = snapshot.serial_;
}

const Record* Store::find(const Model& model, std::int64_t id) const {
    const auto& all = rows(model);
    const auto it = all.find(id);
    return it == all.end() ? nullptr : &it->second;
}

const std::set<std::int64_t>& Store::referring(const Model& model, const Field& field, std::int64_t target) const {
    const auto& references = tables_[size_t(model.index)]->references;
    const auto by_slot = references.find(field.slot);
    if (by_slot == references.end()) return kNoIds;
    const auto it = by_slot->second.find(target);
    return it == by_slot->second.end() ? kNoIds : it->second;
}

const std::set<std::int64_t>& Store::linked(const Field& field, std::int64_t id) const {
    if (field.relation_table < 0) return kNoIds;
    const Pairs& both = *pairs_[size_t(field.relation_table)];
    const auto& side = field.right_side ? both.right : both.left;
    const auto it = side.find(id);
    return it == side.end() ? kNoIds : it->second;
}

std::int64_t Store::insert(const Model& model) {
    Table& rows = table(model.index);
    const std::int64_t id = rows.next_id++;
    rows.rows[id].id = id;
    Undo undo;
    undo.kind = Undo::kInsert;
    undo.table = model.index;
    undo.id = id;
    undo_.push_back(std::move(undo));
    return id;
}

void Store::put(int index, Slot slot, bool reference, std::int64_t id, Cell value) {
    Table& rows = table(index);
    Record& record = rows.rows.at(id);
    if (reference) {
        auto& by_target = rows.references[slot];
        if (const std::int64_t old = key_of(record.get(slot)); old != 0) by_target[old].erase(id);
        if (const std::int64_t target = key_of(value); target != 0) by_target[target].insert(id);
    }
    record.set(slot, std::move(value));
}

void Store::set(const Model& model, std::int64_t id, const Field& field, Cell value, std::int64_t company) {
    const Slot slot = company_slot(model, field, company);
    const Cell& before = rows(model).at(id).get(slot);
    if (before == value) return;
    Undo undo;
    undo.table = model.index;
    undo.id = id;
    undo.slot = slot;
    undo.reference = field.indexed;
    undo.before = before;
    undo_.push_back(std::move(undo));
    put(model.index, slot, field.indexed, id, std::move(value));
}

void Store::pair(int table, std::int64_t left, std::int64_t right, bool present) {
    Pairs& both = pairs(table);
    if (present) {
        both.left[left].insert(right);
        both.right[right].insert(left);
    } else {
        both.left[left].erase(right);
        both.right[right].erase(left);
    }
}

void Store::link(const Field& field, std::int64_t id, std::int64_t other) {
    if (linked(field, id).contains(other)) return;
    Undo undo;
    undo.kind = Undo::kLink;
    undo.table = field.relation_table;
    undo.id = field.right_side ? other : id;
    undo.other = field.right_side ? id : other;
    undo.field = &field;
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
    undo.field = &field;
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
    Table& rows = table(model.index);
    Undo undo;
    undo.kind = Undo::kErase;
    undo.table = model.index;
    undo.id = id;
    undo.record = std::move(rows.rows.at(id));
    rows.rows.erase(id);
    undo_.push_back(std::move(undo));
}

void Store::reserve_ids(const Model& model, std::int64_t next) {
    std::int64_t& current = table(model.index).next_id;
    current = std::max(current, next);
}

void Store::roll_back() {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
        switch (it->kind) {
            case Undo::kSet: put(it->table, it->slot, it->reference, it->id, std::move(it->before)); break;
            case Undo::kInsert: table(it->table).rows.erase(it->id); break;
            case Undo::kErase: table(it->table).rows[it->id] = std::move(it->record); break;
            case Undo::kLink: pair(it->table, it->id, it->other, false); break;
            case Undo::kUnlink: pair(it->table, it->id, it->other, true); break;
        }
    }
    undo_.clear();
}

namespace {

class Notebook {
public:
    Noted& of(const Model& model, std::int64_t id) {
        const auto [place, fresh] = places_.try_emplace({model.index, id}, all_.size());
        if (fresh) all_.push_back({&model, id, Noted::kWritten, {}});
        return all_[place->second];
    }
    std::vector<Noted> take() { return std::move(all_); }

private:
    std::map<std::pair<int, std::int64_t>, std::size_t> places_;
    std::vector<Noted> all_;
};

}  // namespace

std::vector<Noted> Store::changes(const std::vector<const Model*>& watched) const {
    Notebook notebook;
    const auto is_of = [](const Field* field, const Model& model) {
        return field >= model.fields.data() && field < model.fields.data() + model.fields.size();
    };
    for (const Undo& undo : undo_) {
        for (const Model* model : watched) {
            if (undo.field != nullptr) {
                const std::int64_t id = undo.field->right_side ? undo.other : undo.id;
                if (is_of(undo.field, *model)) notebook.of(*model, id).fields.insert(undo.field->name);
                continue;
            }
            if (model->index != undo.table) continue;
            Noted& noted = notebook.of(*model, undo.id);
            if (undo.kind == Undo::kInsert) noted.kind = Noted::kCreated;
            if (undo.kind == Undo::kErase) noted.kind = Noted::kDeleted;
            if (undo.kind == Undo::kSet) noted.fields.insert(model->fields[undo.slot % model->fields.size()].name);
        }
    }
    return notebook.take();
}

}  // namespace syncline::sim::odoo_detail
