// project.task: defaults, the state that follows from dependencies, what a stage change brings along.
#include <algorithm>
#include <functional>

#include "sim/odoo/detail/hooks_by_model.hpp"
#include "sim/odoo/detail/values.hpp"

namespace syncline::sim::odoo_detail {
namespace {

constexpr std::string_view kWaiting = "04_waiting_normal";
constexpr std::string_view kInProgress = "01_in_progress";

const Model& tasks(const Env& env) { return env.model("project.task"); }

bool is_closed(std::string_view state) { return state == "1_done" || state == "1_canceled"; }

std::string state_of(const Env& env, std::int64_t id) { return text(env.get(tasks(env), id, "state")); }

const IdSet& blockers(const Env& env, std::int64_t id) {
    return env.store.linked(*tasks(env).find("depend_on_ids"), id);
}
const IdSet& dependents(const Env& env, std::int64_t id) {
    return env.store.linked(*tasks(env).find("dependent_ids"), id);
}

bool is_blocked(const Env& env, std::int64_t id) {
    if (!truth(env.get(tasks(env), id, "allow_task_dependencies"))) return false;
    const auto& all = blockers(env, id);
    return std::any_of(all.begin(), all.end(), [&](std::int64_t other) { return !is_closed(state_of(env, other)); });
}

void set_state(Env& env, std::int64_t id, std::string_view state) {
    if (state_of(env, id) != state) env.put(tasks(env), id, "state", std::string(state));
}

// Odoo recomputes the state when the stage or a blocker's state moves; closed tasks keep theirs. Moving the stage of an
// approved task therefore sets it back to in progress.
void recompute_state(Env& env, std::int64_t id) {
    if (env.store.find(tasks(env), id) == nullptr || is_closed(state_of(env, id))) return;
    set_state(env, id, is_blocked(env, id) ? kWaiting : kInProgress);
}

void check_no_cycle(const Env& env, std::int64_t start, const std::function<Ids(std::int64_t)>& next,
                    const char* message) {
    std::set<std::int64_t> seen;
    Ids open = next(start);
    while (!open.empty()) {
        const std::int64_t id = open.back();
        open.pop_back();
        if (id == start) throw validation_error(message);
        if (!seen.insert(id).second) continue;
        const Ids more = next(id);
        open.insert(open.end(), more.begin(), more.end());
    }
    (void)env;
}

void check_graphs(const Env& env, std::int64_t id, const json::Object& values) {
    if (values.contains("depend_on_ids") || values.contains("dependent_ids")) {
        check_no_cycle(
            env, id, [&](std::int64_t at) { return Ids(blockers(env, at).begin(), blockers(env, at).end()); },
            "Two tasks cannot depend on each other.");
    }
    if (!values.contains("parent_id") && !values.contains("project_id")) return;
    const auto parent = [&](std::int64_t at) {
        const std::int64_t up = integer(env.get(tasks(env), at, "parent_id"));
        return up == 0 ? Ids{} : Ids{up};
    };
    check_no_cycle(env, id, parent, "Error! You cannot create a recursive hierarchy of tasks.");
    if (!parent(id).empty() && integer(env.get(tasks(env), id, "project_id")) == 0) {
        throw validation_error("The operation cannot be completed: A private task cannot have a parent.");
    }
}

std::int64_t reference(const json::Object& values, std::string_view field) {
    const json::Value* value = values.if_contains(field);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

bool names_somebody(const json::Object& values) {
    const json::Value* users = values.if_contains("user_ids");
    return users != nullptr && users->is_array() && !users->get_array().empty();
}

void note_stage(Env& env, std::int64_t stage, json::Object& values) {
    const bool folded = truth(env.get(env.model("project.task.type"), stage, "fold"));
    values["date_end"] = folded ? json::Value(format_odoo(env.now)) : json::Value(false);
    values["date_last_stage_update"] = format_odoo(env.now);
}

bool shown_in_project(const Env& env, std::int64_t parent, std::int64_t project) {
    return parent == 0 || integer(env.get(tasks(env), parent, "project_id")) != project;
}

// A task that moves to another project takes a stage of it, loses a milestone of the old one and takes along the
// subtasks that live only under it.
void follow_project(Env& env, std::int64_t id) {
    const Model& task = tasks(env);
    const std::int64_t project = integer(env.get(task, id, "project_id"));
    const std::int64_t stage = integer(env.get(task, id, "stage_id"));
    const auto& stages = env.store.linked(*env.model("project.project").find("type_ids"), project);
    if (!stages.contains(stage)) {
        const std::int64_t first = project == 0 ? 0 : first_stage(env, project);
        env.put(task, id, "stage_id", first == 0 ? Cell{} : Cell{first});
    }
    if (integer(env.get(task, id, "milestone_id.project_id")) != project) env.put(task, id, "milestone_id", {});
    Ids followers;
    for (const std::int64_t child : env.store.referring(task, *task.find("parent_id"), id)) {
        if (!truth(env.get(task, child, "display_in_project"))) followers.push_back(child);
    }
    env.write(task, followers, {{"project_id", project == 0 ? json::Value(false) : json::Value(project)}});
}

void assign_dates(Env& env, std::int64_t id, const json::Object& before, const json::Object& values) {
    const bool anybody = !env.store.linked(*tasks(env).find("user_ids"), id).empty();
    const bool had_nobody = before.at("users").as_int64() == 0;
    if (!anybody) {
        env.put(tasks(env), id, "date_assign", {});
    } else if (had_nobody && !values.contains("date_assign")) {
        env.put(tasks(env), id, "date_assign", env.now_micros());
    }
}

void note_in_chatter(Env& env, std::int64_t id, const json::Object& values, const json::Object& before) {
    if (env.context.quiet) return;
    static constexpr std::string_view kTracked[] = {"name",       "stage_id",      "state",      "priority",
                                                    "project_id", "date_deadline", "partner_id", "milestone_id"};
    for (const std::string_view field : kTracked) {
        if (!values.contains(field)) continue;
        const Field& described = *tasks(env).find(field);
        const json::Value after = show(env, described, env.get(tasks(env), id, field), true);
        if (before.at(field) == after) continue;
        post_message(env, tasks(env), id, {{"body", ""}, {"message_type", "notification"}, {"subtype_id", 2}});
    }
}

}  // namespace

void before_create_task(Env& env, json::Object& values) {
    const std::int64_t parent = reference(values, "parent_id");
    if (parent != 0) env.require_existing(tasks(env), {parent});
    if (parent != 0 && !values.contains("project_id")) {
        if (const std::int64_t inherited = integer(env.get(tasks(env), parent, "project_id")); inherited != 0) {
            values["project_id"] = inherited;
        }
    }
    const std::int64_t project = reference(values, "project_id");
    if (project != 0) env.require_existing(env.model("project.project"), {project});
    if (parent != 0 && project != 0 && !values.contains("milestone_id") && !shown_in_project(env, parent, project)) {
        // A subtask of the same project shares its parent's milestone.
        const std::int64_t milestone = integer(env.get(tasks(env), parent, "milestone_id"));
        if (milestone != 0) values["milestone_id"] = milestone;
    }
    if (names_somebody(values)) {
        if (!values.contains("date_assign")) values["date_assign"] = format_odoo(env.now);
    } else if (!values.contains("user_ids") && parent == 0) {
        values["user_ids"] = json::Array{env.uid};
    }
    if (!values.contains("stage_id") && project != 0) {
        if (const std::int64_t stage = first_stage(env, project); stage != 0) values["stage_id"] = stage;
    }
    const json::Value end = values.contains("date_end") ? values["date_end"] : json::Value(nullptr);
    note_stage(env, reference(values, "stage_id"), values);
    if (!end.is_null()) values["date_end"] = end;
    values["display_in_project"] = shown_in_project(env, parent, project);
}

void after_create_task(Env& env, std::int64_t id, const json::Object& given) {
    check_graphs(env, id, {{"parent_id", 0}, {"depend_on_ids", 0}});
    if (!given.contains("dependent_ids")) return;
    const IdSet blocked = dependents(env, id);
    for (const std::int64_t other : blocked) recompute_state(env, other);
}

Change before_write_task(Env& env, const Ids& ids, json::Object& values) {
    Change change;
    const std::int64_t parent = reference(values, "parent_id");
    if (parent != 0 && std::find(ids.begin(), ids.end(), parent) != ids.end()) {
        throw user_error("Sorry. You can't set a task as its parent task.");
    }
    if (values.contains("stage_id")) note_stage(env, reference(values, "stage_id"), values);
    if (values.contains("state")) values["date_last_stage_update"] = format_odoo(env.now);
    if (values.contains("parent_id")) {
        const std::int64_t project = reference(values, "project_id") != 0
                                         ? reference(values, "project_id")
                                         : integer(env.get(tasks(env), ids.front(), "project_id"));
        values["display_in_project"] = shown_in_project(env, parent, project);
    }
    for (const std::int64_t id : ids) {
        json::Object& before = change.before[id];
        for (const Field& field : tasks(env).fields) {
            if (values.contains(field.name) && !field.x2many())
                before[field.name] = show(env, field, env.get(tasks(env), id, field.name), true);
        }
        before["state"] = state_of(env, id);
        before["users"] = std::int64_t(env.store.linked(*tasks(env).find("user_ids"), id).size());
        const auto& blocked = dependents(env, id);
        change.affected.insert(change.affected.end(), blocked.begin(), blocked.end());
    }
    return change;
}

void after_write_task(Env& env, const Ids& ids, const json::Object& values, const Change& change) {
    std::set<std::int64_t> affected;
    for (const std::int64_t id : ids) {
        const json::Object& before = change.before.at(id);
        check_graphs(env, id, values);
        if (values.contains("project_id")) follow_project(env, id);
        if (values.contains("user_ids")) assign_dates(env, id, before, values);
        if (values.contains("state")) {
            // A forced-open task with open blockers goes back to waiting.
            if (!is_closed(state_of(env, id)) && is_blocked(env, id)) set_state(env, id, kWaiting);
        } else if (values.contains("project_id")) {
            if (state_of(env, id) != kWaiting) set_state(env, id, kInProgress);
        } else if (values.contains("stage_id") || values.contains("depend_on_ids")) {
            recompute_state(env, id);
        }
        if (values.contains("dependent_ids") ||
            text(env.get(tasks(env), id, "state")) != before.at("state").as_string()) {
            affected.insert(dependents(env, id).begin(), dependents(env, id).end());
        }
        note_in_chatter(env, id, values, before);
    }
    if (values.contains("dependent_ids")) affected.insert(change.affected.begin(), change.affected.end());
    for (const std::int64_t id : affected) recompute_state(env, id);
}

Ids tasks_with_subtasks(Env& env, const Ids& ids) {
    Ids all;
    std::set<std::int64_t> seen;
    Ids open(ids.rbegin(), ids.rend());
    while (!open.empty()) {
        const std::int64_t id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) continue;
        all.push_back(id);
        const auto& children = env.store.referring(tasks(env), *tasks(env).find("parent_id"), id);
        open.insert(open.end(), children.rbegin(), children.rend());
    }
    return all;
}

Change before_unlink_tasks(Env& env, const Ids& ids) {
    Change change;
    for (const std::int64_t id : ids) {
        const auto& blocked = dependents(env, id);
        change.affected.insert(change.affected.end(), blocked.begin(), blocked.end());
    }
    return change;
}

void after_unlink_tasks(Env& env, const Change& change) {
    for (const std::int64_t id : change.affected) recompute_state(env, id);
}

}  // namespace syncline::sim::odoo_detail
