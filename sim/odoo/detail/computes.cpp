#include "sim/odoo/detail/computes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sim/odoo/detail/env.hpp"

namespace syncline::sim::odoo_detail {
namespace {

bool closed(const Env& env, std::int64_t task) {
    const std::string state = text(env.get(env.model("project.task"), task, "state"));
    return state == "1_done" || state == "1_canceled";
}
bool active(const Env& env, std::int64_t task) { return truth(env.get(env.model("project.task"), task, "active")); }

std::int64_t count(const Ids& ids, const auto& wanted) { return std::count_if(ids.begin(), ids.end(), wanted); }

Ids children(const Env& env, const Record& task) {
    const Model& model = env.model("project.task");
    return env.raw_ids(model, task, *model.find("child_ids"));
}
Ids blockers(const Env& env, const Record& task) {
    const Model& model = env.model("project.task");
    return env.raw_ids(model, task, *model.find("depend_on_ids"));
}

Cell task_closed(const Env& env, const Record& task) { return closed(env, task.id); }
Cell subtask_count(const Env& env, const Record& task) {
    return count(children(env, task), [&](std::int64_t id) { return active(env, id); });
}
Cell closed_subtask_count(const Env& env, const Record& task) {
    return count(children(env, task), [&](std::int64_t id) { return active(env, id) && closed(env, id); });
}
Cell subtask_completion(const Env& env, const Record& task) {
    const auto all = integer(subtask_count(env, task));
    return all == 0 ? 0.0 : double(integer(closed_subtask_count(env, task))) / double(all);
}
Cell depend_on_count(const Env& env, const Record& task) { return std::int64_t(blockers(env, task).size()); }
Cell closed_depend_on_count(const Env& env, const Record& task) {
    return count(blockers(env, task), [&](std::int64_t id) { return closed(env, id); });
}
Cell dependent_count(const Env& env, const Record& task) {
    const Model& model = env.model("project.task");
    return count(env.raw_ids(model, task, *model.find("dependent_ids")),
                 [&](std::int64_t id) { return !closed(env, id); });
}
Cell task_url(const Env&, const Record& task) { return fmt::format("/my/tasks/{}", task.id); }
Cell project_url(const Env&, const Record& project) { return fmt::format("/my/projects/{}", project.id); }

// "Ana, Ben and Carla"
Cell assignee_names(const Env& env, const Record& task) {
    const Model& model = env.model("project.task");
    std::string names;
    const Ids users = env.raw_ids(model, task, *model.find("user_ids"));
    for (std::size_t i = 0; i < users.size(); ++i) {
        if (i > 0) names += i + 1 == users.size() ? " and " : ", ";
        names += env.display_name(env.model("res.users"), users[i]);
    }
    return names;
}

// The caller's own first private stage, for tasks that are his.
Cell personal_stage(const Env& env, const Record& task) {
    if (!env.store.linked(*env.model("project.task").find("user_ids"), task.id).contains(env.uid)) return {};
    const Model& stage = env.model("project.task.type");
    const auto& own = env.store.referring(stage, *stage.find("user_id"), env.uid);
    return own.empty() ? Cell{} : Cell{*own.begin()};
}
Cell personal_stages(const Env& env, const Record& task) {
    const Cell stage = personal_stage(env, task);
    return empty(stage) ? Cell{Ids{}} : Cell{Ids{integer(stage)}};
}

Ids tasks_of(const Env& env, std::string_view field, std::int64_t owner) {
    const Model& task = env.model("project.task");
    const auto& rows = env.store.referring(task, *task.find(field), owner);
    Ids shown;
    for (const std::int64_t id : rows) {
        if (active(env, id)) shown.push_back(id);
    }
    return shown;
}
Cell project_task_count(const Env& env, const Record& project) {
    return std::int64_t(tasks_of(env, "project_id", project.id).size());
}
Cell project_open_count(const Env& env, const Record& project) {
    return count(tasks_of(env, "project_id", project.id), [&](std::int64_t id) { return !closed(env, id); });
}
Cell project_closed_count(const Env& env, const Record& project) {
    return count(tasks_of(env, "project_id", project.id), [&](std::int64_t id) { return closed(env, id); });
}
// Only what is open: the field carries a domain of its own. `tasks` shows all.
Cell project_open_tasks(const Env& env, const Record& project) {
    const Model& model = env.model("project.project");
    Ids all = ids(env.get(model, project, *model.find("tasks")));
    std::erase_if(all, [&](std::int64_t id) { return closed(env, id); });
    return all;
}
Cell milestone_count(const Env& env, const Record& project) {
    const Model& model = env.model("project.project");
    return std::int64_t(env.raw_ids(model, project, *model.find("milestone_ids")).size());
}
Cell milestone_count_reached(const Env& env, const Record& project) {
    const Model& model = env.model("project.project");
    return count(env.raw_ids(model, project, *model.find("milestone_ids")),
                 [&](std::int64_t id) { return truth(env.get(env.model("project.milestone"), id, "is_reached")); });
}

Cell milestone_task_count(const Env& env, const Record& milestone) {
    return std::int64_t(tasks_of(env, "milestone_id", milestone.id).size());
}
Cell milestone_done_count(const Env& env, const Record& milestone) {
    return count(tasks_of(env, "milestone_id", milestone.id), [&](std::int64_t id) { return closed(env, id); });
}
Cell deadline_exceeded(const Env& env, const Record& milestone) {
    const Model& model = env.model("project.milestone");
    const Cell& deadline = milestone.get(model.find("deadline")->slot);
    return !truth(milestone.get(model.find("is_reached")->slot)) && !empty(deadline) && text(deadline) < env.today();
}
Cell can_be_reached(const Env& env, const Record& milestone) {
    const Ids tasks = tasks_of(env, "milestone_id", milestone.id);
    const bool reached = truth(milestone.get(env.model("project.milestone").find("is_reached")->slot));
    return !reached && !tasks.empty() && count(tasks, [&](std::int64_t id) { return !closed(env, id); }) == 0;
}

// "Acme, Ana Reyes": a contact is named with its company.
Cell complete_name(const Env& env, const Record& partner) {
    const Model& model = env.model("res.partner");
    const std::string& name = text(partner.get(model.find("name")->slot));
    const std::int64_t parent = integer(partner.get(model.find("parent_id")->slot));
    if (parent == 0 || truth(partner.get(model.find("is_company")->slot))) return name;
    return text(env.get(model, parent, "name")) + ", " + name;
}
Cell company_type(const Env& env, const Record& partner) {
    return std::string(truth(partner.get(env.model("res.partner").find("is_company")->slot)) ? "company" : "person");
}
Cell commercial_partner(const Env& env, const Record& partner) {
    const Model& model = env.model("res.partner");
    const std::int64_t parent = integer(partner.get(model.find("parent_id")->slot));
    if (parent == 0 || truth(partner.get(model.find("is_company")->slot))) return partner.id;
    return env.get(model, parent, "commercial_partner_id");
}
Cell normalized_email(const Env& env, const Record& partner) {
    const std::string& email = text(partner.get(env.model("res.partner").find("email")->slot));
    return email.empty() ? Cell{} : Cell{to_lower(trim(email))};
}
Cell portrait(const Env& env, const Record& partner) {
    return partner.get(env.model("res.partner").find("image_1920")->slot);
}
Cell implied_groups(const Env& env, const Record& user) {
    const Model& model = env.model("res.users");
    return env.get(model, user, *model.find("group_ids"));
}
Cell never_shown(const Env&, const Record&) { return {}; }

Cell activity_state(const Env& env, const Record& activity) {
    const Model& model = env.model("mail.activity");
    if (!truth(activity.get(model.find("active")->slot))) return std::string("done");
    const std::string& deadline = text(activity.get(model.find("date_deadline")->slot));
    return std::string(deadline < env.today() ? "overdue" : deadline == env.today() ? "today" : "planned");
}
Cell activity_record_name(const Env& env, const Record& activity) {
    const Model& model = env.model("mail.activity");
    const Model* owner = env.registry.find(text(env.get(model, activity, *model.find("res_model"))));
    const std::int64_t id = integer(activity.get(model.find("res_id")->slot));
    return owner == nullptr ? Cell{} : Cell{env.display_name(*owner, id)};
}
Cell yes(const Env&, const Record&) { return true; }

Cell path_of_itself(const Env&, const Record& record) { return fmt::format("{}/", record.id); }

Cell external_name(const Env& env, const Record& data) {
    const Model& model = env.model("ir.model.data");
    return text(data.get(model.find("module")->slot)) + "." + text(data.get(model.find("name")->slot));
}
Cell deployment_count(const Env& env, const Record& task) {
    return std::int64_t(env.store.linked(*env.model("project.task").find("deployment_ids"), task.id).size());
}

constexpr std::array kComputes{
    Computed{"project.task", "is_closed", task_closed},
    Computed{"project.task", "subtask_count", subtask_count},
    Computed{"project.task", "closed_subtask_count", closed_subtask_count},
    Computed{"project.task", "subtask_completion_percentage", subtask_completion},
    Computed{"project.task", "depend_on_count", depend_on_count},
    Computed{"project.task", "closed_depend_on_count", closed_depend_on_count},
    Computed{"project.task", "dependent_tasks_count", dependent_count},
    Computed{"project.task", "access_url", task_url},
    Computed{"project.task", "portal_user_names", assignee_names},
    Computed{"project.task", "personal_stage_type_id", personal_stage},
    Computed{"project.task", "personal_stage_type_ids", personal_stages},
    Computed{"project.task", "deployment_count", deployment_count},
    Computed{"project.project", "access_url", project_url},
    Computed{"project.project", "task_count", project_task_count},
    Computed{"project.project", "open_task_count", project_open_count},
    Computed{"project.project", "closed_task_count", project_closed_count},
    Computed{"project.project", "task_ids", project_open_tasks},
    Computed{"project.project", "milestone_count", milestone_count},
    Computed{"project.project", "milestone_count_reached", milestone_count_reached},
    Computed{"project.milestone", "task_count", milestone_task_count},
    Computed{"project.milestone", "done_task_count", milestone_done_count},
    Computed{"project.milestone", "is_deadline_exceeded", deadline_exceeded},
    Computed{"project.milestone", "can_be_marked_as_done", can_be_reached},
    Computed{"res.partner", "complete_name", complete_name},
    Computed{"res.partner", "company_type", company_type},
    Computed{"res.partner", "commercial_partner_id", commercial_partner},
    Computed{"res.partner", "email_normalized", normalized_email},
    Computed{"res.partner", "image_128", portrait},
    Computed{"res.partner", "avatar_128", portrait},
    Computed{"res.users", "all_group_ids", implied_groups},
    Computed{"res.users", "password", never_shown},
    Computed{"mail.activity", "state", activity_state},
    Computed{"mail.activity", "res_name", activity_record_name},
    Computed{"mail.activity", "can_write", yes},
    Computed{"res.company", "parent_path", path_of_itself},
    Computed{"ir.model.data", "complete_name", external_name},
};

}  // namespace

Compute compute_of(std::string_view model, std::string_view field) {
    for (const std::span<const Computed> computes : {std::span<const Computed>(kComputes), trade_computes()}) {
        for (const Computed& one : computes) {
            if (one.model == model && one.field == field) return one.compute;
        }
    }
    return nullptr;
}

}  // namespace syncline::sim::odoo_detail
