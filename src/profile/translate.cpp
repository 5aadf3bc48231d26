#include "profile/translate.hpp"

#include <algorithm>

#include "profile/detail/values.hpp"
#include "profile/html.hpp"
#include "vault/digest.hpp"

namespace syncline::profile {

namespace {

void add(std::vector<std::string>& names, const std::string& name, const OdooFields& known) {
    if (known.contains(name) && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

bool available(const FieldMap& field, const OdooFields& known) {
    if (odoo_field(field, known)) return true;
    return std::any_of(field.flags.begin(), field.flags.end(),
                       [&](const FlagLabel& flag) { return known.contains(flag.odoo); });
}

bool keeps_echo(const FieldMap& field) {
    return field.transform == Transform::kText || field.transform == Transform::kCleanName ||
           field.transform == Transform::kHtml || field.transform == Transform::kDescription;
}

}  // namespace

std::optional<std::string> odoo_field(const FieldMap& field, const OdooFields& known) {
    for (const std::string& name : field.odoo) {
        if (known.contains(name)) return name;
    }
    return std::nullopt;
}

std::vector<std::string> odoo_fields_to_read(const EntityMap& entity, const OdooFields& known) {
    std::vector<std::string> names = {"id"};
    for (const char* name : {"write_date", "active"}) add(names, name, known);
    add(names, entity.container, known);
    for (const FieldMap& field : entity.fields) {
        for (const std::string& name : field.odoo) add(names, name, known);
        for (const std::string& name : detail::placeholders(field.text)) add(names, name, known);
        for (const FlagLabel& flag : field.flags) add(names, flag.odoo, known);
    }
    return names;
}

merge::Policy policy_for(const EntityMap& entity, const OdooFields& known) {
    merge::Policy policy;
    policy.conflict_window = entity.policy.conflict_window;
    for (const FieldMap& field : entity.fields) {
        if (!field.plane.empty() && available(field, known)) policy.fields.push_back(field.policy);
    }
    return policy;
}

json::Object to_json(const Echoes& echoes) {
    json::Object object;
    for (const auto& [name, echo] : echoes) {
        object.emplace(name, json::Object{{"raw", echo.raw}, {"value", record::to_json(echo.value)}});
    }
    return object;
}

Result<Echoes> echoes_from_json(const json::Value& value) {
    if (!value.is_object()) return make_error(Errc::kInvalid, "echoes are a JSON object");
    Echoes echoes;
    for (const auto& [name, member] : value.get_object()) {
        const json::Value* held = json::find(member, "value");
        if (!held) return make_error(Errc::kInvalid, "an echo has a value");
        auto value_held = TRY(record::value_from_json(*held));
        echoes.emplace(std::string(name), Echo{std::string(json::text_or(member, "raw")), std::move(value_held)});
    }
    return echoes;
}

namespace detail {

std::string echo_digest(const FieldMap& field, const json::Value& shown) {
    const std::string text = text_of(shown);
    return vault::sha256_hex(is_rich(field) ? canonical_html(text) : text);
}

}  // namespace detail

Echoes echoes_of(const EntityMap& entity, const record::Fields& written, const json::Object& answer) {
    Echoes echoes;
    for (const auto& [name, value] : written) {
        const FieldMap* field = entity.field(name);
        const json::Value* shown = field ? answer.if_contains(field->plane) : nullptr;
        if (shown && keeps_echo(*field)) echoes.emplace(name, Echo{detail::echo_digest(*field, *shown), value});
    }
    return echoes;
}

}  // namespace syncline::profile
