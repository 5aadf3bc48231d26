#include "sync/references.hpp"

namespace syncline::sync {

namespace {

// One id or a list of ids, as numbers (Odoo) or as texts (Plane).
void add_ids(const json::Value* value, const std::string& entity, PeerIds& ids) {
    if (!value) return;
    if (value->is_int64()) ids.emplace_back(entity, std::to_string(value->as_int64()));
    if (value->is_string() && !value->as_string().empty()) ids.emplace_back(entity, std::string(value->as_string()));
    if (!value->is_array()) return;
    for (const json::Value& element : value->as_array()) add_ids(&element, entity, ids);
}

void add_keys(const record::Fields& fields, const std::string& field, std::vector<std::string>& keys) {
    const auto value = fields.find(field);
    if (value == fields.end()) return;
    if (const std::string_view key = record::as_text(value->second); !key.empty()) keys.emplace_back(key);
    for (const std::string& key : record::as_set(value->second)) keys.push_back(key);
}

}  // namespace

void add_references(const profile::Profile& profile, const profile::EntityMap& entity, const profile::OdooFields& known,
                    const Link& link, const Observation* odoo, const Observation* plane, References& references) {
    references.keys.push_back(link.index.key);
    if (!link.index.container.empty()) references.keys.push_back(link.index.container);
    const profile::EntityMap* container = container_entity(profile);
    if (odoo && container && !odoo->container.empty()) {
        references.keys.push_back(record::LinkKey{container->name, record::Peer::kOdoo, odoo->container}.text());
    }
    for (const profile::FieldMap& field : entity.fields) {
        if (field.transform != profile::Transform::kRef && field.transform != profile::Transform::kRefs) continue;
        if (link.base) add_keys(*link.base, field.name(), references.keys);
        const std::optional<std::string> name = profile::odoo_field(field, known);
        if (odoo && name) add_ids(odoo->seen.if_contains(*name), field.entity, references.odoo);
        if (plane && !field.plane.empty())
            add_ids(plane->seen.if_contains(field.plane), field.entity, references.plane);
    }
}

}  // namespace syncline::sync
