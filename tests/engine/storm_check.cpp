// What must hold after a storm.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "tests/engine/storm.hpp"

namespace syncline::testing {

namespace {

using Names = std::set<std::string>;

std::string external(const json::Object& record) { return std::string(json::text_or(record, "external_id")); }

bool put_away(const json::Object& item) { return item.empty() || !item.at("archived_at").is_null(); }

json::Array get(const Rig& rig, const std::string& path) {
    net::HttpRequest request;
    request.url = "/api/v1/workspaces/" + sim::PlaneOptions().workspace + "/" + path;
    request.headers.set("X-Api-Key", sim::PlaneOptions().key);
    const net::HttpResponse answer = const_cast<Rig&>(rig).plane.handle(request);
    const json::Value body = json::parse(answer.body).value();
    if (body.is_array()) return body.as_array();
    const json::Value* results = json::find(body, "results");
    return results ? results->as_array() : json::Array();
}

std::string word(const Rig& rig, const std::string& list, std::string_view id, std::string_view key) {
    for (const json::Value& row : get(rig, list)) {
        if (json::text_or(row, "id") == id) return std::string(json::text_or(row, key));
    }
    return {};
}

std::string group_of(std::string_view key) {
    if (key == "done") return "completed";
    if (key == "todo") return "unstarted";
    if (key == "in_progress") return "started";
    return std::string(key);
}

std::string text(const Names& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return "{" + all + "}";
}

}  // namespace

Screenshot take_screenshot(const Rig& rig) {
    static constexpr std::string_view kShown[] = {
        "name",     "priority",     "planned_date_begin", "planned_date_end", "date_deadline", "parent_id",
        "user_ids", "milestone_id", "depend_on_ids",      "tag_ids",          "project_id",    "active",
        "wbs_code", "is_shipped",   "shipped_at",         "description",
    };
    Screenshot all;
    for (const std::int64_t id : rig.odoo.ids("project.task")) {
        const json::Object task = rig.odoo.read("project.task", id);
        json::Object& shown = all[id];
        for (const std::string_view field : kShown) shown[field] = task.at(field);
    }
    return all;
}

std::string priority_word(std::string_view odoo) {
    static const std::map<std::string, std::string, std::less<>> kWords = {
        {"0", "low"}, {"1", "medium"}, {"2", "high"}, {"3", "urgent"}};
    const auto found = kWords.find(odoo);
    return found == kWords.end() ? std::string(odoo) : found->second;
}

// Plane has no "In Review" of its own: there it is "In Progress".
std::string state_key(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name == "to do" || name == "todo") return "todo";
    if (name == "in progress" || name == "in review") return "in_progress";
    return name;
}

void Storm::check_ownership(std::string_view when) {
    const Screenshot now = take_screenshot(rig_);
    for (const auto& [id, shown] : now) {
        const auto before = screenshot_.find(id);
        if (before == screenshot_.end()) {
            violation(fmt::format("a task {} was made in Odoo {}", id, when));
            continue;
        }
        for (const auto& [field, value] : shown) {
            if (value == before->second.at(field)) continue;
            violation(fmt::format("P7: {} of task {} was written in Odoo {}: {} -> {}", std::string_view(field), id,
                                  when, json::canonical(before->second.at(field)), json::canonical(value)));
        }
    }
    for (const auto& [id, shown] : screenshot_) {
        if (!now.contains(id)) violation(fmt::format("task {} was deleted in Odoo {}", id, when));
    }
}

void Storm::check_nothing_deleted() {
    for (const json::Object& project : rig_.plane.projects()) {
        for (const std::string& id : rig_.plane.items(std::string(json::text_or(project, "id")))) items_.insert(id);
    }
    for (const std::string& id : items_) {
        if (!deleted_.contains(id) && rig_.plane.item(id).empty()) violation("item " + id + " was deleted in Plane");
    }
}

