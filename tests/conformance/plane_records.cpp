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
        if (member.value().is_object() || member.value().is_array()) collect(out, "", member.value());
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

}  // namespace syncline::conformance
