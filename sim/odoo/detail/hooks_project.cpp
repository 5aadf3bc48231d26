// Projects, stages, milestones, tags, portfolios.
#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/query.hpp"

namespace syncline::sim::odoo_detail {

std::int64_t first_stage(const Env& env, std::int64_t project) {
    const Model& stage = env.model("project.task.type");
    Ids open;
    for (const std::int64_t id : env.store.linked(*env.model("project.project").find("type_ids"), project)) {
        if (!truth(env.get(stage, id, "fold")) && truth(env.get(stage, id, "active"))) open.push_back(id);
    }
    sort_ids(env, stage, open, stage.order);
    return open.empty() ? 0 : open.front();
}

void before_create_project(Env& env, json::Object& values) {
    if (!values.contains("alias_id"))
        values["alias_id"] = env.store.next_serial() + 3;  // three aliases exist from the start
}

void after_write_project(Env& env, const Ids& ids, const json::Object& values) {
    const json::Value* active = values.if_contains("active");
    if (active == nullptr) return;
    const Model& task = env.model("project.task");
    Ids tasks;
    for (const std::int64_t id : ids) {
        const auto& own = env.store.referring(task, *task.find("project_id"), id);
        tasks.insert(tasks.end(), own.begin(), own.end());
    }
    env.write(task, tasks, {{"active", *active}});
}

void before_unlink_projects(Env& env, const Ids& ids) {
    const Model& task = env.model("project.task");
    for (const std::int64_t id : ids) {
        const auto& own = env.store.referring(task, *task.find("project_id"), id);
        env.unlink(task, Ids(own.begin(), own.end()));
    }
}

void before_create_stage(Env& env, json::Object& values) {
    // A stage without projects is somebody's personal one.
    const json::Value* projects = values.if_contains("project_ids");
    const bool shared = projects != nullptr && projects->is_array() && !projects->get_array().empty();
    if (!shared && !values.contains("user_id")) values["user_id"] = env.uid;
}

void before_create_tag(Env& env, json::Object& values) {
    if (!values.contains("color")) values["color"] = 1 + env.store.next_serial() % 11;
}

void update_reached_date(Env& env, const Ids& milestones) {
    const Model& milestone = env.model("project.milestone");
    for (const std::int64_t id : milestones) {
        const bool reached = truth(env.get(milestone, id, "is_reached"));
        if (!reached) {
            env.store.set(milestone, id, *milestone.find("reached_date"), {});
        } else if (empty(env.get(milestone, id, "reached_date"))) {
            env.store.set(milestone, id, *milestone.find("reached_date"), env.today());
        }
    }
}

void after_rename_portfolio(Env& env, const Ids& portfolios) {
    // The portfolio's name is kept on its projects, so that they change along.
    const Model& project = env.model("project.project");
    for (const std::int64_t id : portfolios) {
        const IdSet members = env.store.referring(project, *project.find("portfolio_id"), id);
        for (const std::int64_t member : members) env.touch(project, member);
    }
}

}  // namespace syncline::sim::odoo_detail
