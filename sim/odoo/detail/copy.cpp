// Duplicating records.
#include <array>

#include "sim/odoo/detail/env.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

bool copied(const Model& model, const Field& field) {
    if (!field.stored || field.readonly || !field.related.empty() || field.compute != nullptr) return false;
    if (field.type == Type::kOne2many || field.name == "login") return false;
    // Odoo declares these copy=False, or writes them itself.
    static constexpr std::array<std::string_view, 10> kLeft{
        "state",         "date_end",      "date_deadline", "alias_id",           "access_token",
        "dependent_ids", "depend_on_ids", "is_reached",    "html_field_history", "favorite_user_ids"};
    (void)model;
    for (const std::string_view name : kLeft) {
        if (field.name == name) return false;
    }
    return true;
}

json::Object changes_for_part(const Model& owned, std::int64_t project, const std::string& name) {
    json::Object changes{{"project_id", project}, {"name", name}};
    if (owned.find("parent_id") != nullptr) changes["parent_id"] = false;
    if (owned.find("milestone_id") != nullptr) changes["milestone_id"] = false;
    return changes;
}

}  // namespace

Ids Env::copy(const Model& model, const Ids& ids, const json::Object& changes) {
    require_existing(model, ids);
    Ids copies;
    for (const std::int64_t id : ids) {
        json::Object values;
        for (const Field& field : model.fields) {
            if (!copied(model, field)) continue;
            json::Value value = show(*this, field, get(model, *store.find(model, id), field), true);
            if (field.type == Type::kDatetime && value.is_bool()) continue;
            values[field.name] = std::move(value);
        }
        if (values.contains("name") && values["name"].is_string()) {
            values["name"] = std::string(values["name"].get_string()) + " (copy)";
        }
        for (const auto& [name, value] : changes) values[name] = value;
        const std::int64_t fresh = create(model, {values}).front();
        copies.push_back(fresh);
        if (model.name != "project.project") continue;
        // A project's tasks and milestones are copied with it, under their own names.
        for (const std::string_view part : {"project.milestone", "project.task"}) {
            const Model& owned = this->model(part);
            const IdSet rows = store.referring(owned, *owned.find("project_id"), id);
            for (const std::int64_t row : rows) {
                copy(owned, {row}, changes_for_part(owned, fresh, text(get(owned, row, "name"))));
            }
        }
    }
    return copies;
}

}  // namespace syncline::sim::odoo_detail
