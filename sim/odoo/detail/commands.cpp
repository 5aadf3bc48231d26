// The commands that change one2many and many2many fields.
#include <fmt/format.h>

#include <algorithm>

#include "sim/odoo/detail/hooks.hpp"

namespace syncline::sim::odoo_detail {
namespace {

Failure wrong_command(const Model& model, const Field& field, const json::Value& value) {
    return value_error(fmt::format("Wrong value for {}.{}: {}", model.name, field.name, python_repr(value)));
}

}  // namespace

void Env::attach(const Model& model, std::int64_t id, const Field& field, std::int64_t other) {
    const Model* comodel = registry.find(field.relation);
    if (field.type == Type::kMany2many) {
        if (comodel != nullptr && store.find(*comodel, other) == nullptr)
            throw missing_error(comodel->name, other, uid);
        store.link(field, id, other);
        after_link(*this, model, field, id, other);
    } else if (comodel != nullptr) {
        write(*comodel, {other}, {{field.inverse, id}});
    }
}

void Env::detach(const Model& model, std::int64_t id, const Field& field, std::int64_t other) {
    if (field.type == Type::kMany2many) {
        store.unlink(field, id, other);
        return;
    }
    const Model* comodel = registry.find(field.relation);
    if (comodel == nullptr || store.find(*comodel, other) == nullptr) return;
    const Field* inverse = comodel->find(field.inverse);
    // A row that cannot live without its parent is deleted instead.
    if (inverse != nullptr && inverse->required) {
        unlink(*comodel, {other});
    } else {
        write(*comodel, {other}, {{field.inverse, false}});
    }
    (void)model;
}

void Env::command(const Model& model, std::int64_t id, const Field& field, const json::Array& command) {
    const Model* comodel = registry.find(field.relation);
    const auto number = [&](std::size_t at) {
        return command.size() > at && command[at].is_int64() ? command[at].get_int64() : 0;
    };
    const auto present = [&] { return raw_ids(model, *store.find(model, id), field); };
    switch (number(0)) {
        case 0: {
            if (comodel == nullptr || command.size() < 3 || !command[2].is_object()) break;
            json::Object values = command[2].get_object();
            if (field.type == Type::kOne2many) values[field.inverse] = id;
            const Ids created = create(*comodel, {values});
            if (field.type == Type::kMany2many) attach(model, id, field, created.front());
            return;
        }
        case 1:
            if (comodel == nullptr || command.size() < 3 || !command[2].is_object()) break;
            write(*comodel, {number(1)}, command[2].get_object());
            return;
        case 2:
            if (field.type == Type::kMany2many) detach(model, id, field, number(1));
            if (comodel != nullptr && store.find(*comodel, number(1)) != nullptr) unlink(*comodel, {number(1)});
            return;
        case 3: detach(model, id, field, number(1)); return;
        case 4: attach(model, id, field, number(1)); return;
        case 5:
        case 6: {
            Ids wanted;
            if (number(0) == 6) {
                if (command.size() < 3 || !command[2].is_array()) break;
                for (const json::Value& other : command[2].get_array())
                    wanted.push_back(other.is_int64() ? other.get_int64() : 0);
            }
            for (const std::int64_t other : present()) {
                if (std::find(wanted.begin(), wanted.end(), other) == wanted.end()) detach(model, id, field, other);
            }
            const Ids kept = present();
            for (const std::int64_t other : wanted) {
                if (std::find(kept.begin(), kept.end(), other) == kept.end()) attach(model, id, field, other);
            }
            return;
        }
        default: break;
    }
    throw wrong_command(model, field, json::Value(command));
}

void Env::apply_commands(const Model& model, std::int64_t id, const Field& field, const json::Value& value) {
    if (value.is_null() || (value.is_bool() && !value.get_bool())) {
        command(model, id, field, {5, 0, 0});
        return;
    }
    if (!value.is_array()) throw wrong_command(model, field, value);
    const json::Array& list = value.get_array();
    const bool plain =
        !list.empty() && std::all_of(list.begin(), list.end(), [](const json::Value& v) { return v.is_int64(); });
    if (plain || list.empty()) {
        if (plain || field.type == Type::kMany2many) command(model, id, field, {6, 0, list});
        return;
    }
    for (const json::Value& item : list) {
        if (!item.is_array()) throw wrong_command(model, field, value);
        command(model, id, field, item.get_array());
    }
}

}  // namespace syncline::sim::odoo_detail
