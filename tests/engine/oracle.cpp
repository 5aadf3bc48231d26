// The comparison a person would make between both screens. It shares no code with the engine on purpose.
#include <algorithm>
#include <map>
#include <set>

#include "tests/engine/rig.hpp"

namespace syncline::testing {

namespace {

using Names = std::set<std::string>;

// A many2one as Odoo shows it: [id, name], a plain id, or false.
std::vector<std::int64_t> references(const json::Object& record, std::string_view field) {
    std::vector<std::int64_t> ids;
    const json::Value* value = record.if_contains(field);
    if (!value || !value->is_array()) return ids;
    for (const json::Value& id : value->as_array()) ids.push_back(id.as_int64());
    return ids;
}

std::string group_of_stage(std::string stage) {
    std::transform(stage.begin(), stage.end(), stage.begin(), [](unsigned char c) { return std::tolower(c); });
    if (stage == "done") return "completed";
    if (stage == "cancelled" || stage == "canceled") return "cancelled";
    if (stage == "in progress" || stage == "in review") return "started";
    if (stage == "to do") return "unstarted";
    if (stage == "new" || stage == "backlog") return "backlog";
    return "unknown: " + stage;
}

class Screens {
public:
    explicit Screens(const Rig& rig) : rig_(rig) {
        for (const json::Object& project : rig.plane.projects()) {
            const std::string id(json::text_or(project, "id"));
            for (const std::string& item : rig.plane.items(id))
                items_[external(rig.plane.item(item))].push_back(rig.plane.item(item));
        }
        for (const std::string_view path : {"members", "states", "labels", "cycles"}) load_list(path);
    }

    const std::vector<json::Object>& items(std::int64_t task) { return items_["project.task:" + std::to_string(task)]; }
    void compare(std::int64_t task);

private:
    static std::string external(const json::Object& record) {
        return std::string(json::text_or(record, "external_id"));
    }

    // Over the API, as a second client would.
    json::Array get(const std::string& path) {
        net::HttpRequest request;
        request.url = "/api/v1/workspaces/" + sim::PlaneOptions().workspace + "/" + path;
        request.headers.set("X-Api-Key", sim::PlaneOptions().key);
        const net::HttpResponse answer = const_cast<Rig&>(rig_).plane.handle(request);
        const json::Value body = json::parse(answer.body).value();
        return body.is_array() ? body.as_array() : body.at("results").as_array();
    }
    void load_list(std::string_view path) {
        if (path == "members") {
            for (const json::Value& row : get("members/"))
                text_[std::string(json::text_or(row, "id"))] = json::text_or(row, "email");
            return;
        }
        for (const json::Object& project : rig_.plane.projects()) {
            const std::string id(json::text_or(project, "id"));
            if (path == "cycles" && !json::bool_or(project, "cycle_view")) continue;
            for (const json::Value& row : get("projects/" + id + "/" + std::string(path) + "/")) {
                const std::string_view key = path == "states" ? "group" : "name";
                text_[std::string(json::text_or(row, "id"))] = json::text_or(row, key);
            }
        }
    }
    Names texts(const json::Object& item, std::string_view field) {
        Names names;
        const json::Value* list = item.if_contains(field);
        if (!list || !list->is_array()) return names;
        for (const json::Value& id : list->as_array()) names.insert(text_[std::string(id.as_string())]);
        return names;
    }
    std::string external_of(const json::Value* id) {
        if (!id || !id->is_string()) return "";
        return external(rig_.plane.item(std::string(id->as_string())));
    }

    const Rig& rig_;
    std::map<std::string, std::vector<json::Object>> items_;  // by external id
    std::map<std::string, std::string> text_;                 // e-mail, group or name by Plane id
};

void Screens::compare(std::int64_t task) {
    const json::Object odoo = rig_.odoo.read("project.task", task);
    const std::vector<json::Object>& found = items(task);
    SCOPED_TRACE("task " + std::to_string(task) + " '" + std::string(json::text_or(odoo, "name")) + "'");
    ASSERT_EQ(found.size(), 1u);
    const json::Object& item = found.front();

    EXPECT_EQ(json::text_or(item, "name"), json::text_or(odoo, "name"));
    static const std::map<std::string, std::string, std::less<>> kPriorities = {
        {"0", "low"}, {"1", "medium"}, {"2", "high"}, {"3", "urgent"}};
    EXPECT_EQ(json::text_or(item, "priority"), kPriorities.find(json::text_or(odoo, "priority"))->second);

    std::string due(json::text_or(odoo, "planned_date_end"));
    if (due.empty()) due = std::string(json::text_or(odoo, "date_deadline").substr(0, 10));
    EXPECT_EQ(json::text_or(item, "target_date"), due);

    const json::Object stage = rig_.odoo.read("project.task.type", reference(odoo, "stage_id"));
    EXPECT_EQ(text_[std::string(json::text_or(item, "state"))],
              group_of_stage(std::string(json::text_or(stage, "name"))));

    const std::int64_t parent = reference(odoo, "parent_id");
    EXPECT_EQ(external_of(item.if_contains("parent")), parent ? "project.task:" + std::to_string(parent) : "");

    const std::int64_t milestone = reference(odoo, "milestone_id");
    const json::Object milestone_record = milestone ? rig_.odoo.read("project.milestone", milestone) : json::Object{};
    const json::Value* cycle = item.if_contains("cycle");
    const std::string cycle_name = cycle && cycle->is_string() ? text_[std::string(cycle->as_string())] : "";
    EXPECT_EQ(cycle_name, json::text_or(milestone_record, "name"));

    Names people;
    for (const std::int64_t user : references(odoo, "user_ids")) {
        people.emplace(json::text_or(rig_.odoo.read("res.users", user), "email"));
    }
    EXPECT_EQ(texts(item, "assignees"), people);

    Names tags;
    for (const std::int64_t tag : references(odoo, "tag_ids"))
        tags.emplace(json::text_or(rig_.odoo.read("project.tags", tag), "name"));
    const Names labels = texts(item, "labels");
    EXPECT_TRUE(std::includes(labels.begin(), labels.end(), tags.begin(), tags.end()));

    Names blockers;
    for (const std::int64_t blocker : references(odoo, "depend_on_ids"))
        blockers.insert("project.task:" + std::to_string(blocker));
    Names shown;
    if (const json::Value* list = item.if_contains("blocked_by"); list && list->is_array()) {
        for (const json::Value& id : list->as_array()) shown.insert(external_of(&id));
    }
    EXPECT_EQ(shown, blockers);
}

}  // namespace

void expect_in_step(const Rig& rig) {
    Screens screens(rig);
    const std::vector<std::int64_t> tasks = rig.tasks();
    EXPECT_FALSE(tasks.empty());
    for (const std::int64_t task : tasks) screens.compare(task);
    expect_no_twins(rig);
}

void expect_no_twins(const Rig& rig) {
    std::map<std::string, int> seen;
    for (const json::Object& project : rig.plane.projects()) {
        ++seen["project " + std::string(json::text_or(project, "external_id"))];
        for (const std::string& id : rig.plane.items(std::string(json::text_or(project, "id")))) {
            const std::string external(json::text_or(rig.plane.item(id), "external_id"));
            if (!external.empty()) ++seen[external];
        }
    }
    for (const auto& [external, count] : seen) EXPECT_EQ(count, 1) << external << " exists " << count << " times";
}

}  // namespace syncline::testing
