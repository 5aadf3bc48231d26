// Reading: rows, field descriptions, external ids.
#include <fmt/format.h>

#include <algorithm>

#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

Failure forbidden(const Env& env, const Model& model, const Field& field) {
    return access_error(
        fmt::format("You do not have enough rights to access the field \"{}\" on {} ({}). Please contact your system "
                    "administrator.\n\nOperation: read\nUser: {}\nGroups: allowed for groups '{}'",
                    field.name, model.label, model.name, env.uid, field.forbidden_for));
}

}  // namespace

std::vector<const Field*> chosen_fields(const Env& env, const Model& model, const json::Array& names) {
    std::vector<const Field*> fields;
    for (const json::Value& name : names) {
        const Field* field = name.is_string() ? model.find(std::string_view(name.get_string())) : nullptr;
        if (field == nullptr) throw value_error(fmt::format("Invalid field {} on '{}'", python_repr(name), model.name));
        if (!field->forbidden_for.empty()) throw forbidden(env, model, *field);
        fields.push_back(field);
    }
    if (!fields.empty()) return fields;
    for (const Field& field : model.fields) {
        if (field.forbidden_for.empty() && !field.dropped) fields.push_back(&field);
    }
    return fields;
}

namespace {

json::Object describe(const Field& field) {
    json::Object out{{"type", field.type_name},
                     {"string", field.label},
                     {"name", field.name},
                     {"store", field.stored},
                     {"readonly", field.readonly},
                     {"required", field.required},
                     {"searchable", field.searchable},
                     {"sortable", field.sortable},
                     {"company_dependent", field.company_dependent},
                     {"manual", false},
                     {"depends", json::Array{}}};
    if (!field.relation.empty()) {
        out["relation"] = field.relation;
        out["domain"] = json::Array{};
        out["context"] = json::Object{};
    }
    if (!field.inverse.empty()) out["relation_field"] = field.inverse;
    if (!field.related.empty()) out["related"] = field.related;
    if (field.text()) out["translate"] = field.translated;
    if (field.type == Type::kSelection) {
        json::Array options;
        for (const auto& [key, label] : field.selection) options.push_back(json::Array{key, label});
        out["selection"] = std::move(options);
    }
    return out;
}

}  // namespace

json::Array read_rows(const Env& env, const Model& model, const Ids& ids, const json::Array& names, bool plain) {
    const std::vector<const Field*> fields = chosen_fields(env, model, names);
    json::Array rows;
    rows.reserve(ids.size());
    for (const std::int64_t id : ids) {
        const Found record = env.store.find(model, id);
        if (record == nullptr) continue;
        json::Object row;
        row.reserve(fields.size() + 1);
        row["id"] = id;
        for (const Field* field : fields) {
            if (field->name != "id") row[field->name] = show(env, *field, env.get(model, *record, *field), plain);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

json::Object describe_fields(const Model& model, const json::Array& names, const json::Array& attributes) {
    json::Object out;
    const auto wanted = [](const json::Array& list, std::string_view name) {
        return list.empty() || std::any_of(list.begin(), list.end(), [&](const json::Value& v) {
                   return v.is_string() && std::string_view(v.get_string()) == name;
               });
    };
    for (const Field& field : model.fields) {
        if (field.undescribed || field.dropped || !wanted(names, field.name)) continue;
        json::Object& description = out[field.name].emplace_object();
        for (auto& [key, value] : describe(field)) {
            if (wanted(attributes, key)) description[key] = value;
        }
    }
    return out;
}

std::string external_id(const Env& env, const Model& model, std::int64_t id) {
    const Model& data = env.model("ir.model.data");
    for (const std::int64_t row : env.store.referring(data, *data.find("res_id"), id)) {
        if (text(env.get(data, row, "model")) == model.name) return text(env.get(data, row, "complete_name"));
    }
    return "";
}

std::int64_t by_external_id(const Env& env, std::string_view full_name, std::string_view model) {
    const Model& data = env.model("ir.model.data");
    const std::size_t dot = full_name.find('.');
    if (dot == std::string_view::npos) return 0;
    for (const std::int64_t id : env.store.referring(data, *data.find("name"), index_key(full_name.substr(dot + 1)))) {
        const Record row = *env.store.find(data, id);
        if (text(row.get(data.find("module")->slot)) == full_name.substr(0, dot) &&
            text(row.get(data.find("name")->slot)) == full_name.substr(dot + 1)) {
            const bool right = model.empty() || text(row.get(data.find("model")->slot)) == model;
            return right ? integer(row.get(data.find("res_id")->slot)) : 0;
        }
    }
    return 0;
}

}  // namespace syncline::sim::odoo_detail
