// What the people of a storm do.
#include <fmt/format.h>

#include <algorithm>

#include "tests/engine/storm.hpp"

namespace syncline::testing {

namespace {

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

}  // namespace

std::vector<std::int64_t> Storm::tasks_of_project(std::int64_t project) const {
    std::vector<std::int64_t> found;
    for (const std::int64_t id : rig_.odoo.ids("project.task")) {
        if (reference(rig_.odoo.read("project.task", id), "project_id") == project) found.push_back(id);
    }
    return found;
}

std::vector<std::string> Storm::living_items() const {
    std::vector<std::string> found;
    for (const json::Object& project : rig_.plane.projects()) {
        if (!project.at("archived_at").is_null()) continue;
        for (const std::string& id : rig_.plane.items(std::string(json::text_or(project, "id")))) found.push_back(id);
    }
    return found;
}

void Storm::edit() {
    const std::vector<std::int64_t> tasks = rig_.tasks();
    const std::vector<std::string> items = living_items();
    const std::uint64_t dice = below(100);
    if (dice < 8) {
        create_task();
    } else if (dice < 16) {
        edit_around();
    } else if (dice < 58 && !tasks.empty()) {
        edit_odoo(pick(tasks));
    } else if (!items.empty()) {
        edit_plane(pick(items));
    }
}

void Storm::supersede(std::int64_t task, const std::string& item, std::string_view field) {
    for (Typed& old : typed_) {
        const bool same = old.task == task && old.item == item && (field.empty() || old.field == field);
        if (same && shown_value(old) == old.value) old.superseded = true;
    }
}

void Storm::write(std::int64_t task, const json::Object& values, std::string_view what) {
    rig_.odoo.write("project.task", {task}, values);
    say(fmt::format("{}Odoo task {}: {} {}", in_sync_ ? "(meanwhile) " : "", task, what, json::canonical(values)));
    screenshot_ = take_screenshot(rig_);
}

void Storm::move_stage(std::int64_t task) {
    const std::int64_t project = reference(rig_.odoo.read("project.task", task), "project_id");
    std::vector<std::int64_t> stages;
    for (const std::int64_t id : rig_.odoo.ids("project.task.type")) {
        const json::Object stage = rig_.odoo.read("project.task.type", id);
        for (const json::Value& owner : stage.at("project_ids").as_array()) {
            if (owner.as_int64() == project) stages.push_back(id);
        }
    }
    if (stages.empty()) return;
    const std::int64_t stage = pick(stages);
    const std::string before = shown_value({task, "", "state", ""});
    supersede(task, "", "state");
    const std::string key = state_key(std::string(json::text_or(rig_.odoo.read("project.task.type", stage), "name")));
    write(task, {{"stage_id", stage}}, "restage to " + key);
    // Another stage of the same state is no edit.
    if (!in_sync_ && before != key) remember({task, "", "state", key});
}

// Parents, milestones, blockers: never a circle, as Odoo would not take one.
void Storm::change_links(std::int64_t task) {
    const std::int64_t project = reference(rig_.odoo.read("project.task", task), "project_id");
    std::vector<std::int64_t> earlier = {0};
    for (const std::int64_t other : tasks_of_project(project)) {
        if (other < task) earlier.push_back(other);
    }
    const std::int64_t other = pick(earlier);
    const std::uint64_t dice = below(3);
    if (dice == 0) {
        // A parent with a smaller id makes no circle when every parent is one.
        write(task, {{"parent_id", id_or_false(other)}}, "parent");
    } else if (dice == 1) {
        std::vector<std::int64_t> milestones = {0};
        for (const std::int64_t id : rig_.odoo.ids("project.milestone")) {
            if (reference(rig_.odoo.read("project.milestone", id), "project_id") == project) milestones.push_back(id);
        }
        write(task, {{"milestone_id", id_or_false(pick(milestones))}}, "milestone");
    } else if (other != 0) {
        write(task, {{"depend_on_ids", list_of(json::Array{4, other})}}, "blocker");
    }
}

void Storm::edit_odoo(std::int64_t task) {
    switch (below(12)) {
        case 0:
        case 1: return write(task, {{"name", fmt::format("Odoo name {}", ++names_)}}, "rename");
        case 2: return write(task, {{"priority", std::to_string(below(4))}}, "priority");
        case 3: return write(task, {{"planned_date_end", day_from_now(below(60))}}, "due");
        case 4:
        case 5: return move_stage(task);
        case 6:
        case 7: return change_links(task);
        case 8: {
            json::Array people;
            for (const std::int64_t id : rig_.odoo.ids("res.users")) {
                const json::Object user = rig_.odoo.read("res.users", id);
                const bool known = std::string(json::text_or(user, "email")).ends_with("@acme.example");
                if (known && below(4) == 0) people.push_back(id);
            }
            return write(task, {{"user_ids", replace_by(people)}}, "people");
        }
        case 9: {
            json::Array tags;
            for (const std::int64_t id : rig_.odoo.ids("project.tags")) {
                if (below(4) == 0) tags.push_back(id);
            }
            return write(task, {{"tag_ids", replace_by(tags)}}, "tags");
        }
        case 10: return write(task, {{"is_shipped", true}, {"shipped_at", "2026-11-21 09:00:00"}}, "ship");
        default: return end_task(task);
    }
}

void Storm::create_task() {
    const std::vector<std::int64_t> projects = rig_.odoo.ids("project.project");
    std::vector<std::int64_t> open;
    for (const std::int64_t id : projects) {
        if (json::bool_or(rig_.odoo.read("project.project", id), "active")) open.push_back(id);
    }
    if (open.empty()) return;
    const std::int64_t project = pick(open);
    json::Object values{
        {"name", fmt::format("Odoo name {}", ++names_)}, {"project_id", project}, {"user_ids", json::Array{}}};
    const std::vector<std::int64_t> others = tasks_of_project(project);
    if (!others.empty() && below(2) == 0) values["parent_id"] = pick(others);
    const std::int64_t id = rig_.odoo.create("project.task", {values}).front();
    say(fmt::format("Odoo task {}: create {}", id, json::canonical(values)));
    screenshot_ = take_screenshot(rig_);
}

void Storm::end_task(std::int64_t task) {
    supersede(task, "", "");
    if (below(4) == 0 && rig_.odoo.read("project.task", task).at("child_ids").as_array().empty()) {
        rig_.odoo.unlink("project.task", {task});
        say(fmt::format("Odoo task {}: delete", task));
        screenshot_ = take_screenshot(rig_);
        return;
    }
    if (below(2) == 0) return write(task, {{"active", false}}, "archive");
    for (const std::int64_t id : rig_.odoo.ids("project.task")) {
        const json::Object record = rig_.odoo.read("project.task", id);
        const std::int64_t project = reference(record, "project_id");
        if (json::bool_or(record, "active") || project == 0) continue;
        if (json::bool_or(rig_.odoo.read("project.project", project), "active"))
            return write(id, {{"active", true}}, "unarchive");
    }
}

// Milestones, tags and projects.
void Storm::edit_around() {
    const std::vector<std::int64_t> milestones = rig_.odoo.ids("project.milestone");
    const std::vector<std::int64_t> tags = rig_.odoo.ids("project.tags");
    const std::vector<std::int64_t> projects = rig_.odoo.ids("project.project");
    const std::uint64_t dice = below(9);
    if (dice < 2 && !milestones.empty()) {
        const std::int64_t id = pick(milestones);
        rig_.odoo.write("project.milestone", {id}, {{"name", fmt::format("Milestone {}", ++names_)}});
        say(fmt::format("Odoo milestone {}: rename", id));
    } else if (dice < 4 && !milestones.empty()) {
        const std::int64_t id = pick(milestones);
        rig_.odoo.write("project.milestone", {id}, {{"deadline", day_from_now(below(90))}});
        say(fmt::format("Odoo milestone {}: deadline", id));
    } else if (dice == 4 && !milestones.empty()) {
        const std::int64_t id = pick(milestones);
        rig_.odoo.unlink("project.milestone", {id});
        say(fmt::format("Odoo milestone {}: delete", id));
    } else if (dice == 5 && !tags.empty()) {
        const std::int64_t id = pick(tags);
        rig_.odoo.write("project.tags", {id}, {{"name", fmt::format("Tag {}", ++names_)}});
        say(fmt::format("Odoo tag {}: rename to Tag {}", id, names_));
    } else if (dice == 6 && !tags.empty()) {
        const std::int64_t id = pick(tags);
        rig_.odoo.unlink("project.tags", {id});
        say(fmt::format("Odoo tag {}: delete", id));
    } else if (dice == 7) {
        const std::int64_t id = pick(projects);
        rig_.odoo.write("project.project", {id}, {{"name", fmt::format("Project {}", ++names_)}});
        say(fmt::format("Odoo project {}: rename", id));
    } else if (dice == 8 && below(2) == 0) {
        const std::int64_t id = pick(projects);
        const bool active = json::bool_or(rig_.odoo.read("project.project", id), "active");
        rig_.odoo.write("project.project", {id}, {{"active", !active}});
        say(fmt::format("Odoo project {}: {}", id, active ? "archive" : "unarchive"));
    }
    screenshot_ = take_screenshot(rig_);
}

void Storm::type_plane(const std::string& item, std::string_view field, std::string_view attribute,
                       std::string_view value, std::string_view shown) {
    const json::Object before = rig_.plane.item(item);
    const std::string external(json::text_or(before, "external_id"));
    const std::int64_t task = external.starts_with("project.task:") ? std::stoll(external.substr(13)) : 0;
    supersede(task, item, field);
    rig_.plane.edit_item(item, {{attribute, shown}});
    say(fmt::format("{}Plane item {} (task {}): {} = {}", in_sync_ ? "(meanwhile) " : "", item.substr(0, 8), task,
                    field, value));
    // What is typed while the engine writes the same field cannot be told from what it overwrites: Plane has no
    // conditional write.
    if (task != 0 && !in_sync_) remember({task, item, std::string(field), std::string(value)});
}

void Storm::edit_words(const std::string& item) {
    static const std::vector<std::string> kPriorities = {"urgent", "high", "medium", "low"};
    const std::string name = fmt::format("Plane name {}", ++names_);
    const std::string& priority = pick(kPriorities);
    const std::string day = day_from_now(100 + below(60));
    switch (below(3)) {
        case 0: return type_plane(item, "name", "name", name, name);
        case 1: return type_plane(item, "priority", "priority", priority, priority);
        default: return type_plane(item, "due", "target_date", day, day);
    }
}

void Storm::edit_plane(const std::string& item) {
    static const std::vector<std::string> kStates = {"Backlog", "Todo", "In Progress", "Done", "Cancelled"};
    const std::string project(json::text_or(rig_.plane.item(item), "project"));
    const std::uint64_t dice = below(14);
    if (dice < 5) {
        const std::string& state = pick(kStates);
        return type_plane(item, "state", "state", state_key(state), rig_.plane.state_id(project, state));
    }
    if (dice < 9) return edit_words(item);
    if (dice == 9) {
        rig_.plane.edit_item(item, {{"assignees", json::Array{}}});
        return say("Plane item " + item.substr(0, 8) + ": nobody's");
    }
    if (dice == 10) {
        rig_.plane.edit_item(item, {{"labels", json::Array{}}});
        return say("Plane item " + item.substr(0, 8) + ": no labels");
    }
    if (dice == 11) {
        const std::vector<std::string> siblings = rig_.plane.items(project);
        const std::string& parent = pick(siblings);
        if (parent == item) return;
        rig_.plane.edit_item(item, {{"parent", parent}});
        return say("Plane item " + item.substr(0, 8) + ": parent " + parent.substr(0, 8));
    }
    if (dice == 12) {
        const std::string made = rig_.plane.add_item(project, {{"name", fmt::format("Born in Plane {}", ++names_)}});
        return say("Plane item " + made.substr(0, 8) + ": create");
    }
    end_item(item);
}

void Storm::end_item(const std::string& item) {
    const bool archived = !rig_.plane.item(item).at("archived_at").is_null();
    for (Typed& old : typed_) {
        if (old.item == item && shown_value(old) == old.value) old.superseded = true;
    }
    if (below(4) == 0) {
        const std::vector<std::string> before = living_items();
        rig_.plane.delete_item(item);
        for (const std::string& id : before) {
            if (rig_.plane.item(id).empty()) deleted_.insert(id);  // with all that was under it
        }
        return say("Plane item " + item.substr(0, 8) + ": delete");
    }
    rig_.plane.archive_item(item, !archived);
    say("Plane item " + item.substr(0, 8) + (archived ? ": unarchive" : ": archive"));
}

// Only what belongs to the side that is edited: that must survive whatever the engine is doing.
void Storm::edit_meanwhile() {
    const std::vector<std::int64_t> tasks = rig_.tasks();
    const std::vector<std::string> items = living_items();
    if (below(2) == 0 && !tasks.empty()) {
        const std::int64_t task = pick(tasks);
        return below(2) == 0 ? write(task, {{"name", fmt::format("Odoo name {}", ++names_)}}, "rename")
                             : write(task, {{"priority", std::to_string(below(4))}}, "priority");
    }
    if (items.empty()) return;
    static const std::vector<std::string> kStates = {"Backlog", "Todo", "In Progress", "Done", "Cancelled"};
    const std::string& item = pick(items);
    const std::string& state = pick(kStates);
    const std::string project(json::text_or(rig_.plane.item(item), "project"));
    type_plane(item, "state", "state", state_key(state), rig_.plane.state_id(project, state));
}

}  // namespace syncline::testing
