#include "sim/odoo/detail/row_text.hpp"

#include <bit>

#include "sim/odoo/detail/json_text.hpp"
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {

RowText::RowText(const Env& env, const Model& model, const json::Array& fields, bool plain)
    : env_(env), model_(model), plain_(plain) {
    for (const Field* field : chosen_fields(env, model, fields)) {
        if (field->name == "id") continue;
        columns_.push_back(column_of(model, *field));
        columns_.back().key = ", \"" + field->name + "\": ";
    }
}

RowText::Column RowText::column_of(const Model& model, const Field& field) const {
    Column column;
    column.field = &field;
    column.model = &model;
    column.table = &env_.store.rows_of(model);
    column.slot = field.slot;
    const bool sized = field.type == Type::kBinary && env_.context.bin_size;
    if (field.compute != nullptr || sized || field.name == "id" || field.name == "display_name") return column;
    if (!field.related.empty()) {
        const std::size_t dot = field.related.find('.');
        const Field* first = model.find(field.related.substr(0, dot));
        const Model* other = first == nullptr ? nullptr : env_.registry.find(first->relation);
        const bool step = dot != std::string::npos && other != nullptr && first->type == Type::kMany2one &&
                          first->stored && first->compute == nullptr && first->related.empty() &&
                          !first->company_dependent && field.related.find('.', dot + 1) == std::string::npos;
        const Field* last = step ? other->find(field.related.substr(dot + 1)) : nullptr;
        if (last == nullptr || last->type != field.type) return column;
        column.how = Column::kStep;
        column.slot = first->slot;
        column.next = std::make_shared<Column>(column_of(*other, *last));
        column.next_table = &env_.store.rows_of(*other);
        return column;
    }
    if (field.type == Type::kMany2many) {
        column.how = Column::kPairs;
        return column;
    }
    if (field.x2many()) return column;
    column.how = Column::kKept;
    if (field.company_dependent) column.slot = company_slot(model, field, env_.company());
    return column;
}

void RowText::write_nothing(std::string& out, const Field& field) const {
    switch (field.type) {
        case Type::kInteger:
        case Type::kReference: out += '0'; break;
        case Type::kFloat: out += "0.0"; break;
        case Type::kOne2many:
        case Type::kMany2many:
        case Type::kProperties: out += "[]"; break;
        default: out += "false";
    }
}

void RowText::write_reference(std::string& out, const Field& field, std::int64_t id) const {
    if (plain_) {
        write_number(out, id);
        return;
    }
    const Model* other = env_.registry.find(field.relation);
    if (other == nullptr) {
        write_json(out, show(env_, field, Cell{id}, false));
        return;
    }
    std::string& name = names_[other][id];
    if (name.empty()) {
        name = "[" + std::to_string(id) + ", ";
        write_text(name, env_.display_name(*other, id));
        name += ']';
    }
    out += name;
}

void RowText::write_kept(std::string& out, const Column& column, std::size_t place) const {
    const Field& field = *column.field;
    if (column.table->kind(column.slot) == Table::Kind::kText) {
        const Text& text = column.table->text(place, column.slot);
        if (text.none()) {
            write_nothing(out, field);
        } else if (field.type == Type::kJson || field.type == Type::kProperties) {
            write_json(out, show(env_, field, Cell{std::string(text.view())}, plain_));
        } else {
            write_text(out, text.view());
        }
        return;
    }
    const std::int64_t word = column.table->word(place, column.slot);
    if (word == Table::kNone) return write_nothing(out, field);
    switch (field.type) {
        case Type::kBoolean: out += word != 0 ? "true" : "false"; break;
        case Type::kFloat: write_real(out, std::bit_cast<double>(word)); break;
        case Type::kDatetime: write_moment(out, word); break;
        case Type::kMany2one: write_reference(out, field, word); break;
        default: write_number(out, word);
    }
}

void RowText::write_pairs(std::string& out, const Column& column, const Record& record) const {
    const IdSet& others = env_.store.linked(*column.field, record.id);
    const Model* other = env_.registry.find(column.field->relation);
    if (others.empty()) {
        out += "[]";
    } else if (others.size() == 1 && (other == nullptr || !other->has_active)) {
        out += '[';
        write_number(out, *others.begin());
        out += ']';
    } else {
        write_json(out, show(env_, *column.field, env_.get(*column.model, record, *column.field), plain_));
    }
}

void RowText::write_value(std::string& out, const Column& column, const Record& record) const {
    switch (column.how) {
        case Column::kKept: write_kept(out, column, record.place); break;
        case Column::kPairs: write_pairs(out, column, record); break;
        case Column::kStep: {
            const std::int64_t id = column.table->word(record.place, column.slot);
            const std::size_t place =
                id == Table::kNone ? column.next_table->places() : column.next_table->place_of(id);
            if (place == column.next_table->places()) {
                write_nothing(out, *column.field);
            } else {
                write_value(out, *column.next, {id, column.next_table, place});
            }
            break;
        }
        case Column::kAsked:
            write_json(out, show(env_, *column.field, env_.get(*column.model, record, *column.field), plain_));
    }
}

void RowText::write(std::string& out, const Ids& ids) const {
    const Table& table = env_.store.rows_of(model_);
    out += '[';
    bool first = true;
    for (const std::int64_t id : ids) {
        const std::size_t place = table.place_of(id);
        if (place == table.places()) continue;
        out += first ? "{\"id\": " : ", {\"id\": ";
        first = false;
        write_number(out, id);
        for (const Column& column : columns_) {
            out += column.key;
            write_value(out, column, {id, &table, place});
        }
        out += '}';
    }
    out += ']';
}

}  // namespace syncline::sim::odoo_detail
