#include "plane_scene.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "plane_records.hpp"

namespace syncline::conformance {

Scene::Scene(const std::vector<Recording>& all) {
    clock_ = std::make_unique<VirtualClock>(parse_time("2020-01-01T00:00:00Z").value());
    sim::PlaneOptions options;
    for (const Recording& recording : all) {
        const auto steps = steps_of(recording.request.url);
        if (recording.status < 300 && !steps.empty() && steps[0].collection == "workspaces" && !steps[0].id.empty()) {
            options.workspace = steps[0].id;
            break;
        }
    }
    server_ = std::make_unique<sim::PlaneServer>(options, *clock_);
    // Whoever is shown anywhere was there all the time.
    server_->adopt("user", json::Object{{"id", server_->admin()}, {"role", 0}});
    std::vector<json::Object> users;
    for (const Recording& recording : all) {
        for (const auto& [kind, record] : records_in(recording)) {
            if (kind == "user" && record.contains("role")) users.push_back(record);
        }
    }
    // Lists show the newest first.
    for (auto user = users.rbegin(); user != users.rend(); ++user) put("user", *user);
    for (const Recording& recording : all) {
        for (const auto& [kind, record] : records_in(recording)) {
            if (kind == "user" && !known(text_in(record, "id"))) put("user", record);
        }
    }
    cast();
    nobody_key_ = server_->add_key(server_->add_user({"nobody@example.test", "Nobody", "", 0}));
}

Recording Scene::translated(const Recording& recording) const {
    Recording out = recording;
    out.request.url = ids_.rewrite("uuid", recording.request.url);
    out.request.body = ids_.rewrite("uuid", recording.request.body);
    if (!recording.body.is_null()) {
        out.body = json::parse(ids_.rewrite("uuid", boost::json::serialize(recording.body))).value();
    }
    return out;
}

void Scene::pair_up(const json::Value& recorded, const json::Value& answered) {
    if (recorded.is_object() && answered.is_object()) {
        for (const auto& member : recorded.get_object()) {
            const json::Value* other = answered.get_object().if_contains(member.key());
            if (other != nullptr) pair_up(member.value(), *other);
        }
    } else if (recorded.is_array() && answered.is_array()) {
        const std::size_t count = std::min(recorded.get_array().size(), answered.get_array().size());
        for (std::size_t i = 0; i < count; ++i) pair_up(recorded.get_array()[i], answered.get_array()[i]);
    } else if (recorded.is_string() && answered.is_string()) {
        const std::string mine(recorded.get_string());
        const std::string theirs(answered.get_string());
        if (mine == theirs || form_of(mine) != "uuid" || form_of(theirs) != "uuid") return;
        if (known(mine) || bound_targets_.contains(theirs) || known(theirs)) return;
        ids_.bind("uuid", mine, theirs);
        known_.insert(mine);
        bound_targets_.insert(theirs);
    }
}

std::string Scene::fresh_id() { return fmt::format("feed0000-0000-4000-8000-{:012d}", ++fresh_); }

std::string Scene::project_of(const std::vector<Step>& steps) const {
    for (const Step& step : steps) {
        if (step.collection == "projects") return step.id;
    }
    return {};
}

// Ids are the recorded ones; the simulator's own are put in on the way.
void Scene::put(const std::string& kind, json::Object record) {
    const std::string id = text_in(record, "id");
    if (id.empty()) return;
    plain_references(record);
    if (kind == "user" && !known(id)) users_.push_back(id);
    if (kind == "user" && record.contains("role"))
        roles_[id] = static_cast<int>(json::integer_or(json::Value(record), "role"));
    known_.insert(id);
    const json::Value own = json::parse(ids_.rewrite("uuid", boost::json::serialize(json::Value(record)))).value();
    server_->adopt(kind, own.as_object());
}

bool Scene::want_user(const std::string& id) {
    if (id.empty() || known(id)) return false;
    put("user", {{"id", id},
                 {"email", id.substr(0, 8) + "@example.test"},
                 {"first_name", "Someone"},
                 {"last_name", ""},
                 {"display_name", "someone"},
                 {"avatar", ""},
                 {"role", 20}});
    return true;
}

bool Scene::want_seat(const std::string& user, const std::string& project, int role) {
    if (user.empty() || project.empty()) return false;
    const bool made = want_user(user);
    const std::string seat = project + user;
    if (seats_.contains(seat)) return made;
    seats_.insert(seat);
    put("member", {{"id", fresh_id()}, {"member", user}, {"role", role}, {"project", project}, {"is_active", true}});
    return true;
}

bool Scene::want_project(const std::string& id) {
    if (id.empty() || known(id)) return false;
    put("project", {{"id", id},
                    {"name", "Project " + id.substr(0, 4)},
                    {"identifier", to_upper(id.substr(0, 6))},
                    {"cycle_view", true},
                    {"module_view", true}});
    stand_in_projects_.insert(id);
    seat_everybody(id);
    return true;
}

// People, cycles and modules of a shown project, as many as it says.
void Scene::crew(const json::Object& record) {
    const std::string id = text_in(record, "id");
    const auto count = [&](std::string_view name) { return json::integer_or(json::Value(record), name, -1); };
    std::int64_t left = count("total_members");
    if (json::bool_or(json::Value(record), "is_member")) {
        std::vector<std::string> order{text_in(record, "created_by"), text_in(record, "project_lead")};
        for (const Who& who : people_of()) order.push_back(who.user);
        std::set<std::string> taken;
        for (const std::string& user : order) {
            if (user.empty() || left == 0 || !taken.insert(user).second) continue;
            want_seat(user, id, 20);
            --left;
        }
    }
    for (; left > 0; --left) {
        const std::string user = fresh_id();
        server_->adopt("user", json::Object{{"id", user}, {"role", 0}});
        known_.insert(user);
        want_seat(user, id, 15);
    }
    for (const auto& [name, kind] : {std::pair{"total_cycles", "cycle"}, std::pair{"total_modules", "module"}}) {
        for (std::int64_t missing = count(name); missing > 0; --missing) {
            put(kind, {{"id", fresh_id()}, {"project", id}, {"name", "Not shown"}});
        }
    }
}

Scene::Learnt Scene::learnt() const { return {ids_, known_, bound_targets_}; }

void Scene::forget(const Learnt& since) {
    ids_ = since.ids;
    known_ = since.known;
    bound_targets_ = since.bound_targets;
}

bool Scene::want_state(const std::string& id, const std::string& project, const Recording& recording, bool finished) {
    if (id.empty() || known(id)) return false;
    const bool asked =
        recording.request.body.find(id) != std::string::npos || recording.request.url.find(id) != std::string::npos;
    const auto own_project = ids_.find("uuid", project).value_or(project);
    if (!asked) {
        // What an item gets unasked is the default: perhaps the simulator has made it under another id.
        const std::string made = server_->state_id(own_project, "Backlog");
        if (!made.empty() && made != id && !bound_targets_.contains(made) && !known(made)) {
            ids_.bind("uuid", id, made);
            known_.insert(id);
            bound_targets_.insert(made);
            return true;
        }
    }
    put("state", {{"id", id},
                  {"project", project},
                  {"name", asked ? "State " + id.substr(0, 4) : "Backlog"},
                  {"color", "#60646C"},
                  {"group", finished ? "completed"
                            : asked  ? "started"
                                     : "backlog"},
                  {"default", !asked},
                  {"sequence", asked ? 40000.0 : 15000.0}});
    return true;
}

std::vector<Scene::Who> Scene::people_of() {
    for (; keyed_ < users_.size(); ++keyed_) people_.push_back({users_[keyed_], server_->add_key(users_[keyed_])});
    return people_;
}

// Somebody of every rank, where the recordings show nobody.
void Scene::cast() {
    for (const int role : {20, 15, 5}) {
        const bool there =
            std::any_of(roles_.begin(), roles_.end(), [role](const auto& each) { return each.second == role; });
        if (there) continue;
        const std::string id = fresh_id();
        put("user", {{"id", id},
                     {"email", id.substr(24) + "@example.test"},
                     {"first_name", "Someone"},
                     {"last_name", ""},
                     {"display_name", "someone"},
                     {"avatar", ""},
                     {"role", role}});
    }
}

void Scene::seat_everybody(const std::string& project) {
    if (!stand_in_projects_.contains(project)) return;
    for (const Who& who : people_of())
        want_seat(who.user, project, roles_.contains(who.user) ? roles_.at(who.user) : 20);
}

std::vector<std::string> Scene::keys_for(const Recording& recording) {
    std::vector<std::string> keys;
    const auto add = [&](const std::string& key) {
        if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    };
    const std::vector<Who> everyone = people_of();
    // Whoever the answer names as the writer; then whoever it was last; then all others.
    const bool read = recording.request.method == "GET";
    const json::Value* body = &recording.body;
    if (body->is_array() && !body->get_array().empty()) body = &body->get_array()[0];
    for (const char* field : {"updated_by", "actor", "created_by", "id"}) {
        const std::string user(json::text_or(*body, field));
        for (const Who& who : everyone) {
            if (who.user == user && (!read || std::string_view(field) == "id")) add(who.key);
        }
    }
    const std::string given(recording.request.headers.get("X-Api-Key"));
    if (!given.empty() && given.find("nope") != std::string::npos) keys.clear();
    add(last_key_);
    for (const Who& who : everyone) add(who.key);
    add(nobody_key_);
    add("plane_api_ffffffffffffffffffffffffffffffff");
    return keys;
}

void Scene::settle(const Recording& recording) {
    if (recording.status >= 300) return;
    const auto steps = steps_of(recording.request.url);
    for (auto& [kind, record] : records_in(recording)) {
        if (!known(text_in(record, "id")) || record.size() < kWholeRecord) continue;
        if (!record.contains("project") && kind != "project" && kind != "user") record["project"] = project_of(steps);
        put(kind, record);
    }
}

void Scene::take_over(const Recording& recording) {
    if (recording.status >= 300 || !recording.request.url.starts_with("/api/")) return;
    const auto steps = steps_of(recording.request.url);
    const std::string project = project_of(steps);
    const json::Object changes = api_names(recording.request_body);
    if (recording.request.url == "/api/workspaces/") {
        server_->adopt("workspace", json::Object{{"id", json::text_or(recording.body, "id")}});
        known_.insert(std::string(json::text_or(recording.body, "id")));
        return;
    }
    if (recording.request.url == "/api/users/me/") {
        want_user(std::string(json::text_or(recording.body, "id")));
        server_->set_zone(std::string(json::text_or(recording.body, "id")),
                          std::string(json::text_or(recording.request_body, "user_timezone", "UTC")));
        return;
    }
    if (steps.empty() || project.empty() || !known(project)) return;
    const Step& last = steps.back();
    if (last.collection == "sub-issues") {
        const std::string parent = steps[steps.size() - 2].id;
        for (const std::string& child : texts_in(recording.request_body, "sub_issue_ids")) {
            if (known(child)) put("item", {{"id", child}, {"parent", parent}});
        }
        return;
    }
    if (last.collection == "issue-dates") {
        if (const json::Value* updates = json::find(recording.request_body, "updates"); updates != nullptr) {
            for (const json::Value& each : updates->as_array()) {
                if (known(std::string(json::text_or(each, "id")))) put("item", each.as_object());
            }
        }
        return;
    }
    const std::string kind = kind_of(last.collection);
    if (kind.empty()) return;
    if (recording.request.method == "DELETE") {
        if (known(last.id)) put(kind, {{"id", last.id}, {"deleted_at", "2000-01-01T00:00:00Z"}});
    } else if (recording.request.method == "PATCH") {
        json::Object record = changes;
        record["id"] = last.id;
        if (known(last.id)) put(kind, record);
    } else if (recording.request.method == "POST" && recording.body.is_object()) {
        json::Object record = api_names(recording.body);
        record["project"] = project;
        for (const Step& step : steps) {
            if (kind_of(step.collection) == "item" && !step.id.empty()) record["issue"] = step.id;
        }
        references(record, project, recording);
        put(kind, record);
    }
}

}  // namespace syncline::conformance
