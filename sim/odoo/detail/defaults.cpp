// The values that Odoo takes where the caller names none.
#include "sim/odoo/detail/defaults.hpp"

#include <array>

#include "sim/odoo/detail/hooks.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::array kDefaults{
    Default{"res.partner", "active", "true"},
    Default{"res.partner", "autopost_bills", R"("ask")"},
    Default{"res.partner", "lang", R"("en_US")"},
    Default{"res.partner", "partner_share", "true"},
    Default{"res.partner", "trust", R"("normal")"},
    Default{"res.partner", "type", R"("contact")"},
    Default{"res.partner.category", "active", "true"},
    Default{"res.users", "active", "true"},
    Default{"res.users", "company_id", "1"},
    Default{"res.users", "company_ids", "[1]"},
    Default{"res.users", "notification_type", R"("email")"},
    Default{"res.users", "outgoing_mail_server_type", R"("default")"},
    Default{"res.company", "active", "true"},
    Default{"res.company", "account_price_include", R"("tax_excluded")"},
    Default{"res.company", "cost_method", R"("standard")"},
    Default{"res.company", "currency_id", "1"},
    Default{"res.company", "fiscalyear_last_day", "31"},
    Default{"res.company", "fiscalyear_last_month", R"("12")"},
    Default{"res.company", "inventory_period", R"("manual")"},
    Default{"res.company", "inventory_valuation", R"("periodic")"},
    Default{"res.company", "layout_background", R"("Blank")"},
    Default{"res.company", "annual_inventory_day", "31"},
    Default{"res.company", "annual_inventory_month", R"("12")"},
    Default{"res.company", "autopost_bills", "true"},
    Default{"res.company", "display_invoice_tax_company_currency", "true"},
    Default{"res.company", "email_primary_color", R"("#FFFFFF")"},
    Default{"res.company", "email_secondary_color", R"("#875A7B")"},
    Default{"res.company", "expects_chart_of_accounts", "true"},
    Default{"res.company", "font", R"("Lato")"},
    Default{"res.company", "horizon_days", "365"},
    Default{"res.company", "iap_enrich_auto_done", "true"},
    Default{"res.company", "portal_confirmation_sign", "true"},
    Default{"res.company", "prepayment_percent", "1"},
    Default{"res.company", "quotation_validity_days", "30"},
    Default{"res.company", "snailmail_color", "true"},
    Default{"res.company", "stock_confirmation_type", R"("sms")"},
    Default{"res.company", "tax_calculation_rounding_method", R"("round_globally")"},
    Default{"res.company", "terms_type", R"("plain")"},
    Default{"res.company", "uses_default_logo", "true"},
    Default{"res.country", "address_format",
            R"("%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s")"},
    Default{"res.country", "name_position", R"("before")"},
    Default{"res.country", "zip_required", "true"},
    Default{"res.currency", "decimal_places", "2"},
    Default{"res.currency", "rounding", "0.01"},
    Default{"res.currency", "position", R"("after")"},
    Default{"res.company", "sequence", "10"},
    Default{"project.project", "active", "true"},
    Default{"project.project", "label_tasks", R"("Tasks")"},
    Default{"project.project", "last_update_status", R"("to_define")"},
    Default{"project.project", "privacy_visibility", R"("portal")"},
    Default{"project.project", "sequence", "10"},
    Default{"project.task", "active", "true"},
    Default{"project.task", "priority", R"("0")"},
    Default{"project.task", "sequence", "10"},
    Default{"project.task", "state", R"("01_in_progress")"},
    Default{"project.task.type", "active", "true"},
    Default{"project.task.type", "rating_status", R"("stage")"},
    Default{"project.task.type", "rating_status_period", R"("monthly")"},
    Default{"project.task.type", "sequence", "1"},
    Default{"project.milestone", "sequence", "10"},
    Default{"mail.activity", "active", "true"},
    Default{"mail.message", "message_type", R"("comment")"},
    Default{"ipai.portfolio", "active", "true"},
    Default{"ipai.deployment", "environment", R"("production")"},
    Default{"ipai.deployment", "status", R"("pending")"},
    Default{"ipai.ship.review", "state", R"("open")"},
};

}  // namespace

std::string_view default_of(std::string_view model, std::string_view field) {
    for (const Default& candidate : kDefaults) {
        if (candidate.model == model && candidate.field == field) return candidate.value;
    }
    for (const Default& candidate : trade_defaults()) {
        if (candidate.model == model && candidate.field == field) return candidate.value;
    }
    return {};
}

json::Value default_value(const Env& env, const Model& model, const Field& field) {
    if (!field.fallback.empty()) return *json::parse(field.fallback);
    if (model.name == "project.project" && field.name == "user_id") return env.uid;
    if (model.name == "mail.activity" && field.name == "date_deadline") return json::Value(env.today());
    if (model.name == "ipai.ship.review" && field.name == "opened_at") return json::Value(format_odoo(env.now));
    return false;
}

}  // namespace syncline::sim::odoo_detail
