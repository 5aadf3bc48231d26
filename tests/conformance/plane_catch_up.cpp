// The second try: what the recording shows is laid over what the simulator had, as far as the call itself does not
// write it. It stands for steps that were not recorded.
#include <algorithm>

#include "base/text.hpp"
#include "fmt/format.h"
#include "plane_scene.hpp"

namespace syncline::conformance {

// A refusal that speaks of a state of things.
bool Scene::refusal_records(const Recording& recording, const std::vector<Step>& steps) {
    if (steps.empty() || recording.status < 400) return false;
    const Step& last = steps.back();
    const std::string project = project_of(steps);
    const json::Value& body = recording.request_body;
    const auto item = [&](json::Object record) {
        record["id"] = fresh_id();
        record["project"] = project;
        put("item", record);
    };
    if (contains(recording, "name is already taken")) {
        put("project", {{"id", fresh_id()},
                        {"name", json::text_or(body, "name")},
                        {"identifier", json::text_or(body, "identifier")}});
    } else if (contains(recording, "Default state cannot")) {
        put("state", {{"id", last.id}, {"default", true}});
    } else if (contains(recording, "state is not empty")) {
        put("state", {{"id", last.id}, {"default", false}});
        item({{"name", "In the state"}, {"state", last.id}});
    } else if (contains(recording, "already been completed")) {
        for (const Step& step : steps) {
            if (step.collection == "cycles") put("cycle", {{"id", step.id}, {"end_date", "2000-01-15T23:59:00Z"}});
        }
    } else if (contains(recording, "Archived project")) {
        put("project", {{"id", project}, {"archived_at", "2026-01-01T00:00:00Z"}});
    } else if (contains(recording, "Cycles are not enabled")) {
        put("project", {{"id", project}, {"cycle_view", false}});
    } else if (contains(recording, "Modules are not enabled")) {
        put("project", {{"id", project}, {"module_view", false}});
    } else if (contains(recording, "URL already exists")) {
        put("link", {{"id", fresh_id()},
                     {"project", project},
                     {"issue", steps[steps.size() - 2].id},
                     {"url", json::text_or(body, "url")}});
    } else if (contains(recording, "payload is not valid") && kind_of(last.collection) == "member") {
        want_seat(std::string(json::text_or(body, "member")), project, 15);
    } else if (recording.status == 500 && recording.request.url.find("external_id=") != std::string::npos) {
        const auto query = [&](std::string_view name) {
            const std::size_t at = recording.request.url.find(std::string(name) + "=") + name.size() + 1;
            return recording.request.url.substr(at, recording.request.url.find('&', at) - at);
        };
        for (int i = 0; i < 2; ++i) {
            item({{"name", "twin"},
                  {"external_source", query("external_source")},
                  {"external_id", query("external_id")}});
        }
    } else if (recording.status == 404 && !last.id.empty() && !kind_of(last.collection).empty() && known(last.id)) {
        put(kind_of(last.collection), {{"id", last.id}, {"deleted_at", kLongAgo}});
    } else {
        return false;
    }
    return true;
}

// Whoever the answer names as its writer could write; everybody could, when nobody was let in.
void Scene::let_in(const Recording& recording, const std::vector<Step>& steps, const net::HttpResponse& answered) {
    const std::string project = project_of(steps);
    if (project.empty() || contains(recording, "You do not have permission") || contains(recording, "Page not found"))
        return;
    // A seat that the call makes was not there.
    const std::string member(json::text_or(recording.request_body, "member"));
    if (recording.status == 201 && !member.empty()) unseat(member, project);
    if (answered.status == 403) {
        want_project(project);
        for (const Who& who : people_of()) {
            if (who.user == member) continue;
            want_seat(who.user, project, roles_.contains(who.user) ? roles_.at(who.user) : 20);
        }
        return;
    }
    const json::Value* body = &recording.body;
    if (body->is_array() && !body->get_array().empty()) body = &body->get_array()[0];
    if (const json::Value* attachment = json::find(*body, "attachment"); attachment != nullptr) body = attachment;
    for (const char* field : {"updated_by", "actor", "created_by"}) {
        const std::string user(json::text_or(*body, field));
        if (recording.request.method != "GET" && !user.empty()) want_seat(user, project, 20);
    }
}

void Scene::catch_up(const Recording& recording, const net::HttpResponse& answered) {
    const std::vector<Step> steps = steps_of(recording.request.url);
    if (steps.empty()) return;
    let_in(recording, steps, answered);
    const Step& last = steps.back();
    const std::string last_kind = kind_of(last.collection);
    if (!contains(recording, "not enabled") && recording.status != 403) {
        const std::string project = project_of(steps);
        for (const Step& step : steps) {
            if (step.collection == "cycles") put("project", {{"id", project}, {"cycle_view", true}});
            if (step.collection == "modules") put("project", {{"id", project}, {"module_view", true}});
        }
    }
    // Whatever the path names was there.
    for (const Step& step : steps) {
        const bool gone = &step == &last && recording.status == 404;
        const std::string kind = kind_of(step.collection);
        if (!gone && recording.status != 403 && !kind.empty() && known(step.id) && kind != "member") {
            put(kind, {{"id", step.id}, {"deleted_at", nullptr}});
        }
    }
    if (steps.size() == 2 && last_kind == "item" && recording.status == 200 && last.id.find('-') != std::string::npos) {
        put("project",
            {{"id", json::text_or(recording.body, "project")}, {"identifier", last.id.substr(0, last.id.find('-'))}});
    }
    if (recording.status == 302 && last_kind == "attachment") {
        put("attachment", {{"id", last.id}, {"is_uploaded", true}, {"asset", "a/b"}, {"deleted_at", nullptr}});
        return;
    }
    if (recording.status >= 300) {
        if (!refusal_records(recording, steps)) conflict_records(recording, steps, true);
        return;
    }
    if (last.collection == "relations" && recording.status == 201 && recording.body.is_array() &&
        recording.body.get_array().empty()) {
        for (const std::string& other : texts_in(recording.request_body, "issues")) {
            put("relation", {{"id", fresh_id()},
                             {"relation_type", "blocked_by"},
                             {"issue", steps[steps.size() - 2].id},
                             {"related_issue", other}});
        }
    }
    if (recording.request.method == "POST" && last_kind == "project") free_names(recording);
    fill_counts(recording, parsed(answered));
    fill_zone(recording);
    fill_project_zone(recording, steps);
    fill_people(recording, steps, parsed(answered));
    auto records = records_in(recording);
    // Places are listed newest first.
    if (last_kind == "cycle_item" || last_kind == "module_item") std::reverse(records.begin(), records.end());
    for (auto& [kind, record] : records) lay_over(recording, steps, kind, record);
    if (recording.request.method == "DELETE" && !last_kind.empty()) {
        const bool place = last_kind == "cycle_item" || last_kind == "module_item";
        if (place)
            put_place(last_kind, last.id, steps[steps.size() - 2].id, project_of(steps));
        else
            put(last_kind, {{"id", last.id}, {"deleted_at", nullptr}});
        return;
    }
    fill_list(recording, steps, parsed(answered));
    fill_relations(recording, steps, parsed(answered));
}

void Scene::lay_over(const Recording& recording, const std::vector<Step>& steps, const std::string& kind,
                     json::Object record) {
    const std::string id = text_in(record, "id");
    const bool own = kind == kind_of(steps.back().collection);
    const std::int64_t children = json::integer_or(json::Value(record), "sub_issues_count", 0);
    for (std::int64_t child = 0; child < children; ++child) {
        put("item", {{"id", fresh_id()},
                     {"project", project_of(steps)},
                     {"parent", text_in(record, "issue")},
                     {"name", "Child"}});
    }
    const bool place = kind == "cycle_item" || kind == "module_item";
    if (recording.request.method == "POST" && own && steps.back().id.empty() && !known(id) && !place) {
        count_up(kind, record, project_of(steps));
        // What it got unasked is the default.
        const bool asked = !json::text_or(recording.request_body, "state").empty();
        const std::string state = text_in(record, "state");
        if (kind == "item" && !asked && !state.empty())
            put("state", {{"id", state}, {"default", true}, {"sequence", 1.0}});
        return;
    }
    if ((kind == "activity" || kind == "user") && !known(id)) return;
    if (kind == "project" && record.contains("total_members") && recording.request.method != "POST") {
        for (const Who& who : people_of()) {
            if (seats_.contains(id + who.user)) unseat(who.user, id);
        }
        crew(record);
    }
    if (recording.request.method == "PATCH" && own && recording.request_body.is_object()) {
        for (const auto& member : recording.request_body.get_object()) record.erase(member.key());
        record.erase("updated_by");
        if (kind == "item" && recording.request_body.get_object().contains("state")) {
            record.erase("completed_at");
            record["state"] = nullptr;
        }
    }
    // The oldest seat comes first.
    const std::vector<std::string> people = texts_in(json::Value(record), "assignees");
    for (const std::string& user : people) {
        if (people.size() < 2 || texts_in(recording.request_body, "assignees").empty()) break;
        unseat(user, project_of(steps));
        want_seat(user, project_of(steps), 20);
    }
    if (!record.contains("deleted_at")) record["deleted_at"] = nullptr;
    put(kind, record);
}

}  // namespace syncline::conformance
