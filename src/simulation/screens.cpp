#include "simulation/screens.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace syncline::simulation {

namespace {

constexpr std::string_view kTaskPrefix = "project.task:";

const std::vector<std::string>& task_fields(bool addon) {
    static const std::vector<std::string> kPlain = {"name",      "priority", "date_deadline", "stage_id",
                                                    "parent_id", "user_ids", "milestone_id",  "depend_on_ids",
                                                    "tag_ids",   "active",   "project_id",    "description"};
    static const std::vector<std::string> kAddon = [] {
        std::vector<std::string> all = kPlain;
        for (const char* field : {"planned_date_begin", "planned_date_end", "wbs_code", "is_shipped"}) {
            all.emplace_back(field);
        }
        return all;
    }();
    return addon ? kAddon : kPlain;
}

std::int64_t number(const json::Object& record, std::string_view field) {
    const json::Value* value = record.if_contains(field);
    return value && value->is_int64() ? value->as_int64() : 0;
}

std::vector<std::int64_t> numbers(const json::Object& record, std::string_view field) {
    std::vector<std::int64_t> found;
    const json::Value* value = record.if_contains(field);
    if (!value || !value->is_array()) return found;
    for (const json::Value& id : value->as_array()) found.push_back(id.as_int64());
    return found;
}

std::string text(const json::Object& record, std::string_view field) {
    return std::string(json::text_or(record, field));
}

std::string joined(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::string task_word(std::int64_t id) { return id == 0 ? "" : std::string(kTaskPrefix) + std::to_string(id); }

std::string priority_word(std::string_view odoo) {
    static constexpr std::string_view kWords[] = {"low", "medium", "high", "urgent"};
    return odoo.size() == 1 && odoo[0] >= '0' && odoo[0] <= '3' ? std::string(kWords[odoo[0] - '0'])
                                                                : std::string(odoo);
}

template <typename Body>
void each_id(const json::Object& record, std::string_view field, Body&& body) {
    const json::Value* list = record.if_contains(field);
    if (!list || !list->is_array()) return;
    for (const json::Value& id : list->as_array()) {
        if (id.is_string()) body(std::string(id.as_string()));
    }
}

}  // namespace

std::string_view to_string(Field field) {
    static constexpr std::string_view kNames[] = {"name",       "priority", "start",      "due",
                                                  "state",      "parent",   "assignees",  "milestone",
                                                  "blocked_by", "labels",   "description"};
    return field < kFields ? kNames[field] : "?";
}

std::string stage_key(std::string_view name) {
    std::string key(name);
    std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) { return std::tolower(c); });
    if (key == "to do") return "todo";
    if (key == "in progress") return "in_progress";
    if (key == "in review") return "in_review";
    return key;
}

std::string state_word(std::string_view key) { return std::string(key == "in_review" ? "in_progress" : key); }

std::string plain_text(std::string_view html) {
    std::string out;
    bool tag = false;
    for (const char c : html) {
        if (c == '<') tag = true;
        if (!tag && !std::isspace(static_cast<unsigned char>(c))) out += c;
        if (c == '>') tag = false;
    }
    static constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
        {"&nbsp;", ""},   {"\xC2\xA0", ""}, {"&lt;", "<"}, {"&gt;", ">"},
        {"&quot;", "\""}, {"&#39;", "'"},   {"&amp;", "&"}};
    for (const auto& [entity, letter] : kEntities) {
        for (std::size_t at = out.find(entity); at != std::string::npos; at = out.find(entity, at + letter.size())) {
            out.replace(at, entity.size(), letter);
        }
    }
    return out;
}

const OdooTask* Screens::task(std::int64_t id) const {
    const auto found = tasks_.find(id);
    return found == tasks_.end() ? nullptr : &found->second;
}

const PlaneItem* Screens::item(const std::string& id) const {
    const auto found = items_.find(id);
    return found == items_.end() ? nullptr : &found->second;
}

const PlaneItem* Screens::item_of(std::int64_t task) const {
    for (const auto& [id, item] : items_) {
        if (item.task == task) return &item;
    }
    return nullptr;
}

bool Screens::living(const OdooTask& task) const {
    const auto project = projects_.find(task.project);
    return task.active && project != projects_.end() && project->second.active;
}

void Screens::refresh() {
    refresh_lists();
    refresh_tasks();
    refresh_plane();
}

void Screens::refresh_lists() {
    if (users_.empty()) {  // nobody hires or fires
        std::set<std::string> known;
        for (const std::string& id : plane_.ids("user", "")) known.insert(text(plane_.read("user", id), "email"));
        for (const std::int64_t id : odoo_.ids("res.users")) {
            const std::string email = text(odoo_.read("res.users", id, {"email"}), "email");
            if (known.contains(email)) users_[id] = email;
        }
    }
    tags_.clear();
    for (const std::int64_t id : odoo_.ids("project.tags")) {
        tags_[id] = text(odoo_.read("project.tags", id, {"name"}), "name");
    }
    if (stages_.empty()) {  // nobody edits stages
        for (const std::int64_t id : odoo_.ids("project.task.type")) {
            stages_[id] = stage_key(text(odoo_.read("project.task.type", id, {"name"}), "name"));
        }
    }
    projects_.clear();
    for (const std::int64_t id : odoo_.ids("project.project")) {
        const json::Object project = odoo_.read("project.project", id, {"name", "active"});
        projects_[id] = {text(project, "name"), json::bool_or(project, "active")};
    }
    milestones_.clear();
    for (const std::int64_t id : odoo_.ids("project.milestone")) {
        const json::Object row = odoo_.read("project.milestone", id, {"name", "deadline", "project_id"});
        milestones_[id] = {number(row, "project_id"), text(row, "name"), text(row, "deadline")};
    }
}