std::string Storm::shown_value(const Typed& typed) const {
    if (typed.item.empty()) {
        const json::Object task = rig_.odoo.read("project.task", typed.task);
        if (task.empty()) return {};
        return state_key(
            std::string(json::text_or(rig_.odoo.read("project.task.type", reference(task, "stage_id")), "name")));
    }
    const json::Object item = rig_.plane.item(typed.item);
    if (typed.field == "due") return std::string(json::text_or(item, "target_date"));
    if (typed.field != "state") return std::string(json::text_or(item, typed.field));
    const std::string project(json::text_or(item, "project"));
    for (const char* name : {"Backlog", "Todo", "In Progress", "Done", "Cancelled"}) {
        if (rig_.plane.state_id(project, name) == json::text_or(item, "state")) return state_key(name);
    }
    return {};
}

bool Storm::arrived(const Typed& typed) const {
    const json::Object task = rig_.odoo.read("project.task", typed.task);
    if (task.empty()) return false;
    if (typed.field == "name") return json::text_or(task, "name") == typed.value;
    if (typed.field == "priority") return priority_word(json::text_or(task, "priority")) == typed.value;
    if (typed.field == "due") return json::text_or(task, "planned_date_end") == typed.value;
    Typed other = typed;
    other.item = typed.item.empty() ? rig_.plane_id_of(typed.task) : "";
    return shown_value(other) == typed.value;
}

void Storm::remember(Typed typed) {
    if (!arrived(typed)) typed_.push_back(std::move(typed));
}

void Storm::note_arrivals() {
    std::erase_if(typed_, [&](const Typed& typed) { return typed.superseded || arrived(typed); });
}

void Storm::check_kept() {
    for (const Typed& typed : typed_) {
        if (typed.superseded || deleted_.contains(typed.item)) continue;
        if (rig_.odoo.read("project.task", typed.task).empty()) continue;
        if (shown_value(typed) == typed.value) continue;
        const std::int64_t found = rig_.number(
            "select count(*) from ledger.conflicts where link = $1 and field = $2 and losing = to_jsonb($3::text)",
            {"task/odoo/" + std::to_string(typed.task), typed.field, typed.value});
        if (found > 0) continue;
        violation(fmt::format("P3: {} '{}' typed in {} (task {}) is nowhere: it shows '{}'", typed.field, typed.value,
                              typed.item.empty() ? "Odoo" : "Plane", typed.task, shown_value(typed)));
    }
}

