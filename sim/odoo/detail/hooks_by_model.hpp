// The hooks of each model; hooks.cpp says which belongs to which.
#pragma once

#include "sim/odoo/detail/hooks.hpp"

namespace syncline::sim::odoo_detail {

void before_create_task(Env& env, json::Object& values);
void after_create_task(Env& env, std::int64_t id, const json::Object& given);
Change before_write_task(Env& env, const Ids& ids, json::Object& values);
void after_write_task(Env& env, const Ids& ids, const json::Object& values, const Change& change);
Ids tasks_with_subtasks(Env& env, const Ids& ids);
Change before_unlink_tasks(Env& env, const Ids& ids);
void after_unlink_tasks(Env& env, const Change& change);

void before_create_project(Env& env, json::Object& values);
void after_write_project(Env& env, const Ids& ids, const json::Object& values);
void before_unlink_projects(Env& env, const Ids& ids);
void before_create_stage(Env& env, json::Object& values);
void before_create_tag(Env& env, json::Object& values);
void update_reached_date(Env& env, const Ids& milestones);
void after_rename_portfolio(Env& env, const Ids& portfolios);
// The stage that a new task of the project gets: the first one that is not folded; 0 for none.
std::int64_t first_stage(const Env& env, std::int64_t project);

void before_create_user(Env& env, json::Object& values);
void after_create_user(Env& env, std::int64_t id);
void before_create_company(Env& env, json::Object& values);
void after_create_company(Env& env, std::int64_t id);
void before_create_partner(Env& env, json::Object& values);
void check_contact_name(const Env& env, std::int64_t id);
Change before_write_partner(Env& env, const Ids& ids);
void after_write_partner(Env& env, const Ids& ids, const json::Object& values, const Change& change);
void check_unique(const Env& env, const Model& model, std::int64_t id);

void before_create_activity(const json::Object& values);
// External ids, messages and activities of deleted records.
void forget_traces(Env& env, const Model& model, const Ids& ids);

void after_create_template(Env& env, std::int64_t id, const json::Object& given);
void after_write_template(Env& env, const Ids& ids, const json::Object& values);
void before_create_variant(Env& env, json::Object& values);
void after_write_variant(Env& env, const Ids& ids, const json::Object& values);
Ids templates_left_empty(const Env& env, const Ids& gone);
void after_change_line(Env& env, const Ids& lines);
void after_rename_in_tree(Env& env, const Model& model, std::string_view parent, const Ids& ids);
void before_create_order(Env& env, json::Object& values);
void before_create_order_line(Env& env, json::Object& values);
void after_change_order_lines(Env& env, const Ids& lines);
void before_create_invoice(Env& env, json::Object& values);
void after_change_invoice_lines(Env& env, const Ids& lines);
void total_owners(Env& env, const Model& lines, const Ids& owners);
void before_create_quant(Env& env, json::Object& values);

}  // namespace syncline::sim::odoo_detail
