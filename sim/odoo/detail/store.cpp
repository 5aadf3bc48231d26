#include "sim/odoo/detail/store.hpp"

#include <algorithm>

namespace syncline::sim::odoo_detail {
namespace {

const IdSet kNobody;
const std::shared_ptr<const IdSet> kNoPairs;

}  // namespace

Slot company_slot(const Model& model, const Field& field, std::int64_t company) {
    return company <= 1 ? field.slot : static_cast<Slot>(model.stride * std::size_t(company - 1) + field.slot);
}

Store::Store(const Registry& registry) : registry_(registry), pointing_(registry.models().size()) {
    for (const Model& model : registry.models()) {
        tables_.push_back(std::make_shared<Table>(model));
        for (const Field& field : model.fields) {
            const Model* other = field.relation_table < 0 ? nullptr : registry.find(field.relation);
            if (other != nullptr && !field.right_side && !field.paired)
                pointing_[std::size_t(other->index)].push_back(&field);
        }
    }
    for (int i = 0; i < registry.relation_tables(); ++i) pairs_.push_back(std::make_shared<Pairs>());
}

// A snapshot may hold it too: then it is copied before the first write.
Table& Store::table(int index) {
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

Found Store::find(const Model& model, std::int64_t id) const {
    const Table& all = rows_of(model);
    const std::size_t place = all.place_of(id);
    if (place == all.places()) return nullptr;
    return Record{id, &all, place};
}

const IdSet& Store::Pairs::from_right(std::int64_t id) const {
    if (!turned) {
        turned = true;
        for (std::int64_t from = 0; from < left_end; ++from) {
            const Shared& others = left.at(std::size_t(from), kNoPairs);
            if (others == nullptr) continue;
            for (const std::int64_t other : *others) right[other].insert(from);
        }
    }
    const auto it = right.find(id);
    return it == right.end() ? kNobody : it->second;
}

const IdSet& Store::linked(const Field& field, std::int64_t id) const {
    if (field.relation_table < 0 || id < 0) return kNobody;
    const Pairs& both = *pairs_[size_t(field.relation_table)];
    if (field.right_side) return both.from_right(id);
    const Shared& others = both.left.at(std::size_t(id), kNoPairs);
    return others == nullptr ? kNobody : *others;
}

std::int64_t Store::insert(const Model& model) {
    Table& rows = table(model.index);
    const std::int64_t id = rows.next_id++;
    undo_.push_back({.kind = Undo::kInsert, .table = model.index, .id = id, .place = rows.add(id)});
    return id;
}

void Store::set(const Model& model, std::int64_t id, const Field& field, const Cell& value, std::int64_t company) {
    const Slot slot = company_slot(model, field, company);
    const std::size_t place = rows_of(model).place_of(id);
    Cell before = rows_of(model).get(place, slot);
    if (before == value) return;
    table(model.index).set(place, slot, value);
    undo_.push_back({.kind = Undo::kSet,
                     .table = model.index,
                     .id = id,
                     .slot = slot,
                     .place = place,
                     .before = std::move(before)});
}

void Store::pair(int table, std::int64_t left, std::int64_t right, bool present) {
    Pairs& both = pairs(table);
    const Shared& now = both.left.at(std::size_t(left), kNoPairs);
    auto changed = now == nullptr ? std::make_shared<IdSet>() : std::make_shared<IdSet>(*now);
    if (present) {
        changed->insert(right);
        both.left_end = std::max(both.left_end, left + 1);
        if (both.turned) both.right[right].insert(left);
    } else {
        changed->erase(right);
        if (both.turned) both.right[right].erase(left);
    }
    both.left.set(std::size_t(left), changed->empty() ? Shared{} : Shared{std::move(changed)}, kNoPairs);
}

void Store::note_pair(Undo::Kind kind, const Field& field, std::int64_t id, std::int64_t other) {
    const std::int64_t left = field.right_side ? other : id;
    const std::int64_t right = field.right_side ? id : other;
    pair(field.relation_table, left, right, kind == Undo::kLink);
    undo_.push_back({.kind = kind, .table = field.relation_table, .id = left, .other = right, .field = &field});
}

void Store::link(const Field& field, std::int64_t id, std::int64_t other) {
    if (!linked(field, id).contains(other)) note_pair(Undo::kLink, field, id, other);
}

void Store::unlink(const Field& field, std::int64_t id, std::int64_t other) {
    if (linked(field, id).contains(other)) note_pair(Undo::kUnlink, field, id, other);
}

void Store::bulk_link(const Field& field, std::int64_t from, std::int64_t to, const Ids& others) {
    Pairs& both = pairs(field.relation_table);
    auto all = std::make_shared<IdSet>();
    for (const std::int64_t other : others) all->insert(other);
    both.left.fill(std::size_t(from), std::size_t(to), Shared{std::move(all)}, kNoPairs);
    both.left_end = std::max(both.left_end, to);
    both.turned = false;
    both.right.clear();
}

void Store::erase(const Model& model, std::int64_t id) {
    for (const Field& field : model.fields) {
        if (field.type != Type::kMany2many || field.relation_table < 0) continue;
        const IdSet others = linked(field, id);
        for (const std::int64_t other : others) unlink(field, id, other);
    }
    for (const Field* field : pointing_[std::size_t(model.index)]) {
        const IdSet holders = pairs_[std::size_t(field->relation_table)]->from_right(id);
        for (const std::int64_t holder : holders) unlink(*field, holder, id);
    }
    Table& rows = table(model.index);
    const std::size_t place = rows.place_of(id);
    rows.bury(place);
    undo_.push_back({.kind = Undo::kErase, .table = model.index, .id = id, .place = place});
}

void Store::reserve_ids(const Model& model, std::int64_t next) {
    std::int64_t& current = table(model.index).next_id;
    current = std::max(current, next);
}

void Store::roll_back() {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
        switch (it->kind) {
            case Undo::kSet: table(it->table).set(it->place, it->slot, it->before); break;
            case Undo::kInsert: table(it->table).bury(it->place); break;
            case Undo::kErase: table(it->table).revive(it->place); break;
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
            if (undo.kind == Undo::kSet) noted.fields.insert(model->fields[undo.slot % model->stride].name);
        }
    }
    return notebook.take();
}

}  // namespace syncline::sim::odoo_detail
