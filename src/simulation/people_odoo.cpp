#include <fmt/format.h>

#include "simulation/chance.hpp"
#include "simulation/people.hpp"

namespace syncline::simulation {

namespace {

constexpr std::int64_t kAdminUser = 2;  // with the system's own before him: nobody gives them work

// Braces around a single list would copy that list instead of holding it.
json::Array list_of(json::Array element) {
    json::Array list;
    list.push_back(std::move(element));
    return list;
}

json::Array replace_by(const json::Array& ids) { return list_of(json::Array{6, 0, ids}); }

json::Value id_or_false(std::int64_t id) { return id == 0 ? json::Value(false) : json::Value(id); }

std::string day_from_now(std::uint64_t days) {
    return format_day(Day(std::chrono::year(2026) / 12 / 1) + std::chrono::days(days));
}

std::int64_t pick_id(Random& random, const std::vector<std::int64_t>& from) {
    return from.empty() ? 0 : pick(random, from);
}

}  // namespace

void People::attempt(const std::string& model, std::int64_t id, const json::Object& values, const std::string& what) {
    const std::string refusal = odoo_.try_write(model, {id}, values);
    say_(refusal.empty() ? what : what + ": refused, " + refusal.substr(0, 80));
}

void People::write(const OdooTask& task, const json::Object& values, std::string_view what) {
    attempt("project.task", task.id, values,
            fmt::format("Odoo task {}: {} {}", task.id, what, json::canonical(values)));
}

void People::move_stage(Random& random, const OdooTask& task) {
    std::vector<std::int64_t> stages;
    for (const std::int64_t id : odoo_.ids("project.task.type")) {
        const json::Object stage = odoo_.read("project.task.type", id, {"project_ids"});
        for (const json::Value& owner : stage.at("project_ids").as_array()) {
            if (owner.as_int64() == task.project) stages.push_back(id);
        }
    }
    if (const std::int64_t stage = pick_id(random, stages)) write(task, {{"stage_id", stage}}, "stage");
}

void People::change_links(Random& random, const OdooTask& task) {
    std::vector<std::int64_t> others = {0};
    std::vector<std::int64_t> milestones = {0};
    for (const auto& [id, other] : screens_.tasks()) {
        if (id != task.id && other.project == task.project && other.active) others.push_back(id);
    }
    for (const auto& [id, milestone] : screens_.milestones()) {
        if (milestone.project == task.project) milestones.push_back(id);
    }
    const std::uint64_t dice = random.below(4);
    const std::int64_t other = pick_id(random, others);
    if (dice == 0) return write(task, {{"parent_id", id_or_false(other)}}, "parent");
    if (dice < 3) return write(task, {{"milestone_id", id_or_false(pick_id(random, milestones))}}, "milestone");
    if (!task.blockers.empty() && random.below(2) == 0) {
        return write(task, {{"depend_on_ids", list_of(json::Array{3, pick(random, task.blockers)})}}, "no blocker");
    }
    if (other != 0) write(task, {{"depend_on_ids", list_of(json::Array{4, other})}}, "blocker");
}

void People::change_people(Random& random, const OdooTask& task) {
    json::Array people;
    for (const std::int64_t id : odoo_.ids("res.users")) {
        if (id > kAdminUser && random.below(4) == 0) people.push_back(id);
    }
    write(task, {{"user_ids", replace_by(people)}}, "people");
}

void People::change_tags(Random& random, const OdooTask& task) {
    json::Array tags;
    for (const std::int64_t id : odoo_.ids("project.tags")) {
        if (random.below(4) == 0) tags.push_back(id);
    }
    write(task, {{"tag_ids", replace_by(tags)}}, "tags");
}

void People::move_to_project(Random& random, const OdooTask& task) {
    std::vector<std::int64_t> others;
    for (const auto& [id, project] : screens_.projects()) {
        if (id != task.project && project.active) others.push_back(id);
    }
    if (const std::int64_t project = pick_id(random, others)) write(task, {{"project_id", project}}, "to project");
}

void People::edit_task(Random& random, const OdooTask& task) {
    const std::uint64_t dice = random.below(40);
    if (dice < 6) return write(task, {{"name", word(random, "Odoo name")}}, "name");
    if (dice < 9) return write(task, {{"priority", std::to_string(random.below(4))}}, "priority");
    if (dice < 12 && odoo_.has_ppm_addon()) {
        return write(task, {{"planned_date_end", day_from_now(random.below(60))}}, "due");
    }
    if (dice < 12) return write(task, {{"date_deadline", day_from_now(random.below(60)) + " 10:00:00"}}, "due");
    if (dice < 13 && odoo_.has_ppm_addon()) {
        return write(task,
                     {{"planned_date_begin",
                       format_day(Day(std::chrono::year(2026) / 11 / 1) + std::chrono::days(random.below(29)))}},
                     "start");
    }
    if (dice < 16) {
        const std::string text = "<p>" + word(random, "Odoo words") + " <b>and</b> more &amp; more</p>";
        return write(task, {{"description", text}}, "description");
    }
    if (dice < 21) return move_stage(random, task);
    if (dice < 27) return change_links(random, task);
    if (dice < 30) return change_people(random, task);
    if (dice < 33) return change_tags(random, task);
    if (dice < 35 && odoo_.has_ppm_addon()) {
        return write(task, {{"is_shipped", true}, {"shipped_at", "2026-11-21 09:00:00"}}, "ship");
    }
    if (dice < 36) return move_to_project(random, task);
    end_task(random, task);
}

void People::create_task(Random& random) {
    std::vector<std::int64_t> open;
    for (const auto& [id, project] : screens_.projects()) {
        if (project.active) open.push_back(id);
    }
    const std::int64_t project = pick_id(random, open);
    if (project == 0) return;
    json::Object values{{"name", word(random, "Odoo name")}, {"project_id", project}, {"user_ids", json::Array{}}};
    std::vector<std::int64_t> parents;
    for (const auto& [id, task] : screens_.tasks()) {
        if (task.project == project && task.active) parents.push_back(id);
    }
    if (random.below(2) == 0) values["parent_id"] = id_or_false(pick_id(random, parents));
    const std::int64_t id = odoo_.create("project.task", {values}).front();
    say_(fmt::format("Odoo task {}: create {}", id, json::canonical(values)));
}

void People::end_task(Random& random, const OdooTask& task) {
    const std::uint64_t dice = random.below(4);
    if (dice == 0) {
        const std::string refusal = odoo_.try_unlink("project.task", {task.id});
        return say_(fmt::format("Odoo task {}: delete{}", task.id, refusal.empty() ? "" : ": refused"));
    }
    if (dice < 3) return write(task, {{"active", false}}, "archive");
    for (const auto& [id, other] : screens_.tasks()) {
        const auto project = screens_.projects().find(other.project);
        const bool open = project != screens_.projects().end() && project->second.active;
        if (!other.active && open) return write(other, {{"active", true}}, "unarchive");
    }
}

void People::edit_milestone(Random& random) {
    std::vector<std::int64_t> ids;
    for (const auto& [id, milestone] : screens_.milestones()) ids.push_back(id);
    const std::int64_t id = pick_id(random, ids);
    if (id == 0) return;
    const std::string who = fmt::format("Odoo milestone {}: ", id);
    const std::uint64_t dice = random.below(6);
    if (dice < 2) {
        const std::string name = word(random, "Milestone");
        return attempt("project.milestone", id, {{"name", name}}, who + "name " + name);
    }
    if (dice < 5) {
        const std::string day = day_from_now(random.below(90));
        return attempt("project.milestone", id, {{"deadline", day}}, who + "deadline " + day);
    }
    const std::string refusal = odoo_.try_unlink("project.milestone", {id});
    say_(who + (refusal.empty() ? "delete" : "delete: refused"));
}

void People::edit_tag(Random& random) {
    const std::int64_t id = pick_id(random, odoo_.ids("project.tags"));
    if (id == 0) return;
    if (random.below(2) == 0) {
        const std::string name = word(random, "Tag");
        return attempt("project.tags", id, {{"name", name}}, fmt::format("Odoo tag {}: name {}", id, name));
    }
    const std::string refusal = odoo_.try_unlink("project.tags", {id});
    say_(fmt::format("Odoo tag {}: delete{}", id, refusal.empty() ? "" : ": refused"));
}

void People::edit_project(Random& random) {
    std::vector<std::int64_t> ids;
    for (const auto& [id, project] : screens_.projects()) ids.push_back(id);
    const std::int64_t id = pick_id(random, ids);
    if (id == 0) return;
    if (random.below(3) > 0) {
        const std::string name = word(random, "Project");
        return attempt("project.project", id, {{"name", name}}, fmt::format("Odoo project {}: name {}", id, name));
    }
    const bool active = screens_.projects().at(id).active;
    attempt("project.project", id, {{"active", !active}},
            fmt::format("Odoo project {}: {}", id, active ? "archive" : "unarchive"));
}

void People::act_in_odoo(Random& random) {
    std::vector<const OdooTask*> living;
    for (const auto& [id, task] : screens_.tasks()) {
        if (screens_.living(task)) living.push_back(&task);
    }
    const std::uint64_t dice = random.below(40);
    if (dice < 4) return create_task(random);
    if (dice < 6) return edit_milestone(random);
    if (dice < 7) return edit_tag(random);
    if (dice < 8) return edit_project(random);
    // A copy: what is looked at changes under one's hands.
    if (!living.empty()) edit_task(random, OdooTask(*pick(random, living)));
}

}  // namespace syncline::simulation
