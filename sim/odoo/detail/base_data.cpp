// What a fresh Odoo database holds before anybody works in it.
#include <array>

#include "sim/odoo/detail/base_trade.hpp"
#include "sim/odoo/detail/database.hpp"

namespace syncline::sim::odoo_detail {
namespace {

void name_externally(Env& env, std::string_view module, std::string_view name, std::string_view model,
                     std::int64_t id) {
    env.create(env.model("ir.model.data"),
               {json::Object{{"module", module}, {"name", name}, {"model", model}, {"res_id", id}}});
}

struct Country {
    std::int64_t id;
    std::string_view code, name;
    std::int64_t currency;
};
constexpr std::int64_t kUsd = 1;
constexpr std::int64_t kEur = 126;
constexpr std::array kCountries{
    Country{12, "AT", "Austria", kEur},
    Country{13, "AU", "Australia", 0},
    Country{20, "BE", "Belgium", kEur},
    Country{31, "BR", "Brazil", 0},
    Country{38, "CA", "Canada", 0},
    Country{43, "CH", "Switzerland", 0},
    Country{48, "CN", "China", 0},
    Country{57, "DE", "Germany", kEur},
    Country{59, "DK", "Denmark", 0},
    Country{68, "ES", "Spain", kEur},
    Country{70, "FI", "Finland", kEur},
    Country{75, "FR", "France", kEur},
    Country{101, "IE", "Ireland", kEur},
    Country{104, "IN", "India", 0},
    Country{109, "IT", "Italy", kEur},
    Country{113, "JP", "Japan", 0},
    Country{156, "MX", "Mexico", 0},
    Country{165, "NL", "Netherlands", kEur},
    Country{166, "NO", "Norway", 0},
    Country{176, "PH", "Philippines", 0},
    Country{179, "PL", "Poland", 0},
    Country{196, "SE", "Sweden", 0},
    Country{197, "SG", "Singapore", 0},
    Country{231, "GB", "United Kingdom", 0},
    Country{233, "US", "United States", kUsd},
};

// A record with an id of its own choosing: the ids of countries and currencies are well known.
void create_at(Env& env, const Model& model, std::int64_t id, const json::Object& values) {
    env.store.reserve_ids(model, id);
    env.create(model, {values});
}

void create_models(Env& env) {
    const Model& models = env.model("ir.model");
    for (const Model& model : env.registry.models()) {
        env.create(
            models,
            {json::Object{{"name", model.label}, {"model", model.name}, {"order", model.order}, {"state", "base"}}});
    }
}

void create_places(Env& env) {
    const Model& currency = env.model("res.currency");
    create_at(env, currency, kUsd,
              {{"name", "USD"},
               {"symbol", "$"},
               {"full_name", "United States dollar"},
               {"active", true},
               {"position", "before"},
               {"iso_numeric", 840},
               {"currency_unit_label", "Dollars"},
               {"currency_subunit_label", "Cents"}});
    for (const std::string_view field : {"create_date", "create_uid"})
        env.store.set(currency, kUsd, *currency.find(field), {});
    create_at(env, currency, kEur,
              {{"name", "EUR"},
               {"symbol", "€"},
               {"full_name", "Euro"},
               {"active", true},
               {"iso_numeric", 978},
               {"currency_unit_label", "Euros"},
               {"currency_subunit_label", "Cents"}});
    name_externally(env, "base", "USD", "res.currency", kUsd);
    name_externally(env, "base", "EUR", "res.currency", kEur);
    const Model& country = env.model("res.country");
    for (const Country& each : kCountries) {
        json::Object values{{"name", each.name}, {"code", each.code}};
        if (each.currency != 0) values["currency_id"] = each.currency;
        create_at(env, country, each.id, values);
        std::string lower;
        for (const char c : each.code) lower += static_cast<char>(c - 'A' + 'a');
        name_externally(env, "base", lower, "res.country", each.id);
    }
}

void create_people(Env& env) {
    const Model& partner = env.model("res.partner");
    env.create(partner, {json::Object{{"name", "My Company"}, {"is_company", true}}});
    env.create(env.model("res.company"), {json::Object{{"name", "My Company"},
                                                       {"partner_id", 1},
                                                       {"currency_id", kUsd},
                                                       {"sequence", 0},
                                                       {"phone", ""},
                                                       {"anglo_saxon_accounting", true},
                                                       {"chart_template", "generic_coa"},
                                                       {"bank_account_code_prefix", "1014"},
                                                       {"cash_account_code_prefix", "1015"},
                                                       {"transfer_account_code_prefix", "1017"},
                                                       {"stock_text_confirmation", true},
                                                       {"account_fiscal_country_id", 233},
                                                       {"iap_enrich_auto_done", false}}});
    name_externally(env, "base", "main_partner", "res.partner", 1);
    name_externally(env, "base", "main_company", "res.company", 1);
    struct Account {
        std::string_view login, name, xmlid;
        bool active;
    };
    static constexpr std::array kAccounts{
        Account{"__system__", "OdooBot", "user_root", false}, Account{"admin", "Administrator", "user_admin", true},
        Account{"public", "Public user", "public_user", false},
        Account{"portaltemplate", "Portal User Template", "template_portal_user_id", false}};
    const Model& users = env.model("res.users");
    for (const Account& account : kAccounts) {
        json::Object values{{"login", account.login}, {"name", account.name}, {"active", account.active}};
        if (account.login == "__system__") values["email"] = "odoobot@example.com";
        const std::int64_t id = env.create(users, {values}).front();
        name_externally(env, "base", account.xmlid, "res.users", id);
    }
    env.store.set(users, kAdmin, *users.find("password"), std::string("admin"));
    env.store.set(users, kAdmin, *users.find("tour_enabled"), true);
    env.store.reserve_ids(partner, 6);
}

void create_activity_types(Env& env) {
    struct Kind {
        std::string_view name, category, icon, xmlid;
        std::int64_t delay, sequence;
    };
    static constexpr std::array kKinds{
        Kind{"Email", "default", "fa-envelope", "mail_activity_data_email", 0, 3},
        Kind{"Call", "phonecall", "fa-phone", "mail_activity_data_call", 2, 6},
        Kind{"Meeting", "default", "fa-users", "mail_activity_data_meeting", 0, 9},
        Kind{"To-Do", "default", "fa-check", "mail_activity_data_todo", 5, 2},
        Kind{"Document", "upload_file", "fa-upload", "mail_activity_data_upload_document", 5, 25},
    };
    for (const Kind& kind : kKinds) {
        const Ids id = env.create(env.model("mail.activity.type"), {json::Object{{"name", kind.name},
                                                                                 {"category", kind.category},
                                                                                 {"icon", kind.icon},
                                                                                 {"delay_count", kind.delay},
                                                                                 {"delay_unit", "days"},
                                                                                 {"delay_from", "previous_activity"},
                                                                                 {"summary", kind.name},
                                                                                 {"chaining_type", "suggest"},
                                                                                 {"sequence", kind.sequence},
                                                                                 {"active", true}}});
        name_externally(env, "mail", kind.xmlid, "mail.activity.type", id.front());
    }
}

// The private columns of a user's own task list.
void create_personal_stages(Env& env) {
    std::int64_t sequence = 0;
    for (const std::string_view name : {"Inbox", "Today", "This Week", "This Month", "Later", "Done", "Cancelled"}) {
        env.create(
            env.model("project.task.type"),
            {json::Object{{"name", name}, {"sequence", ++sequence}, {"fold", sequence > 5}, {"user_id", kAdmin}}});
    }
    env.store.reserve_ids(env.model("project.task.type"), 18);
}

}  // namespace

void create_base_data(Env& env) {
    create_models(env);
    create_places(env);
    create_people(env);
    create_activity_types(env);
    create_personal_stages(env);
    create_trade_data(env);
}

}  // namespace syncline::sim::odoo_detail
