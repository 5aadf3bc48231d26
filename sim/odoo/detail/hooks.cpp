#include "sim/odoo/detail/hooks.hpp"

#include "sim/odoo/detail/files.hpp"
#include "sim/odoo/detail/hooks_by_model.hpp"

namespace syncline::sim::odoo_detail {
void before_create(Env& env, const Model& model, json::Object& values) {
    if (model.name == "project.task") before_create_task(env, values);
    if (model.name == "project.task.type") before_create_stage(env, values);
    if (model.name == "project.tags") before_create_tag(env, values);
    if (model.name == "project.project") before_create_project(env, values);
    if (model.name == "res.users") before_create_user(env, values);
    if (model.name == "res.company") before_create_company(env, values);
    if (model.name == "res.partner") before_create_partner(env, values);
    if (model.name == "mail.activity") before_create_activity(values);
    if (model.name == "product.product") before_create_variant(env, values);
    if (model.name == "sale.order") before_create_order(env, values);
    if (model.name == "sale.order.line") before_create_order_line(env, values);
    if (model.name == "account.move") before_create_invoice(env, values);
    if (model.name == "stock.quant") before_create_quant(env, values);
    if (model.name == "ir.attachment") complete_attachment(values);
    for (const Field& field : model.fields) {
        if (!field.stored || field.dropped || !field.related.empty() || values.contains(field.name)) continue;
        json::Value value = default_value(env, model, field);
        if (!value.is_bool() || value.get_bool()) values[field.name] = std::move(value);
    }
}

namespace {

// What the chatter of a fresh record says.
std::string creation_note(const Env& env, const Model& model, std::int64_t id) {
    if (model.name != "project.task") return "<p>" + model.label + " created</p>";
    const std::int64_t project = integer(env.get(model, id, "project_id"));
    if (project == 0) return "<p>A new task has been created and is not part of any project.</p>";
    return "<p>A new task has been created in the \"" + env.display_name(env.model("project.project"), project) +
           "\" project.</p>";
}

}  // namespace

void after_create(Env& env, const Model& model, std::int64_t id, const json::Object& given) {
    if (model.name == "project.task") after_create_task(env, id, given);
    if (model.name == "project.milestone") update_reached_date(env, {id});
    if (model.name == "res.partner") check_contact_name(env, id);
    if (model.name == "res.users") after_create_user(env, id);
    if (model.name == "res.company") after_create_company(env, id);
    if (model.name == "product.template") after_create_template(env, id, given);
    if (model.name == "product.template.attribute.line") after_change_line(env, {id});
    if (model.name == "sale.order.line") after_change_order_lines(env, {id});
    if (model.name == "account.move.line") after_change_invoice_lines(env, {id});
    if (model.name == "res.partner" || model.name == "res.users" || model.name == "project.tags") {
        check_unique(env, model, id);
    }
    if (!env.context.quiet && model.has_messages && model.name != "res.company") {
        post_message(env, model, id,
                     {{"body", creation_note(env, model, id)}, {"message_type", "notification"}, {"subtype_id", 2}});
    }
}

Change before_write(Env& env, const Model& model, const Ids& ids, json::Object& values) {
    if (model.name == "project.task") return before_write_task(env, ids, values);
    if (model.name == "res.partner") return before_write_partner(env, ids);
    if (model.name == "ir.attachment") complete_attachment(values);
    return {};
}

void after_link(Env& env, const Model& model, const Field& field, std::int64_t id, std::int64_t other) {
    // A stage that serves a project is nobody's personal stage any more.
    const bool from_project = model.name == "project.project" && field.name == "type_ids";
    const bool from_stage = model.name == "project.task.type" && field.name == "project_ids";
    if (!from_project && !from_stage) return;
    const Model& stage = env.model("project.task.type");
    env.store.set(stage, from_stage ? id : other, *stage.find("user_id"), {});
}

void after_write(Env& env, const Model& model, const Ids& ids, const json::Object& values, const Change& change) {
    if (model.name == "project.task") after_write_task(env, ids, values, change);
    if (model.name == "project.project") after_write_project(env, ids, values);
    if (model.name == "project.milestone" && values.contains("is_reached")) update_reached_date(env, ids);
    if (model.name == "res.partner") after_write_partner(env, ids, values, change);
    if (model.name == "product.template") after_write_template(env, ids, values);
    if (model.name == "product.product") after_write_variant(env, ids, values);
    if (model.name == "product.template.attribute.line" && values.contains("value_ids")) after_change_line(env, ids);
    if (model.name == "sale.order.line") after_change_order_lines(env, ids);
    if (model.name == "account.move.line") after_change_invoice_lines(env, ids);
    if (model.name == "product.category" && (values.contains("name") || values.contains("parent_id")))
        after_rename_in_tree(env, model, "parent_id", ids);
    if (model.name == "stock.location" && (values.contains("name") || values.contains("location_id")))
        after_rename_in_tree(env, model, "location_id", ids);
    if (model.name == "ipai.portfolio" && values.contains("name")) after_rename_portfolio(env, ids);
    if (model.name == "res.users" || model.name == "project.tags") {
        for (const std::int64_t id : ids) check_unique(env, model, id);
    }
}

Ids with_dependents(Env& env, const Model& model, const Ids& ids) {
    if (model.name == "project.task") return tasks_with_subtasks(env, ids);
    return ids;
}

namespace {

// Whose lines go, to be summed up again; whose variants go, to go along with the last.
Change before_unlink_trade(const Env& env, const Model& model, const Ids& ids) {
    struct Owned {
        std::string_view model, owner;
    };
    Change change;
    for (const Owned& owned : {Owned{"sale.order.line", "order_id"}, Owned{"account.move.line", "move_id"},
                               Owned{"product.product", "product_tmpl_id"}}) {
        if (model.name != owned.model) continue;
        for (const std::int64_t id : ids) change.affected.push_back(integer(env.get(model, id, owned.owner)));
    }
    return change;
}

}  // namespace

Change before_unlink(Env& env, const Model& model, const Ids& ids) {
    if (model.name == "project.task") return before_unlink_tasks(env, ids);
    if (model.name == "project.project") before_unlink_projects(env, ids);
    return before_unlink_trade(env, model, ids);
}

void after_unlink(Env& env, const Model& model, const Ids& ids, const Change& change) {
    if (model.name == "project.task") after_unlink_tasks(env, change);
    if (model.name == "product.product")
        env.unlink(env.model("product.template"), templates_left_empty(env, change.affected));
    total_owners(env, model, change.affected);
    forget_traces(env, model, ids);
    drop_files(env, model, ids);
}

}  // namespace syncline::sim::odoo_detail