void Screens::refresh_tasks() {
    tasks_.clear();
    for (const std::int64_t id : odoo_.ids("project.task")) refresh_task(id);
}

void Screens::refresh_task(std::int64_t id) {
    const json::Object row = odoo_.read("project.task", id, task_fields(odoo_.has_ppm_addon()));
    if (row.empty()) {
        tasks_.erase(id);
        return;
    }
    OdooTask& task = tasks_[id];
    task = OdooTask();
    task.id = id;
    task.project = number(row, "project_id");
    task.parent = number(row, "parent_id");
    task.stage = number(row, "stage_id");
    task.milestone = number(row, "milestone_id");
    task.active = json::bool_or(row, "active");
    task.shipped = json::bool_or(row, "is_shipped");
    task.blockers = numbers(row, "depend_on_ids");
    task.stage_key = task.stage == 0 ? "" : stages_[task.stage];

    Words& words = task.words;
    words[kName] = text(row, "name");
    words[kPriority] = priority_word(text(row, "priority"));
    words[kStart] = text(row, "planned_date_begin");
    words[kDue] = text(row, "planned_date_end");
    if (words[kDue].empty()) words[kDue] = text(row, "date_deadline").substr(0, 10);
    words[kState] = state_word(task.stage_key);
    words[kParent] = task_word(task.parent);
    words[kMilestone] = task.milestone == 0 ? "" : "project.milestone:" + std::to_string(task.milestone);
    std::vector<std::string> names;
    for (const std::int64_t user : numbers(row, "user_ids")) {
        if (users_.contains(user)) names.push_back(users_[user]);
    }
    words[kAssignees] = joined(std::exchange(names, {}));
    for (const std::int64_t blocker : task.blockers) names.push_back(task_word(blocker));
    words[kBlockers] = joined(std::exchange(names, {}));
    for (const std::int64_t tag : numbers(row, "tag_ids")) names.push_back(tags_[tag]);
    if (task.shipped) names.emplace_back("shipped");
    words[kLabels] = joined(std::exchange(names, {}));
    words[kDescription] = plain_text(text(row, "description"));
    if (const std::string code = text(row, "wbs_code"); !code.empty()) words[kDescription] += "WBS:" + code;
}

std::string Screens::external_of_item(std::string_view id) const {
    return id.empty() ? "" : text(plane_.read("item", std::string(id)), "external_id");
}

std::string Screens::label_name(const std::string& id) const { return text(plane_.read("label", id), "name"); }

void Screens::refresh_plane() {
    items_.clear();
    plane_projects_ = plane_.ids("project", "");
    for (const std::string& project : plane_projects_) {
        for (const std::string& id : plane_.items(project)) refresh_item(id);
    }
}

void Screens::refresh_item(const std::string& id) {
    const json::Object row = plane_.item(id);
    if (row.empty()) {
        items_.erase(id);
        return;
    }
    PlaneItem& item = items_[id];
    item = PlaneItem();
    item.id = id;
    item.project = text(row, "project");
    item.external_id = text(row, "external_id");
    if (item.external_id.starts_with(kTaskPrefix)) item.task = std::stoll(item.external_id.substr(kTaskPrefix.size()));
    item.archived = !row.at("archived_at").is_null();

    Words& words = item.words;
    words[kName] = text(row, "name");
    words[kPriority] = text(row, "priority") == "none" ? "low" : text(row, "priority");
    words[kStart] = text(row, "start_date");
    words[kDue] = text(row, "target_date");
    words[kState] = state_word(stage_key(text(plane_.read("state", text(row, "state")), "name")));
    words[kParent] = external_of_item(text(row, "parent"));
    const std::string cycle = text(row, "cycle");
    words[kMilestone] = cycle.empty() ? "" : text(plane_.read("cycle", cycle), "external_id");
    std::vector<std::string> names;
    each_id(row, "assignees",
            [&](const std::string& user) { names.push_back(text(plane_.read("user", user), "email")); });
    words[kAssignees] = joined(std::exchange(names, {}));
    each_id(row, "labels", [&](const std::string& label) { names.push_back(label_name(label)); });
    words[kLabels] = joined(std::exchange(names, {}));
    each_id(row, "blocked_by", [&](const std::string& blocker) {
        const json::Object other = plane_.read("item", blocker);
        const std::string external = text(other, "external_id");
        names.push_back(external.empty() ? blocker : external);
    });
    words[kBlockers] = joined(std::exchange(names, {}));
    words[kDescription] = plain_text(text(row, "description_html"));
}

}  // namespace syncline::simulation
