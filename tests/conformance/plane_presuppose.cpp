// What a recorded call presupposes: the things in its path, in its body, in its answer; and on a second try the state
// that they must have been in.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "plane_scene.hpp"

namespace syncline::conformance {
namespace {

std::string error_of(const Recording& recording) {
    for (const char* key : {"error", "message", "detail"}) {
        const std::string_view text = json::text_or(recording.body, key);
        if (!text.empty()) return std::string(text);
    }
    const json::Value* list = json::find(recording.body, "non_field_errors");
    if (list == nullptr || !list->is_array() || list->get_array().empty()) return {};
    return std::string(list->get_array()[0].as_string());
}

bool says(const Recording& recording, std::string_view words) {
    return error_of(recording).find(words) != std::string::npos;
}

bool creates(const Recording& recording) { return recording.request.method == "POST" && recording.status < 300; }

// Without what the call itself writes.
json::Object before(const Recording& recording, json::Object record) {
    if (recording.request.method == "GET" || !recording.request_body.is_object()) return record;
    for (const auto& member : recording.request_body.get_object()) record.erase(member.key());
    record.erase("updated_by");
    return record;
}

}  // namespace

// A record in the path or in the body that nothing is known of but its id.
bool Scene::stand_in(const std::string& kind, const std::string& id, const std::string& project,
                     const std::string& item, const Recording& recording) {
    if (id.empty() || known(id) || form_of(id) != "uuid") return false;
    if (kind == "project") return want_project(id);
    if (kind == "state") return want_state(id, project, recording, false);
    if (kind == "user") return want_user(id);
    json::Object record{{"id", id}, {"project", project}, {"name", "Stand-in " + id.substr(0, 4)}};
    if (kind == "item") {
        const std::string state = server_->state_id(ids_.find("uuid", project).value_or(project), "Backlog");
        if (!state.empty()) record["state"] = state;
    }
    if (!item.empty()) record["issue"] = item;
    if (kind == "cycle" && says(recording, "already been completed")) record["end_date"] = "2000-01-15T23:59:00Z";
    if (kind == "member") {
        // A GET answers the user, a PATCH the seat.
        std::string user(json::text_or(recording.body, "member"));
        if (user.empty()) user = json::text_or(recording.body, "id");
        if (user.empty()) user = id;
        record["member"] = user;
        record["role"] = 15;
        want_user(user);
        if (seats_.contains(project + user)) unseat(user, project);
        seats_.insert(project + user);
    }
    if (kind == "link") record["url"] = "http://stand.in/" + id;
    put(kind, record);
    return true;
}

// The project, people, state, labels and parent that a shown record names.
bool Scene::references(const json::Object& record, const std::string& project, const Recording& recording) {
    bool made = want_project(project);
    for (const char* field : {"created_by", "updated_by", "owned_by", "actor", "member", "lead", "project_lead"}) {
        made = want_user(text_in(record, field)) || made;
    }
    if (!text_in(record, "project_lead").empty()) want_user(text_in(record, "project_lead"));
    for (const std::string& user : texts_in(record, "assignees")) made = want_seat(user, project, 15) || made;
    for (const std::string& user : texts_in(record, "members")) made = want_user(user) || made;
    for (const std::string& label : texts_in(record, "labels"))
        made = stand_in("label", label, project, "", recording) || made;
    const bool finished = !text_in(record, "completed_at").empty();
    for (const char* field : {"state", "state_id"}) {
        const std::string state = text_in(record, field);
        if (form_of(state) == "uuid") made = want_state(state, project, recording, finished) || made;
    }
    const std::string parent = text_in(record, "parent");
    if (form_of(parent) == "uuid" && parent != text_in(record, "id") && !record.contains("color")) {
        made = stand_in("item", parent, project, "", recording) || made;
    }
    for (const auto& [field, kind] :
         {std::pair{"issue", "item"}, std::pair{"cycle", "cycle"}, std::pair{"module", "module"}}) {
        made = stand_in(kind, text_in(record, field), project, "", recording) || made;
    }
    return made;
}

bool Scene::path_records(const Recording& recording, const std::vector<Step>& steps) {
    if (says(recording, "Page not found") || says(recording, "You do not have permission")) return false;
    if (recording.status == 401 || recording.status == 301) return false;
    const bool gone = recording.status == 404;
    const std::string project = project_of(steps);
    std::string item;
    bool made = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const bool last = i + 1 == steps.size();
        std::string kind = kind_of(step.collection);
        if ((kind == "cycle_item" || kind == "module_item") && last && !step.id.empty()) {
            made = stand_in("item", step.id, project, "", recording) || made;
            if (!gone && !known(step.id + "@" + steps[i - 1].id)) {
                known_.insert(step.id + "@" + steps[i - 1].id);
            }
            continue;
        }
        if (kind.empty() || step.id.empty() || (last && gone)) continue;
        const bool unknown = !known(step.id);
        // The answer shows it whole: better than a stand-in.
        for (const auto& [shown, record] : records_in(recording)) {
            if (!unknown || shown != kind || text_in(record, "id") != step.id || record.size() < kWholeRecord) continue;
            json::Object copy = record;
            if (kind != "project") copy["project"] = project;
            references(copy, project.empty() ? step.id : project, recording);
            put(kind, before(recording, copy));
            if (kind == "project") crew(copy);
            made = true;
        }
        made = stand_in(kind, step.id, project, item, recording) || made;
        if (kind == "item") item = step.id;
    }
    return made;
}

