// export_data(): rows of text, the counterpart of load().
#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/odoo/detail/methods.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

// The external id of a record; one is made for a record that has none.
std::string required_external_id(Env& env, const Model& model, std::int64_t id) {
    const std::string known = external_id(env, model, id);
    if (!known.empty()) return known;
    std::string name = model.name;
    for (char& c : name) {
        if (c == '.') c = '_';
    }
    const auto serial = static_cast<std::uint64_t>(env.store.next_serial());
    name = fmt::format("{}_{}_{:08x}", name, id, (serial * 2654435761U) & 0xffffffffU);
    env.create(env.model("ir.model.data"),
               {json::Object{{"module", "__export__"}, {"name", name}, {"model", model.name}, {"res_id", id}}});
    return "__export__." + name;
}

std::string export_cell(Env& env, const Model& model, std::int64_t id, const std::string& path) {
    const std::size_t slash = path.find('/');
    const std::string name = path.substr(0, slash);
    if (id == 0 || env.store.find(model, id) == nullptr) return "";
    if (name == "id") return required_external_id(env, model, id);
    if (name == ".id") return std::to_string(id);
    const Field* field = model.find(name);
    if (field == nullptr) throw value_error(fmt::format("Invalid field {} on '{}'", python_quote(name), model.name));
    const Cell value = env.get(model, id, name);
    const Model* other = env.registry.find(field->relation);
    if (slash != std::string::npos && other != nullptr) {
        return export_cell(env, *other, integer(value), path.substr(slash + 1));
    }
    const json::Value shown = show(env, *field, value, false);
    if (field->type == Type::kBoolean) return truth(value) ? "True" : "False";
    if (shown.is_bool()) return "";
    if (shown.is_string()) return std::string(shown.get_string());
    if (field->type == Type::kMany2one) return std::string(shown.at(1).as_string());
    return json::canonical(shown);
}

}  // namespace

json::Value call_export_data(Call& call) {
    json::Array rows;
    for (const std::int64_t id : call.ids) {
        json::Array row;
        for (const json::Value& path : call.list("fields_to_export")) {
            row.emplace_back(path.is_string() ? export_cell(call.env, call.model, id, std::string(path.get_string()))
                                              : "");
        }
        rows.push_back(std::move(row));
    }
    return json::Object{{"datas", std::move(rows)}};
}

}  // namespace syncline::sim::odoo_detail
