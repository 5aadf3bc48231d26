#include "sync/odoo_models.hpp"

#include <algorithm>

#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

std::string number_text(const json::Object& record, std::string_view key) {
    const json::Value* value = record.if_contains(key);
    return value && value->is_int64() ? std::to_string(value->as_int64()) : std::string();
}

}  // namespace

std::vector<OdooModel> odoo_lists() {
    json::Array people;  // (braces around a single list would copy that list instead of holding it)
    people.push_back(json::Array{"share", "=", false});
    return {
        {"user", "res.users", std::move(people), {"id", "name", "login", "email", "active", "write_date"}, "", false},
        {"stage",
         "project.task.type",
         {},
         {"id", "name", "sequence", "fold", "project_ids", "active", "write_date"},
         "",
         false},
        {"tag", "project.tags", {}, {"id", "name", "color", "write_date"}, "", false}};
}

std::vector<OdooModel> odoo_models(const Context& context, const KnownFields& known) {
    std::vector<OdooModel> models = odoo_lists();
    for (const profile::EntityMap& entity : context.profile.entities) {
        OdooModel model{entity.name,        entity.odoo_model,
                        entity.odoo_domain, profile::odoo_fields_to_read(entity, known.find(entity.name)->second),
                        entity.container,   true};
        const auto asked = [&](std::string_view name) {
            return std::find(model.fields.begin(), model.fields.end(), name) != model.fields.end();
        };
        if (!model.container_field.empty() && !asked(model.container_field)) {
            model.fields.push_back(model.container_field);
        }
        const profile::OdooFields& fields = known.find(entity.name)->second;
        for (const std::string_view name : kProjectStartFields) {
            if (&entity == container_entity(context.profile) && fields.contains(name) && !asked(name)) {
                model.fields.emplace_back(name);
            }
        }
        models.push_back(std::move(model));
    }
    return models;
}

Observation odoo_observation(const OdooModel& model, json::Object record) {
    Observation seen;
    seen.entity = model.entity;
    seen.id = number_text(record, "id");
    if (!model.container_field.empty()) seen.container = number_text(record, model.container_field);
    seen.stamp = json::text_or(record, "write_date");
    const json::Value* active = record.if_contains("active");
    const bool archived = active && active->is_bool() && !active->as_bool();
    seen.presence = archived ? merge::Presence::kArchived : merge::Presence::kPresent;
    json::Object compared = record;
    compared.erase("write_date");
    seen.digest = vault::sha256_hex(json::canonical(compared));
    seen.seen = std::move(record);
    return seen;
}

std::vector<std::string> fields_naming(const profile::EntityMap& entity, const profile::Profile& profile,
                                       const OdooModel& model) {
    using profile::Transform;
    std::vector<std::string> names;
    const profile::EntityMap* container = container_entity(profile);
    if (container && container->name == model.entity && !entity.container.empty()) names.push_back(entity.container);
    for (const profile::FieldMap& field : entity.fields) {
        const bool refers = field.transform == Transform::kRef || field.transform == Transform::kRefs;
        const bool people = field.transform == Transform::kPerson || field.transform == Transform::kPeople;
        const bool names_it = (refers && field.entity == model.entity) || (people && model.entity == "user") ||
                              (field.transform == Transform::kState && model.entity == "stage") ||
                              (field.transform == Transform::kLabels && model.entity == "tag");
        if (names_it) names.insert(names.end(), field.odoo.begin(), field.odoo.end());
    }
    return names;
}

}  // namespace syncline::sync