// Somebody without a seat in the project, who never calls.
void Scene::want_outsider(const std::string& id) {
    if (known(id)) return;
    known_.insert(id);
    server_->adopt("user", json::Object{{"id", id}, {"email", id.substr(0, 8) + "@example.test"}, {"role", 0}});
}

bool Scene::body_records(const Recording& recording, const std::vector<Step>& steps) {
    if (!recording.request_body.is_object() || steps.empty()) return false;
    const json::Object& body = recording.request_body.get_object();
    const std::string project = project_of(steps);
    const std::string answer = boost::json::serialize(recording.body);
    // Ids that the server calls unknown stay unknown.
    const auto refused = [&](const std::string& id) {
        return recording.status == 400 &&
               (answer.find(id) != std::string::npos || says(recording, "payload is not valid"));
    };
    bool made = false;
    for (const auto& [field, kind] :
         {std::pair{"state", "state"}, std::pair{"parent", "item"}, std::pair{"member", "user"},
          std::pair{"project_lead", "user"}, std::pair{"created_by", "user"}, std::pair{"new_cycle_id", "cycle"},
          std::pair{"lead", "user"}}) {
        const std::string id = text_in(body, field);
        if (form_of(id) != "uuid" || refused(id)) continue;
        const bool finished = !json::text_or(recording.body, "completed_at").empty();
        if (std::string_view(kind) == "state")
            made = want_state(id, project, recording, finished) || made;
        else
            made = stand_in(kind, id, project, "", recording) || made;
    }
    for (const auto& [field, kind] : {std::pair{"assignees", "user"}, std::pair{"labels", "label"},
                                      std::pair{"issues", "item"}, std::pair{"members", "user"}}) {
        for (const std::string& id : texts_in(recording.request_body, field)) {
            if (form_of(id) != "uuid" || refused(id)) continue;
            // People that the answer leaves out may not work here.
            const std::vector<std::string> kept = texts_in(recording.body, field);
            const bool dropped = recording.status < 300 && std::find(kept.begin(), kept.end(), id) == kept.end();
            if (std::string_view(field) == "assignees" && dropped)
                want_outsider(id);
            else
                made = stand_in(kind, id, project, "", recording) || made;
        }
    }
    return made;
}

