// The second try, lists: as many rows as were counted, in the order in which they were shown.
#include <algorithm>

#include "base/text.hpp"
#include "fmt/format.h"
#include "plane_scene.hpp"

namespace syncline::conformance {

// Items that the recorded list no longer counts: stand-ins first, then the newest.
void Scene::drop_excess(const std::string& kind, const std::vector<Step>& steps, std::int64_t excess) {
    if (kind != "item" || excess <= 0) return;
    const std::string project = project_of(steps);
    std::vector<std::string> ids = server_->items(ids_.find("uuid", project).value_or(project));
    std::reverse(ids.begin(), ids.end());
    std::stable_partition(ids.begin(), ids.end(), [](const std::string& id) { return id.starts_with("feed"); });
    for (const std::string& id : ids) {
        if (excess-- <= 0) return;
        server_->adopt(kind, json::Object{{"id", id}, {"deleted_at", kLongAgo}});
    }
}

// The records of a list in the order in which it shows them, when it does not show by what it was sorted.
void Scene::line_up(const Recording& recording, const std::string& kind, const json::Array& shown) {
    const std::string order = parameter(recording.request.url, "order_by");
    const bool by_update = order == "-updated_at" || order == "updated_at";
    if (kind == "state" || (!order.empty() && !by_update && order != "created_at" && order != "-created_at")) return;
    const bool down = order.empty() ? kind != "project" : order.front() == '-';
    const char* column = by_update ? "updated_at" : "created_at";
    const Time now = clock_->now() - std::chrono::hours(1);
    std::int64_t place = 0;
    for (const json::Value& each : shown) {
        ++place;
        const std::string id(json::text_or(each, "id"));
        if (!each.is_object() || each.get_object().contains(column) || !known(id)) continue;
        put(kind, {{"id", id}, {column, format_iso(now + std::chrono::seconds(down ? -place : place))}});
    }
}

// Everything that the simulator lists under that path.
std::vector<std::string> Scene::ids_under(const Recording& recording) {
    std::vector<std::string> out;
    net::HttpRequest request;
    request.url = ids_.rewrite("uuid", recording.request.url.substr(0, recording.request.url.find('?')));
    for (const Who& who : people_of()) {
        request.headers.set("X-Api-Key", who.key);
        const json::Value body = parsed(server_->handle(request));
        const json::Value* results = json::find(body, "results");
        if (results == nullptr || !results->is_array()) continue;
        for (const json::Value& each : results->get_array()) out.emplace_back(json::text_or(each, "id"));
        break;
    }
    return out;
}

// States and activities that cannot be told from the simulator's own take their place.
void Scene::replace_all(const Recording& recording, const std::string& kind, const std::vector<Step>& steps,
                        const json::Array& shown) {
    for (const std::string& id : ids_under(recording)) {
        server_->adopt(kind, json::Object{{"id", id}, {"deleted_at", kLongAgo}});
    }
    double sequence = 0;
    for (const json::Value& each : shown) {
        json::Object row = each.as_object();
        if (!row.contains("id")) row["id"] = fresh_id();
        row["project"] = project_of(steps);
        if (kind == "state") row["sequence"] = sequence += 10000;
        put(kind, row);
    }
}

// Items that are shown without their ids: any will do, as long as they look like that.
void Scene::disguise(const std::vector<Step>& steps, const json::Array& shown) {
    std::size_t place = 0;
    for (const std::string& id : server_->items(ids_.find("uuid", project_of(steps)).value_or(project_of(steps)))) {
        json::Object look = shown[std::min(place++, shown.size() - 1)].as_object();
        if (look.empty()) return;
        look["id"] = id;
        server_->adopt("item", look);
    }
}

// A list that shows everything: what else the simulator lists was gone. One that shows a part: as many as were counted.
void Scene::fill_list(const Recording& recording, const std::vector<Step>& steps, const json::Value& answered) {
    const json::Value* mine = json::find(recording.body, "results");
    const json::Value* theirs = json::find(answered, "results");
    if (mine == nullptr || !mine->is_array() || steps.empty()) return;
    const json::Array none;
    const json::Array& shown = mine->get_array();
    const json::Array& listed = theirs != nullptr && theirs->is_array() ? theirs->get_array() : none;
    std::string kind = kind_of(steps.back().collection);
    fill_places(kind, steps, shown);
    if (kind == "cycle_item" || kind == "module_item") kind = "item";
    const std::int64_t total = total_of(recording.body);
    const bool nameless = !shown.empty() && json::text_or(shown[0], "id").empty();
    const bool replaced = !shown.empty() && (kind == "activity" || (kind == "state" && nameless));
    if (replaced) replace_all(recording, kind, steps, shown);
    line_up(recording, kind, shown);
    if (static_cast<std::int64_t>(shown.size()) == total && (shown.empty() || !json::text_or(shown[0], "id").empty())) {
        std::set<std::string> wanted;
        for (const json::Value& each : shown) {
            const std::string id(json::text_or(each, "id"));
            wanted.insert(ids_.find("uuid", id).value_or(id));
        }
        for (const json::Value& each : listed) {
            const std::string id(json::text_or(each, "id"));
            if (!id.empty() && !wanted.contains(id))
                server_->adopt(kind, json::Object{{"id", id}, {"deleted_at", kLongAgo}});
        }
        return;
    }
    std::int64_t there = total_of(answered) < 0 ? 0 : total_of(answered);
    if (replaced) there = static_cast<std::int64_t>(shown.size());
    drop_excess(kind, steps, there - total);
    // Like the last one that is shown, so that it sorts just behind it.
    json::Object filler = shown.empty() || !shown.back().is_object() ? json::Object() : shown.back().get_object();
    plain_references(filler);
    for (const char* pair : {"external_id", "external_source"}) filler.erase(pair);
    filler["project"] = project_of(steps);
    if (kind != "activity") filler["name"] = "Not shown";
    for (const Step& step : steps) {
        if (kind_of(step.collection) == "item" && !step.id.empty() && kind != "item") filler["issue"] = step.id;
    }
    // On a later page, what is not shown stands before it.
    const std::string cursor = parameter(recording.request.url, "cursor");
    const bool later_page = !cursor.empty() && cursor.find(":0:") == std::string::npos;
    const bool down =
        kind != "activity" && kind != "project" && parameter(recording.request.url, "order_by") != "created_at";
    for (std::int64_t absent = total - there; absent > 0; --absent) {
        filler["id"] = fresh_id();
        for (const char* column : {"created_at", "updated_at"}) {
            if (filler.contains(column) && !later_page) continue;
            const Micros away = std::chrono::hours(later_page == down ? 0 : 2);
            filler[column] = format_iso(clock_->now() - away);
        }
        put(kind, filler);
        if (later_page) {
            filler.erase("created_at");
            filler.erase("updated_at");
        }
    }
    if (nameless && kind == "item") disguise(steps, shown);
}

// The items that a cycle or module lists are in it.
void Scene::fill_places(const std::string& kind, const std::vector<Step>& steps, const json::Array& shown) {
    if (kind != "cycle_item" && kind != "module_item") return;
    const std::string holder = steps[steps.size() - 2].id;
    for (const json::Value& each : shown)
        put_place(kind, std::string(json::text_or(each, "id")), holder, project_of(steps));
}

void Scene::put_place(const std::string& kind, const std::string& item, const std::string& holder,
                      const std::string& project) {
    if (item.empty()) return;
    put(kind, {{"id", fresh_id()},
               {"project", project},
               {"issue", item},
               {kind == "cycle_item" ? "cycle" : "module", holder}});
}

}  // namespace syncline::conformance
