#include <fmt/format.h>

#include <algorithm>

#include "sim/odoo/detail/env.hpp"
#include "sim/odoo/detail/files.hpp"
#include "sim/odoo/detail/hooks.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

bool is_magic(std::string_view field) {
    return field == "id" || field == "create_uid" || field == "create_date" || field == "write_uid" ||
           field == "write_date";
}

const Field& require_field(const Model& model, std::string_view name) {
    const Field* field = model.find(name);
    if (field == nullptr) throw value_error(fmt::format("Invalid field {} in '{}'", python_quote(name), model.name));
    return *field;
}

// Rows that the database deletes with what they belong to.
bool goes_along(std::string_view holder, std::string_view field) {
    struct Owned {
        std::string_view model, field;
    };
    static constexpr Owned kOwned[] = {{"project.milestone", "project_id"},
                                       {"ipai.ship.review", "task_id"},
                                       {"product.product", "product_tmpl_id"},
                                       {"product.template.attribute.line", "product_tmpl_id"},
                                       {"product.template.attribute.value", "attribute_line_id"},
                                       {"product.attribute.value", "attribute_id"},
                                       {"account.payment.term.line", "payment_id"},
                                       {"account.move.line", "move_id"},
                                       {"sale.order.line", "order_id"}};
    return std::any_of(std::begin(kOwned), std::end(kOwned),
                       [&](const Owned& owned) { return owned.model == holder && owned.field == field; });
}

Failure reference_error(const Model& holder, const Field& field) {
    return validation_error(
        fmt::format("The operation cannot be completed: Another model is using the record you are trying to "
                    "delete.\n\nThe troublemaker is: "
                    "'{}' ({})\nThanks to the following constraint: '{}' ({})\nHow about archiving the record instead?",
                    holder.label, holder.name, field.label, field.name));
}

}  // namespace

void Env::require_existing(const Model& model, const Ids& ids) const {
    for (const std::int64_t id : ids) {
        if (store.find(model, id) == nullptr) throw missing_error(model.name, id, uid);
    }
}

void Env::touch(const Model& model, std::int64_t id) {
    store.set(model, id, *model.find("write_date"), now_micros());
    store.set(model, id, *model.find("write_uid"), uid);
}

void Env::put(const Model& model, std::int64_t id, std::string_view field, const Cell& value) {
    store.set(model, id, *model.find(field), value);
    touch(model, id);
}

std::int64_t Env::insert(const Model& model, const json::Object& values) {
    const std::int64_t id = store.insert(model);
    store.set(model, id, *model.find("create_date"), now_micros());
    store.set(model, id, *model.find("create_uid"), uid);
    touch(model, id);
    assign(model, id, values);
    check_required(model, id);
    return id;
}

Ids Env::create(const Model& model, const json::Array& values_list) {
    Ids created;
    std::vector<json::Object> completed;
    for (const json::Value& item : values_list) {
        if (!item.is_object())
            throw type_error("'" + std::string(item.is_array() ? "list" : "str") + "' object is not a mapping");
        for (const auto& [name, value] : item.get_object()) require_field(model, name);
        json::Object values = item.get_object();
        before_create(*this, model, values);
        created.push_back(insert(model, values));
        completed.push_back(std::move(values));
        after_create(*this, model, created.back(), item.get_object());
    }
    return created;
}

void Env::write(const Model& model, const Ids& ids, const json::Object& given) {
    for (const auto& [name, value] : given) require_field(model, name);
    require_existing(model, ids);
    if (ids.empty()) return;
    json::Object values = given;
    Change change = before_write(*this, model, ids, values);
    for (const std::int64_t id : ids) {
        assign(model, id, values);
        touch(model, id);
        check_required(model, id);
    }
    after_write(*this, model, ids, values, change);
}

void Env::assign(const Model& model, std::int64_t id, const json::Object& values) {
    for (const auto& [name, value] : values) {
        if (is_magic(name)) continue;
        const Field& field = require_field(model, name);
        if (field.x2many()) continue;
        if (!field.related.empty()) {
            if (!field.readonly) assign_related(model, id, field, value);
            continue;
        }
        if (!field.stored && field.compute != nullptr) continue;
        Cell cell = to_cell(model, field, value);
        if (field.type == Type::kMany2one && !empty(cell)) {
            const Model* other = registry.find(field.relation);
            if (other != nullptr && store.find(*other, integer(cell)) == nullptr) throw reference_error(model, field);
        }
        if (field.attached) keep_file(*this, model, id, field, cell);
        store.set(model, id, field, cell, field.company_dependent ? company() : 1);
    }
    for (const auto& [name, value] : values) {
        const Field& field = require_field(model, name);
        if (field.x2many()) apply_commands(model, id, field, value);
    }
}

// Writing a field that shows another record's field writes that record, as for a user's name that is his partner's.
void Env::assign_related(const Model& model, std::int64_t id, const Field& field, const json::Value& value) {
    const std::size_t dot = field.related.find('.');
    const Field* first = model.find(field.related.substr(0, dot));
    const Model* next = first == nullptr ? nullptr : registry.find(first->relation);
    if (next == nullptr || dot == std::string::npos || first->type != Type::kMany2one) return;
    const std::string rest = field.related.substr(dot + 1);
    const std::int64_t target = integer(get(model, id, first->name));
    if (target == 0 || rest.find('.') != std::string::npos) return;
    write(*next, {target}, {{rest, value}});
}

void Env::check_required(const Model& model, std::int64_t id) const {
    const Record record = *store.find(model, id);
    for (const Field& field : model.fields) {
        if (!field.required || field.dropped || !field.stored || !field.related.empty() || field.x2many()) continue;
        const bool always_set =
            field.type == Type::kInteger || field.type == Type::kFloat || field.type == Type::kBoolean;
        if (always_set || !empty(record.get(field.slot))) continue;
        throw validation_error(fmt::format(
            "The operation cannot be completed: Missing required value for the field '{}' ({}).\nModel: '{}' ({})\n- "
            "create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, "
            "you can "
            "archive it instead\n",
            field.label, field.name, model.label, model.name));
    }
}

// Database-level effects of a deletion: pointers to the row are emptied, or refuse, or take their row along.
void Env::release_references(const Model& model, std::int64_t id) {
    for (const Model& holder : registry.models()) {
        for (const Field& field : holder.fields) {
            if (field.type != Type::kMany2one || !field.stored || field.relation != model.name) continue;
            const IdSet rows = store.referring(holder, field, id);
            for (const std::int64_t row : rows) {
                if (!field.required) {
                    store.set(holder, row, field, {});
                } else if (goes_along(holder.name, field.name)) {
                    unlink(holder, {row});
                } else {
                    throw reference_error(holder, field);
                }
            }
        }
    }
}

void Env::unlink(const Model& model, const Ids& given) {
    require_existing(model, given);
    const Ids ids = with_dependents(*this, model, given);
    const Change change = before_unlink(*this, model, ids);
    for (const std::int64_t id : ids) {
        if (store.find(model, id) == nullptr) continue;
        release_references(model, id);
        if (store.find(model, id) != nullptr) store.erase(model, id);  // its last part may have taken it along
    }
    after_unlink(*this, model, ids, change);
}

}  // namespace syncline::sim::odoo_detail