bool Scene::shown_records(const Recording& recording, const std::vector<Step>& steps) {
    bool made = false;
    for (const auto& [kind, record] : records_in(recording)) {
        const std::string id = text_in(record, "id");
        std::string project = text_in(record, "project").empty() ? project_of(steps) : text_in(record, "project");
        if (project.empty()) project = text_in(record, "project_id");
        // Items found by their key or by a search name their project's identifier.
        const std::string found = text_in(record, "project__identifier");
        const std::string by_key = steps.size() == 2 && kind == "item" ? steps.back().id : std::string();
        const std::string identifier = found.empty() ? by_key.substr(0, by_key.find('-')) : found;
        if (!identifier.empty() && identifier != "search" && want_project(project)) {
            put("project", {{"id", project}, {"identifier", identifier}});
            seat_everybody(project);
            made = true;
        }
        if (kind != "project" && kind != "user") made = references(record, project, recording) || made;
        if (kind == "project") made = want_user(text_in(record, "created_by")) || made;
        // An activity is written by the call that it tells of: see catch_up().
        const bool own = !steps.empty() && kind == kind_of(steps.back().collection);
        const bool new_here = creates(recording) && own && steps.back().id.empty();
        if (known(id) || new_here || kind == "activity" || kind == "user") continue;
        if (kind == "state") {
            const std::string twin =
                server_->state_id(ids_.find("uuid", project).value_or(project), text_in(record, "name"));
            if (!twin.empty() && !bound_targets_.contains(twin) && !known(twin)) {
                ids_.bind("uuid", id, twin);
                known_.insert(id);
                bound_targets_.insert(twin);
                continue;
            }
        }
        json::Object copy = record;
        if (kind != "project") copy["project"] = project;
        for (const Step& step : steps) {
            if (kind_of(step.collection) == "item" && !step.id.empty() && kind != "item") copy["issue"] = step.id;
        }
        put(kind, copy);
        if (kind == "project") crew(copy);
        made = true;
    }
    return made;
}

// 409 names the record that is in the way.
bool Scene::conflict_records(const Recording& recording, const std::vector<Step>& steps, bool anyway) {
    const std::string id(json::text_or(recording.body, "id"));
    if (steps.empty() || recording.status < 400 || id.empty()) return false;
    const Step& last = steps.back();
    const std::string kind = kind_of(last.collection);
    if (kind.empty() || (known(id) && last.id.empty() && !anyway) || !recording.request_body.is_object()) return false;
    json::Object record = recording.request_body.get_object();
    // A PATCH names itself; somebody else holds the pair.
    if (!last.id.empty()) {
        if (last.id != id) return false;
        if (answers_conflict_.contains(recording.file)) return false;
        answers_conflict_.insert(recording.file);
        record["id"] = fresh_id();
        record["name"] = "Holder of the pair";
    } else {
        record["id"] = id;
    }
    record["project"] = project_of(steps);
    for (const Step& step : steps) {
        if (kind_of(step.collection) == "item" && !step.id.empty()) record["issue"] = step.id;
    }
    if (!record.contains("name")) record["name"] = "In the way";
    put(kind, record);
    return true;
}

bool Scene::presuppose(const Recording& recording) {
    const std::vector<Step> steps = steps_of(recording.request.url);
    const bool body = body_records(recording, steps);
    const bool path = path_records(recording, steps);
    const bool shown = shown_records(recording, steps);
    const bool conflict = !answers_itself(recording, steps) && conflict_records(recording, steps, false);
    seat_everybody(project_of(steps));
    return path || body || shown || conflict;
}

// A PATCH that names itself in a 409 is left to the second try: usually the holder is there.
bool Scene::answers_itself(const Recording& recording, const std::vector<Step>& steps) const {
    return !steps.empty() && !steps.back().id.empty() && json::text_or(recording.body, "id") == steps.back().id;
}

}  // namespace syncline::conformance
