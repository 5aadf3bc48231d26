#include "sim/odoo/detail/hooks.hpp"

#include <array>

#include "sim/odoo/detail/hooks_by_model.hpp"

namespace syncline::sim::odoo_detail {
namespace {

struct Default {
    std::string_view model, field, value;  // the value as JSON
};
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

json::Value default_value(const Env& env, const Model& model, const Field& field) {
    for (const Default& candidate : kDefaults) {
        if (candidate.model == model.name && candidate.field == field.name) return *json::parse(candidate.value);
    }
    if (model.name == "project.project" && field.name == "user_id") return env.uid;
    if (model.name == "mail.activity" && field.name == "date_deadline") return json::Value(env.today());
    if (model.name == "ipai.ship.review" && field.name == "opened_at") return json::Value(format_odoo(env.now));
    return false;
}

void before_create(Env& env, const Model& model, json::Object& values) {
    if (model.name == "project.task") before_create_task(env, values);
    if (model.name == "project.task.type") before_create_stage(env, values);
    if (model.name == "project.tags") before_create_tag(env, values);
    if (model.name == "project.project") before_create_project(env, values);
    if (model.name == "res.users") before_create_user(env, values);
    if (model.name == "res.company") before_create_company(env, values);
    if (model.name == "res.partner") before_create_partner(env, values);
    if (model.name == "mail.activity") before_create_activity(values);
    for (const Field& field : model.fields) {
        if (!field.stored || !field.related.empty() || values.contains(field.name)) continue;
        json::Value value = default_value(env, model, field);
        if (!value.is_bool() || value.get_bool()) values[field.name] = std::move(value);
    }
}

void after_create(Env& env, const Model& model, std::int64_t id, const json::Object& given) {
    if (model.name == "project.task") after_create_task(env, id, given);
    if (model.name == "project.milestone") update_reached_date(env, {id});
    if (model.name == "res.users") after_create_user(env, id);
    if (model.name == "res.partner" || model.name == "res.users" || model.name == "project.tags") {
        check_unique(env, model, id);
    }
    if (!env.context.quiet && model.has_messages && model.name.starts_with("project.")) {
        post_message(
            env, model, id,
            {{"body", "<p>" + model.label + " Created</p>"}, {"message_type", "notification"}, {"subtype_id", 2}});
    }
}

Change before_write(Env& env, const Model& model, const Ids& ids, json::Object& values) {
    if (model.name == "project.task") return before_write_task(env, ids, values);
    if (model.name == "res.partner") return before_write_partner(env, ids);
    return {};
}

void after_write(Env& env, const Model& model, const Ids& ids, const json::Object& values, const Change& change) {
    if (model.name == "project.task") after_write_task(env, ids, values, change);
    if (model.name == "project.project") after_write_project(env, ids, values);
    if (model.name == "project.milestone" && values.contains("is_reached")) update_reached_date(env, ids);
    if (model.name == "res.partner") after_write_partner(env, ids, values, change);
    if (model.name == "ipai.portfolio" && values.contains("name")) after_rename_portfolio(env, ids);
    if (model.name == "res.users" || model.name == "project.tags") {
        for (const std::int64_t id : ids) check_unique(env, model, id);
    }
}

Ids with_dependents(Env& env, const Model& model, const Ids& ids) {
    if (model.name == "project.task") return tasks_with_subtasks(env, ids);
    return ids;
}

Change before_unlink(Env& env, const Model& model, const Ids& ids) {
    if (model.name == "project.task") return before_unlink_tasks(env, ids);
    if (model.name == "project.project") before_unlink_projects(env, ids);
    return {};
}

void after_unlink(Env& env, const Model& model, const Ids& ids, const Change& change) {
    if (model.name == "project.task") after_unlink_tasks(env, change);
    forget_traces(env, model, ids);
}

}  // namespace syncline::sim::odoo_detail
