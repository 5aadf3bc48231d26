// The second try, things that stand beside the records: people, zones, relations, numbers.
#include <algorithm>

#include "base/text.hpp"
#include "fmt/format.h"
#include "plane_scene.hpp"

namespace syncline::conformance {

// The people of a project or of the workspace, as a plain list shows them.
void Scene::fill_people(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered) {
    const std::string& collection = steps.back().collection;
    if ((collection != "members" && collection != "project-members") || !recording.body.is_array()) return;
    const std::string project = project_of(steps);
    std::set<std::string> wanted;
    std::int64_t place = 0;
    for (const json::Value& each : recording.body.get_array()) {
        const std::string id(json::text_or(each, "id"));
        wanted.insert(id);
        if (!project.empty()) want_seat(id, project, roles_.contains(id) ? roles_.at(id) : 20);
        put("user", {{"id", id}, {"created_at", format_iso(clock_->now() - std::chrono::seconds(++place))}});
    }
    if (!answered.is_array()) return;
    for (const json::Value& each : answered.get_array()) {
        const std::string id(json::text_or(each, "id"));
        if (wanted.contains(id)) continue;
        if (project.empty())
            server_->adopt("user", json::Object{{"id", id}, {"role", 0}});
        else
            unseat(id, project);
    }
}

void Scene::unseat(const std::string& user, const std::string& project) {
    seats_.erase(project + user);
    server_->adopt("member", json::Object{{"id", fresh_id()},
                                          {"member", user},
                                          {"deleted_at", kLongAgo},
                                          {"project", ids_.find("uuid", project).value_or(project)}});
}

// The zone in which the answer spells its instants is the reader's.
void Scene::fill_zone(const Recording& recording) {
    const std::string text = boost::json::serialize(recording.body);
    for (const std::string_view key : {"\"created_at\":\"", "\"updated_at\":\""}) {
        const std::size_t at = text.find(key);
        if (at == std::string::npos) continue;
        const std::size_t start = at + key.size();
        const std::string instant = text.substr(start, text.find('"', start) - start);
        const std::size_t sign = instant.find_first_of("+Z", 10);
        if (sign == std::string::npos) continue;
        const std::string zone = zone_of(instant.substr(sign));
        for (const Who& who : people_of()) server_->set_zone(who.user, zone);
        return;
    }
}

// A cycle's first day begins at midnight of the project's zone.
void Scene::fill_project_zone(const Recording& recording, const std::vector<Step>& steps) {
    if (steps.back().collection != "cycles" || recording.request.method != "POST") return;
    const auto start = parse_time(json::text_or(recording.body, "start_date"));
    if (!start) return;
    const Micros clock = *start - std::chrono::floor<std::chrono::days>(*start) - std::chrono::seconds(1);
    if (clock == Micros(0) || clock < Micros(0)) return;
    const Micros offset = std::chrono::days(1) - clock;
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    put("project",
        {{"id", project_of(steps)}, {"timezone", zone_of(fmt::format("+{:02}:{:02}", minutes / 60, minutes % 60))}});
}

void Scene::fill_relations(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered) {
    if (steps.size() < 2 || steps.back().collection != "relations" || !recording.body.is_object() ||
        !answered.is_object())
        return;
    if (recording.request.method != "GET" || recording.status != 200) return;
    const std::string item = steps[steps.size() - 2].id;
    const auto others = [&](const json::Value& body, std::string_view type) {
        std::set<std::string> out;
        if (const json::Value* list = json::find(body, type); list != nullptr && list->is_array()) {
            for (const json::Value& each : list->get_array()) out.insert(std::string(json::text_or(each, "issue_id")));
        }
        return out;
    };
    constexpr std::pair<std::string_view, std::string_view> kTurned[] = {
        {"blocking", "blocked_by"}, {"start_after", "start_before"}, {"finish_after", "finish_before"}};
    for (const auto& member : recording.body.get_object()) {
        std::string type(member.key());
        bool turned = false;
        for (const auto& [asked, stored] : kTurned) {
            if (type == asked) {
                type = stored;
                turned = true;
            }
        }
        const std::set<std::string> theirs = others(answered, member.key());
        std::set<std::string> mine;
        for (const std::string& other : others(recording.body, member.key())) {
            mine.insert(ids_.find("uuid", other).value_or(other));
            if (theirs.contains(ids_.find("uuid", other).value_or(other))) continue;
            stand_in("item", other, project_of(steps), "", recording);
            put("relation", {{"id", fresh_id()},
                             {"relation_type", type},
                             {"issue", turned ? other : item},
                             {"related_issue", turned ? item : other}});
        }
        const std::string own = ids_.find("uuid", item).value_or(item);
        for (const std::string& extra : theirs) {
            if (mine.contains(extra)) continue;
            if (turned)
                server_->remove_relation(extra, own);
            else
                server_->remove_relation(own, extra);
        }
    }
}

// A creation whose numbers count things that were never shown.
void Scene::count_up(const std::string& kind, const json::Object& record, const std::string& project) {
    const json::Value value(record);
    const auto own = [&](const std::string& id) { return ids_.find("uuid", id).value_or(id); };
    if (kind == "item" && record.contains("sequence_id")) {
        server_->adopt("sequence", json::Object{{"id", own(project)},
                                                {"next", record.at("sequence_id")},
                                                {"state", own(text_in(record, "state"))},
                                                {"sort_order", record.at("sort_order")}});
        return;
    }
    const char* name = kind == "state" ? "sequence" : "sort_order";
    const json::Value* number = json::find(value, name);
    if (number == nullptr || !number->is_number()) return;
    // The neighbour that gives the next one its number: labels and states count up, cycles and modules down.
    const double step = kind == "state" ? -15000.0 : kind == "label" ? -10000.0 : 10000.0;
    put(kind,
        {{"id", fresh_id()}, {"project", project}, {"name", "Neighbour"}, {name, number->to_number<double>() + step}});
}

// Names that a new project takes are free.
void Scene::free_names(const Recording& recording) {
    for (const json::Object& project : server_->projects()) {
        const bool name = text_in(project, "name") == json::text_or(recording.body, "name");
        const bool identifier = text_in(project, "identifier") == json::text_or(recording.body, "identifier");
        if (name || identifier)
            server_->adopt("project", json::Object{{"id", text_in(project, "id")}, {"deleted_at", kLongAgo}});
    }
}

// A project's summary: as many of everything as it says.
void Scene::fill_counts(const Recording& recording, const json::Value& answered) {
    const json::Value* counts = json::find(recording.body, "counts");
    const std::string project(json::text_or(recording.body, "id"));
    if (counts == nullptr || project.empty()) return;
    put("project", {{"id", project},
                    {"name", json::text_or(recording.body, "name")},
                    {"identifier", json::text_or(recording.body, "identifier")}});
    const json::Value* theirs = json::find(answered, "counts");
    for (const auto& [name, kind] :
         {std::pair{"states", "state"}, std::pair{"cycles", "cycle"}, std::pair{"issues", "item"},
          std::pair{"modules", "module"}, std::pair{"labels", "label"}}) {
        const std::int64_t there = theirs == nullptr ? 0 : json::integer_or(*theirs, name, 0);
        for (std::int64_t absent = json::integer_or(*counts, name, 0) - there; absent > 0; --absent) {
            const std::string id = fresh_id();
            put(kind, {{"id", id}, {"project", project}, {"name", "Not shown " + id.substr(30)}});
        }
    }
    std::int64_t members = json::integer_or(*counts, "members", 0);
    const std::int64_t seated = theirs == nullptr ? 0 : json::integer_or(*theirs, "members", 0);
    for (; members > seated; --members) want_seat(fresh_id(), project, 15);
    std::int64_t excess = seated - json::integer_or(*counts, "members", 0);
    const std::vector<Who> everyone = people_of();
    for (auto who = everyone.rbegin(); who != everyone.rend() && excess > 0; ++who) {
        if (!seats_.contains(project + who->user) || who->key == last_key_) continue;
        unseat(who->user, project);
        --excess;
    }
}

}  // namespace syncline::conformance
