// The second try: what the recording shows is laid over what the simulator had, as far as the call itself does not
// write it. It stands for steps that were not recorded.
#include <fmt/format.h>

#include <algorithm>

#include "plane_scene.hpp"

namespace syncline::conformance {
namespace {

json::Value parsed(const net::HttpResponse& response) {
    const auto value = json::parse(response.body);
    return value ? *value : json::Value();
}

std::int64_t total_of(const json::Value& body) { return json::integer_or(body, "total_count", -1); }

bool contains(const Recording& recording, std::string_view words) {
    return boost::json::serialize(recording.body).find(words) != std::string::npos;
}

}  // namespace

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
        put(kind_of(last.collection), {{"id", last.id}, {"deleted_at", "2000-01-01T00:00:00Z"}});
    } else {
        return false;
    }
    return true;
}

// Items that the recorded list no longer counts: stand-ins first, then the newest.
void Scene::drop_excess(const std::string& kind, const std::vector<Step>& steps, std::int64_t excess) {
    if (kind != "item" || excess <= 0) return;
    const std::string project = project_of(steps);
    std::vector<std::string> ids = server_->items(ids_.find("uuid", project).value_or(project));
    std::reverse(ids.begin(), ids.end());
    std::stable_partition(ids.begin(), ids.end(), [](const std::string& id) { return id.starts_with("feed"); });
    for (const std::string& id : ids) {
        if (excess-- <= 0) return;
        server_->adopt(kind, json::Object{{"id", id}, {"deleted_at", "2000-01-01T00:00:00Z"}});
    }
}

// A list that shows everything: what else the simulator lists was gone. One that shows a part: as many as were counted.
void Scene::fill_list(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered) {
    const json::Value* mine = json::find(recording.body, "results");
    const json::Value* theirs = json::find(answered, "results");
    if (mine == nullptr || theirs == nullptr || !mine->is_array() || !theirs->is_array() || steps.empty()) return;
    std::string kind = kind_of(steps.back().collection);
    if (kind == "cycle_item" || kind == "module_item") kind = "item";
    const std::int64_t total = total_of(recording.body);
    const auto shown = static_cast<std::int64_t>(mine->get_array().size());
    if (shown == total) {
        std::set<std::string> wanted;
        for (const json::Value& each : mine->get_array()) {
            const std::string id(json::text_or(each, "id"));
            wanted.insert(ids_.find("uuid", id).value_or(id));
        }
        for (const json::Value& each : theirs->get_array()) {
            const std::string id(json::text_or(each, "id"));
            if (id.empty() || wanted.contains(id)) continue;
            server_->adopt(kind, json::Object{{"id", id}, {"deleted_at", "2000-01-01T00:00:00Z"}});
        }
        return;
    }
    drop_excess(kind, steps, total_of(answered) - total);
    json::Object filler{{"project", project_of(steps)}, {"name", "Not shown"}};
    if (!mine->get_array().empty()) {
        // Just behind what is shown, whichever way it is sorted.
        const json::Value& last = mine->get_array().back();
        if (!json::text_or(last, "created_at").empty()) filler["created_at"] = json::text_or(last, "created_at");
    }
    for (const Step& step : steps) {
        if (kind_of(step.collection) == "item" && !step.id.empty() && kind != "item") filler["issue"] = step.id;
    }
    for (std::int64_t missing = total - total_of(answered); missing > 0; --missing) {
        filler["id"] = fresh_id();
        put(kind, filler);
    }
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

void Scene::catch_up(const Recording& recording, const net::HttpResponse& answered) {
    const std::vector<Step> steps = steps_of(recording.request.url);
    if (recording.status >= 300) {
        if (!refusal_records(recording, steps)) conflict_records(recording, steps);
        return;
    }
    const bool fresh = recording.request.method == "POST";
    for (auto& [kind, record] : records_in(recording)) {
        const std::string id = text_in(record, "id");
        const bool itself = !steps.empty() && kind == kind_of(steps.back().collection);
        if (fresh && itself && steps.back().id.empty() && !known(id)) {
            count_up(kind, record, project_of(steps));
            continue;
        }
        if (kind == "activity" && !known(id)) continue;
        json::Object copy = record;
        if (recording.request.method == "PATCH" && itself && recording.request_body.is_object()) {
            for (const auto& member : recording.request_body.get_object()) copy.erase(member.key());
            copy.erase("updated_by");
            if (recording.request_body.get_object().contains("state")) copy.erase("completed_at");
        }
        if (!copy.contains("deleted_at")) copy["deleted_at"] = nullptr;
        put(kind, copy);
    }
    if (recording.request.method == "DELETE" && !steps.empty() && !kind_of(steps.back().collection).empty()) {
        put(kind_of(steps.back().collection), {{"id", steps.back().id}, {"deleted_at", nullptr}});
        return;
    }
    fill_list(recording, steps, parsed(answered));
    fill_relations(recording, steps, parsed(answered));
}

}  // namespace syncline::conformance