void Storm::check_task(std::int64_t task, const std::map<std::string, std::set<std::string>>& parked) {
    const json::Object odoo = rig_.odoo.read("project.task", task);
    const pg::Rows link = rig_.query("select plane_id, status, parked::text as parked from sync.links where link = $1",
                                     {"task/odoo/" + std::to_string(task)});
    if (link.empty()) return violation(fmt::format("P5: task {} has no link", task));
    const std::string status(link.text(0, "status"));
    const std::string reasons(link.text(0, "parked"));
    const json::Object item = rig_.plane.item(std::string(link.text(0, "plane_id")));
    if (parked.contains("")) return;  // waits as a whole, with a reason
    if (status == "tombstone") {
        return violation(fmt::format("P5: task {} lives under a tombstone without a reason", task));
    }
    if (status != "active") return violation(fmt::format("P4: the link of task {} is {} {}", task, status, reasons));
    if (put_away(item))
        return violation(fmt::format("P4: task {} lives, its item does not, and its link is active", task));
    const auto differs = [&](std::string_view field, const std::string& there, const std::string& here) {
        if (there == here || parked.contains(std::string(field))) return;
        violation(
            fmt::format("P4: {} of task {} is '{}' in Odoo and '{}' in Plane {}", field, task, here, there, reasons));
    };
    differs("name", std::string(json::text_or(item, "name")), std::string(json::text_or(odoo, "name")));
    differs("priority",
            std::string(json::text_or(item, "priority") == "none" ? "low" : json::text_or(item, "priority")),
            priority_word(json::text_or(odoo, "priority")));
    std::string due(json::text_or(odoo, "planned_date_end"));
    if (due.empty()) due = std::string(json::text_or(odoo, "date_deadline").substr(0, 10));
    differs("due", std::string(json::text_or(item, "target_date")), due);

    const std::string project = "projects/" + std::string(json::text_or(item, "project")) + "/";
    const json::Object stage = rig_.odoo.read("project.task.type", reference(odoo, "stage_id"));
    differs("state", word(rig_, project + "states/", json::text_or(item, "state"), "group"),
            group_of(state_key(std::string(json::text_or(stage, "name")))));
    const auto external_of = [&](const json::Value* id) {
        return id && id->is_string() ? external(rig_.plane.item(std::string(id->as_string()))) : std::string();
    };
    const std::int64_t parent = reference(odoo, "parent_id");
    differs("parent", external_of(item.if_contains("parent")), parent ? "project.task:" + std::to_string(parent) : "");
    const std::int64_t milestone = reference(odoo, "milestone_id");
    const json::Object record = milestone ? rig_.odoo.read("project.milestone", milestone) : json::Object{};
    const std::string cycle = word(rig_, project + "cycles/", json::text_or(item, "cycle"), "external_id");
    differs("milestone", cycle, record.empty() ? "" : "project.milestone:" + std::to_string(milestone));

    Names people, assigned, tags, labels, blockers, shown;
    for (const json::Value& user : odoo.at("user_ids").as_array()) {
        people.emplace(json::text_or(rig_.odoo.read("res.users", user.as_int64()), "email"));
    }
    for (const json::Value& id : item.at("assignees").as_array()) {
        assigned.insert(word(rig_, "members/", id.as_string(), "email"));
    }
    differs("assignees", text(assigned), text(people));
    for (const json::Value& tag : odoo.at("tag_ids").as_array()) {
        tags.emplace(json::text_or(rig_.odoo.read("project.tags", tag.as_int64()), "name"));
    }
    if (json::bool_or(odoo, "is_shipped")) tags.insert("shipped");
    for (const json::Value& id : item.at("labels").as_array()) {
        labels.insert(word(rig_, project + "labels/", id.as_string(), "name"));
    }
    differs("labels", text(labels), text(tags));
    for (const json::Value& id : odoo.at("depend_on_ids").as_array()) {
        blockers.insert("project.task:" + std::to_string(id.as_int64()));
    }
    for (const json::Value& id : item.at("blocked_by").as_array()) {
        const json::Object blocker = rig_.plane.item(std::string(id.as_string()));
        if (!put_away(blocker) || blockers.contains(external(blocker))) shown.insert(external(blocker));
    }
    differs("blocked_by", text(shown), text(blockers));
}

void Storm::check_in_step() {
    std::map<std::int64_t, std::map<std::string, std::set<std::string>>> parked;
    const pg::Rows rows = rig_.query(
        "select odoo_id, p->>'field' as field, p->>'reason' as reason from sync.links, jsonb_array_elements(parked) p "
        "where entity = 'task'");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        parked[rows.integer(i, "odoo_id")][std::string(rows.text(i, "field"))].emplace(rows.text(i, "reason"));
        // Nobody here is a guest: Plane keeps what it is told.
        if (rows.text(i, "reason") == "not_kept") {
            violation(
                fmt::format("{} of task {} is said not to be kept", rows.text(i, "field"), rows.integer(i, "odoo_id")));
        }
    }
    for (const std::int64_t task : rig_.tasks()) {
        const bool open = json::bool_or(
            rig_.odoo.read("project.project", reference(rig_.odoo.read("project.task", task), "project_id")), "active");
        if (open) check_task(task, parked[task]);
    }
    // What Odoo put away is put away in Plane; nothing is there twice.
    std::map<std::string, int> copies;
    for (const json::Object& project : rig_.plane.projects()) {
        ++copies["project " + external(project)];
        for (const std::string& id : rig_.plane.items(std::string(json::text_or(project, "id")))) {
            const json::Object item = rig_.plane.item(id);
            if (external(item).empty()) continue;
            ++copies[external(item)];
            const json::Object task = rig_.odoo.read("project.task", std::stoll(external(item).substr(13)));
            const bool ended = task.empty() || !json::bool_or(task, "active");
            if (ended && !put_away(item))
                violation("P4: " + external(item) + " was put away in Odoo and lives in Plane");
        }
    }
    for (const auto& [name, count] : copies) {
        if (count > 1) violation(fmt::format("twins: {} exists {} times", name, count));
    }
}

}  // namespace syncline::testing
