// Partners, users, companies.
#include <array>

#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::array<std::string_view, 6> kAddress{"street", "street2", "zip", "city", "state_id", "country_id"};

const Model& partners(const Env& env) { return env.model("res.partner"); }

bool any_of_address(const json::Object& values) {
    for (const std::string_view field : kAddress) {
        if (values.contains(field)) return true;
    }
    return false;
}

bool shares_address(const Env& env, std::int64_t child) {
    return text(env.get(partners(env), child, "type")) == "contact" &&
           !truth(env.get(partners(env), child, "is_company"));
}

json::Object address_of(const Env& env, std::int64_t id) {
    json::Object address;
    for (const std::string_view field : kAddress) {
        address[field] = show(env, *partners(env).find(field), env.get(partners(env), id, field), true);
    }
    return address;
}

}  // namespace

void before_create_partner(Env& env, json::Object& values) {
    // A person in a company lives at the company's address.
    const json::Value* parent = values.if_contains("parent_id");
    const json::Value* type = values.if_contains("type");
    if (parent != nullptr && parent->is_int64() && (type == nullptr || *type == "contact") && !any_of_address(values)) {
        for (auto& [field, value] : address_of(env, parent->get_int64())) values[field] = value;
    }
}

// A constraint of the table: the id is used up when it refuses.
void check_contact_name(const Env& env, std::int64_t id) {
    const Model& partner = partners(env);
    if (text(env.get(partner, id, "name")).empty() && text(env.get(partner, id, "type")) == "contact") {
        throw validation_error("The operation cannot be completed: Contacts require a name");
    }
}

Change before_write_partner(Env& env, const Ids& ids) {
    Change change;
    for (const std::int64_t id : ids) change.before[id] = {{"name", env.display_name(partners(env), id)}};
    return change;
}

void after_write_partner(Env& env, const Ids& ids, const json::Object& values, const Change& change) {
    const Model& partner = partners(env);
    for (const std::int64_t id : ids) {
        check_contact_name(env, id);
        const IdSet children = env.store.referring(partner, *partner.find("parent_id"), id);
        const bool renamed = env.display_name(partner, id) != change.before.at(id).at("name").as_string();
        for (const std::int64_t child : children) {
            if (any_of_address(values) && shares_address(env, child)) env.write(partner, {child}, address_of(env, id));
            if (renamed) env.touch(partner, child);  // its complete name is stored
        }
    }
}

void before_create_user(Env& env, json::Object& values) {
    const Model& user = env.model("res.users");
    json::Object partner;
    json::Object own;
    for (const auto& [name, value] : values) {
        const Field* field = user.find(name);
        const bool inherited = field != nullptr && field->related.starts_with("partner_id.");
        (inherited ? partner : own)[name] = value;
    }
    if (!own.contains("partner_id")) {
        partner["active"] = own.contains("active") ? own["active"] : json::Value(true);
        const Ids created = env.create(partners(env), {partner});
        own["partner_id"] = created.front();
    }
    values = std::move(own);
}

void after_create_user(Env& env, std::int64_t id) {
    const Model& user = env.model("res.users");
    if (empty(env.get(user, id, "signature"))) {
        env.store.set(user, id, *user.find("signature"),
                      "<div>" + escape_html(text(env.get(user, id, "name"))) + "</div>");
    }
}

void before_create_company(Env& env, json::Object& values) {
    if (values.contains("partner_id")) return;
    json::Object partner{{"is_company", true}};
    for (const std::string_view field : {"name", "email", "phone", "website", "vat"}) {
        if (const json::Value* value = values.if_contains(field)) partner[field] = *value;
    }
    values["partner_id"] = env.create(partners(env), {partner}).front();
}

// Whoever makes a company may work in it.
void after_create_company(Env& env, std::int64_t id) {
    const Model& user = env.model("res.users");
    if (env.store.find(user, env.uid) != nullptr) env.store.link(*user.find("company_ids"), env.uid, id);
}

void check_unique(const Env& env, const Model& model, std::int64_t id) {
    const std::string_view field = model.name == "res.users" ? "login" : "name";
    if (model.name == "res.partner") return;  // names of partners repeat
    const Cell own = env.get(model, id, field);
    for (const auto& [other, row] : env.store.rows(model)) {
        if (other == id || env.get(model, row, *model.find(field)) != own) continue;
        throw validation_error(
            model.name == "res.users"
                ? "The operation cannot be completed: You can not have two users with the same login!"
                : "The operation cannot be completed: A tag with the same name already exists.");
    }
}

}  // namespace syncline::sim::odoo_detail
