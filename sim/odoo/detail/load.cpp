// load(): import rows of text, creating or updating by external id.
#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/odoo/detail/methods.hpp"

namespace syncline::sim::odoo_detail {
namespace {

struct ImportError {
    std::string field;
    std::string label;
    std::string relation;
    std::string message;
};

json::Object error_message(const ImportError& error, std::int64_t row) {
    json::Object out{{"rows", json::Object{{"from", row}, {"to", row}}},
                     {"type", "error"},
                     {"record", row},
                     {"message", error.message}};
    if (error.field.empty()) return out;
    out["field"] = error.field;
    out["field_name"] = error.label;
    if (!error.relation.empty()) {
        out["moreinfo"] = json::Object{{"name", "Possible Values"},
                                       {"type", "ir.actions.act_window"},
                                       {"target", "new"},
                                       {"view_mode", "list,form"},
                                       {"views", json::Array{json::Array{false, "list"}, json::Array{false, "form"}}},
                                       {"context", json::Object{{"create", false}}},
                                       {"help", "See all possible values"},
                                       {"res_model", "ir.model.data"},
                                       {"domain", list_of(json::Array{"model", "=", error.relation})}};
    }
    return out;
}

std::int64_t find_reference(const Env& env, const Field& field, std::string_view how, const json::Value& value) {
    const std::string text = value.is_string() ? std::string(value.get_string()) : json::canonical(value);
    const Model* other = env.registry.find(field.relation);
    if (how == ".id") {
        const std::int64_t id = std::strtoll(text.c_str(), nullptr, 10);
        if (other == nullptr || env.store.find(*other, id) != nullptr) return id;
        throw ImportError{
            field.name, field.label, field.relation,
            fmt::format("No matching record found for database id '{}' in field '{}'", text, field.label)};
    }
    if (how == "id") {
        if (const std::int64_t id = by_external_id(env, text, field.relation); id != 0) return id;
        throw ImportError{
            field.name, field.label, field.relation,
            fmt::format("No matching record found for external id '{}' in field '{}'", text, field.label)};
    }
    if (other != nullptr) {
        for (const auto& [id, row] : env.store.rows(*other)) {
            if (env.display_name(*other, id) == text) return id;
        }
    }
    throw ImportError{field.name, field.label, field.relation,
                      fmt::format("No matching record found for name '{}' in field '{}'", text, field.label)};
}

bool blank(const json::Value& value) {
    return value.is_null() || (value.is_bool() && !value.get_bool()) || value == "";
}

json::Value import_value(const Env& env, const Field& field, std::string_view how, const json::Value& value) {
    if (blank(value)) return false;
    if (field.type == Type::kMany2one) return find_reference(env, field, how, value);
    if (field.x2many()) {
        json::Array found;
        for (const std::string& part : split(value.is_string() ? std::string_view(value.get_string()) : "", ',')) {
            found.emplace_back(find_reference(env, field, how, json::Value(part)));
        }
        return list_of(json::Array{6, 0, found});
    }
    if (!value.is_string()) return value;
    const std::string text(value.get_string());
    if (field.type == Type::kBoolean) {
        const std::string word = to_lower(text);
        return word == "1" || word == "true" || word == "yes";
    }
    if (field.type == Type::kSelection) {
        for (const auto& [key, label] : field.selection) {
            if (key == text || label == text) return json::Value(key);
        }
        if (field.open_selection) return value;
        throw ImportError{field.name, field.label, "",
                          fmt::format("Value '{}' not found in selection field '{}'", text, field.label)};
    }
    return value;
}

struct Row {
    std::string external;
    std::int64_t id = 0;
    json::Object values;
};

Row import_row(const Call& call, const json::Array& columns, const json::Value& cells) {
    Row row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string column(columns[i].get_string());
        const json::Value value =
            cells.is_array() && i < cells.get_array().size() ? cells.get_array()[i] : json::Value(false);
        const std::size_t slash = column.find('/');
        const std::string name = column.substr(0, slash);
        if (column == "id") {
            row.external = blank(value) ? "" : std::string(value.get_string());
            if (!row.external.empty() && row.external.find('.') == std::string::npos)
                row.external = "__import__." + row.external;
            continue;
        }
        if (column == ".id") {
            row.id = value.is_string() ? std::strtoll(value.get_string().c_str(), nullptr, 10) : 0;
            continue;
        }
        const Field* field = call.model.find(name);
        if (field == nullptr) throw ImportError{"", "", "", fmt::format("Invalid field name '{}'", name)};
        row.values[name] =
            import_value(call.env, *field, slash == std::string::npos ? "" : column.substr(slash + 1), value);
    }
    if (row.id == 0 && !row.external.empty()) row.id = by_external_id(call.env, row.external, call.model.name);
    return row;
}

std::int64_t save(Call& call, const Row& row) {
    if (row.id != 0 && call.env.store.find(call.model, row.id) != nullptr) {
        call.env.write(call.model, {row.id}, row.values);
        return row.id;
    }
    const std::int64_t id = call.env.create(call.model, {row.values}).front();
    if (!row.external.empty()) {
        const std::size_t dot = row.external.find('.');
        call.env.create(call.env.model("ir.model.data"), {json::Object{{"module", row.external.substr(0, dot)},
                                                                       {"name", row.external.substr(dot + 1)},
                                                                       {"model", call.model.name},
                                                                       {"res_id", id}}});
    }
    return id;
}

}  // namespace

json::Value call_load(Call& call) {
    const json::Array columns = call.list("fields");
    for (const json::Value& column : columns) {
        if (!column.is_string()) throw type_error("sequence item 0: expected str instance");
    }
    json::Array ids;
    json::Array messages;
    std::int64_t number = 0;
    for (const json::Value& cells : call.list("data")) {
        try {
            ids.emplace_back(save(call, import_row(call, columns, cells)));
        } catch (const ImportError& error) {
            messages.push_back(error_message(error, number));
        } catch (const Failure& failure) {
            constexpr std::string_view kPrefix = "The operation cannot be completed: ";
            std::string message = failure.message;
            if (message.starts_with(kPrefix)) message.erase(0, kPrefix.size());
            messages.push_back(error_message({"", "", "", message}, number));
        }
        ++number;
    }
    if (messages.empty()) return json::Object{{"ids", ids}, {"messages", json::Array{}}, {"nextrow", 0}};
    // One bad row refuses the batch, with an answer that is not an error.
    call.env.store.roll_back();
    return json::Object{{"ids", false}, {"messages", messages}, {"nextrow", 0}};
}

}  // namespace syncline::sim::odoo_detail
