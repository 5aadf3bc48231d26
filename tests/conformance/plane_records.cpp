#include "plane_records.hpp"

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::conformance {
namespace {

constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
    {"projects", "project"},
    {"members", "member"},
    {"project-members", "member"},
    {"states", "state"},
    {"labels", "label"},
    {"cycles", "cycle"},
    {"modules", "module"},
    {"work-items", "item"},
    {"issues", "item"},
    {"comments", "comment"},
    {"links", "link"},
    {"activities", "activity"},
    {"attachments", "attachment"},
    {"issue-attachments", "attachment"},
    {"cycle-issues", "cycle_item"},
    {"module-issues", "module_item"},
};

void collect(std::vector<std::pair<std::string, json::Object>>& out, const std::string& kind,
             const json::Value& value) {
    if (value.is_array()) {
        for (const json::Value& each : value.get_array()) collect(out, kind, each);
        return;
    }
    if (!value.is_object()) return;
    const json::Object& object = value.get_object();
    if (const json::Value* results = object.if_contains("results")) return collect(out, kind, *results);
    if (!object.contains("id")) return;
    if (object.contains("email") && object.contains("display_name")) {
        out.emplace_back("user", object);
        return;
    }
    for (const auto& member : object) {
        const std::string_view key = member.key();
        const std::string below = key == "state" || key == "project" ? std::string(key) : std::string();
        if (member.value().is_object() || member.value().is_array()) collect(out, below, member.value());
    }
    if (object.contains("identifier") && object.contains("network"))
        out.emplace_back("project", object);
    else if (!kind.empty() && kind != "member")
        out.emplace_back(kind, object);
}

}  // namespace

std::vector<Step> steps_of(const std::string& url) {
    std::string path = url.substr(0, url.find('?'));
    for (const std::string_view base : {"/api/v1/", "/api/"}) {
        if (!path.starts_with(base)) continue;
        path = path.substr(base.size());
        break;
    }
    std::vector<Step> steps;
    const std::vector<std::string> parts = split(path, '/');
    for (std::size_t i = 0; i < parts.size(); i += 2) {
        if (parts[i].empty()) break;
        steps.push_back({parts[i], i + 1 < parts.size() ? parts[i + 1] : std::string()});
    }
    return steps;
}

std::string kind_of(const std::string& collection) {
    for (const auto& [name, kind] : kKinds) {
        if (name == collection) return std::string(kind);
    }
    return {};
}

std::vector<std::pair<std::string, json::Object>> records_in(const Recording& recording) {
    std::vector<std::pair<std::string, json::Object>> out;
    const std::vector<Step> steps = steps_of(recording.request.url);
    if (steps.empty() || recording.status >= 300) return out;
    std::string kind = kind_of(steps.back().collection);
    // The items of a cycle are listed as items; only a POST shows their places.
    const bool places = kind == "cycle_item" || kind == "module_item";
    if (places && recording.request.method == "GET" && steps.back().id.empty()) kind = "item";
    // "work-items/WEB-1/" lies directly below the workspace.
    if (kind == "attachment" && recording.request.method == "POST") return out;
    json::Value body = recording.body;
    // The answer to the PATCH of a module leaves the id out.
    if (recording.request.method == "PATCH" && body.is_object() && !body.get_object().contains("id")) {
        body.get_object()["id"] = steps.back().id;
    }
    // A relation is answered with the other item, a search with items in short; both by the app's names.
    const json::Value* found = json::find(body, "issues");
    const json::Value* others = steps.back().collection == "relations" ? &body : found;
    if (others != nullptr && others->is_array()) {
        for (const json::Value& each : others->get_array()) {
            json::Object item = api_names(each);
            for (const char* name : {"relation_type", "created_by", "created_at", "updated_by", "updated_at"})
                item.erase(name);
            if (item.contains("id")) out.emplace_back("item", std::move(item));
        }
        return out;
    }
    // A lookup by external pair answers one object, perhaps without its pair.
    const std::string source = parameter(recording.request.url, "external_source");
    const std::string external = parameter(recording.request.url, "external_id");
    if (kind == "item" && !source.empty() && !external.empty() && body.is_object() &&
        body.get_object().contains("id")) {
        body.get_object()["external_source"] = source;
        body.get_object()["external_id"] = external;
    }
    collect(out, kind, body);
    return out;
}

std::string text_in(const json::Object& object, std::string_view key) {
    const json::Value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> texts_in(const json::Value& object, std::string_view key) {
    std::vector<std::string> out;
    const json::Value* list = json::find(object, key);
    if (list == nullptr || !list->is_array()) return out;
    for (const json::Value& each : list->get_array()) {
        if (each.is_string()) out.emplace_back(each.get_string());
    }
    return out;
}

void plain_references(json::Object& record) {
    for (const char* name :
         {"state", "parent", "project", "created_by", "updated_by", "assignees", "labels", "owned_by"}) {
        json::Value* value = record.if_contains(name);
        if (value == nullptr) continue;
        if (value->is_object()) {
            const json::Value* id = value->get_object().if_contains("id");
            *value = id == nullptr ? json::Value(nullptr) : json::Value(*id);
        } else if (value->is_array()) {
            for (json::Value& each : value->get_array()) {
                if (each.is_object() && each.get_object().contains("id"))
                    each = json::Value(each.get_object().at("id"));
            }
        }
    }
}

std::string parameter(const std::string& url, std::string_view name) {
    const std::size_t mark = url.find('?');
    if (mark == std::string::npos) return {};
    for (const auto& [key, value] : net::decode_query(std::string_view(url).substr(mark + 1))) {
        if (key == name) return value;
    }
    return {};
}

json::Object api_names(const json::Value& value) {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"state_id", "state"},
                                                                        {"parent_id", "parent"},
                                                                        {"assignee_ids", "assignees"},
                                                                        {"label_ids", "labels"},
                                                                        {"project_id", "project"}};
    json::Object out;
    if (!value.is_object()) return out;
    for (const auto& member : value.get_object()) {
        std::string_view name = member.key();
        for (const auto& [app, api] : kNames) {
            if (name == app) name = api;
        }
        out[name] = member.value();
    }
    return out;
}

json::Value parsed(const net::HttpResponse& response) {
    const auto value = json::parse(response.body);
    return value ? *value : json::Value();
}

std::int64_t total_of(const json::Value& body) { return json::integer_or(body, "total_count", -1); }

// A zone with that distance; the few that have half hours by name.
std::string zone_of(const std::string& offset) {
    constexpr std::pair<std::string_view, std::string_view> kNamed[] = {{"Z", "UTC"},
                                                                        {"+05:30", "Asia/Kolkata"},
                                                                        {"+05:45", "Asia/Kathmandu"},
                                                                        {"+09:30", "Australia/Darwin"},
                                                                        {"+08:00", "Asia/Manila"},
                                                                        {"+03:30", "Asia/Tehran"},
                                                                        {"+06:30", "Asia/Yangon"}};
    for (const auto& [text, zone] : kNamed) {
        if (offset == text) return std::string(zone);
    }
    return "Etc/GMT-" + std::to_string(std::atoi(offset.substr(1, 2).c_str()));
}

bool contains(const Recording& recording, std::string_view words) {
    return boost::json::serialize(recording.body).find(words) != std::string::npos;
}

}  // namespace syncline::conformance
