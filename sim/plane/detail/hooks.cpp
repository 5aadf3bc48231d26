#include "sim/plane/detail/hooks.hpp"

#include "sim/plane/detail/html.hpp"
#include "sim/plane/detail/python_json.hpp"
#include "sim/plane/detail/show.hpp"
#include "vault/digest.hpp"

namespace syncline::sim::plane {
namespace {

std::string_view name_of(Event event) {
    switch (event) {
        case Event::kProject: return "project";
        case Event::kIssue: return "issue";
        case Event::kCycle: return "cycle";
        case Event::kModule: return "module";
        case Event::kComment: return "issue_comment";
    }
    return {};
}

json::Object lite(const Row* row, std::initializer_list<std::string_view> names) {
    json::Object out;
    for (const std::string_view name : names) out[name] = row == nullptr ? json::Value(nullptr) : row->v.at(name);
    return out;
}

// A work item in a webhook: state, people and labels as objects, the description three times over.
json::Object issue_data(World& world, const Row& row) {
    json::Object shown = show(kItemModel, row, "UTC");
    json::Object out;
    out["id"] = shown["id"];
    json::Array labels;
    for (const json::Value& id : shown["labels"].as_array()) {
        if (const Row* label = world.b.labels.find(std::string_view(id.get_string()))) {
            labels.push_back(lite(label, {"id", "name", "color"}));
        }
    }
    out["labels"] = std::move(labels);
    json::Array people;
    for (const json::Value& id : shown["assignees"].as_array()) {
        people.push_back(show_user(world, std::string_view(id.get_string())));
    }
    out["assignees"] = std::move(people);
    out["state"] = show_state_lite(world, row.text("state"));
    out["description"] = json::Object();
    for (const auto& member : shown) {
        const std::string_view name = member.key();
        if (name == "type_id" || out.contains(name)) continue;
        if (name == "description_html") out["description_json"] = json::Object();
        out[name] = member.value();
        if (name == "description_html") out["description_stripped"] = strip_tags(row.text("description_html"));
    }
    return out;
}

json::Object data_of(World& world, Event event, std::string_view id) {
    switch (event) {
        case Event::kProject:
            if (const Row* row = world.b.projects.find_any(id)) return show(kProjectModel, *row, "UTC");
            break;
        case Event::kIssue:
            if (const Row* row = world.b.items.find_any(id)) return issue_data(world, *row);
            break;
        case Event::kCycle:
            if (const Row* row = world.b.cycles.find_any(id)) return show(kCycleModel, *row, "UTC");
            break;
        case Event::kModule:
            if (const Row* row = world.b.modules.find_any(id)) return show(kModuleModel, *row, "UTC");
            break;
        case Event::kComment:
            if (const Row* row = world.b.comments.find_any(id)) return show(kCommentModel, *row, "UTC");
            break;
    }
    return {};
}

void deliver(World& world, Event event, std::string_view action, const json::Object& data, const Change& change,
             std::string_view actor) {
    json::Object body;
    body["event"] = name_of(event);
    body["action"] = action;
    body["webhook_id"] = world.b.webhook;
    body["workspace_id"] = world.b.workspace;
    body["data"] = data;
    json::Object activity;
    activity["field"] = change.field.empty() ? json::Value(nullptr) : json::Value(change.field);
    activity["new_value"] = change.after;
    activity["old_value"] = change.before;
    activity["actor"] = show_user(world, actor);
    activity["old_identifier"] = nullptr;
    activity["new_identifier"] = nullptr;
    body["activity"] = std::move(activity);

    PlaneDelivery delivery;
    delivery.event = std::string(name_of(event));
    delivery.action = std::string(action);
    delivery.body = python_json(body, Spacing::kLoose);
    delivery.headers = net::Headers{
        {"Content-Type", "application/json"},
        {"User-Agent", "Autopilot"},
        {"X-Plane-Delivery", world.uuid()},
        {"X-Plane-Event", delivery.event},
        {"X-Plane-Signature", vault::hmac_sha256_hex(world.b.webhook_secret, delivery.body)},
    };
    if (world.b.deliveries.size() >= kDeliveriesMax) world.b.deliveries.pop_front();
    world.b.deliveries.push_back(std::move(delivery));
}

}  // namespace

std::vector<Change> changes(const json::Object& before, const json::Object& asked) {
    std::vector<Change> out;
    for (const auto& member : asked) {
        const json::Value* old = before.if_contains(member.key());
        if (old == nullptr || *old == member.value()) continue;
        out.push_back(Change{std::string(member.key()), *old, member.value()});
    }
    return out;
}

void announce_created(World& world, Event event, std::string_view id, std::string_view actor) {
    world.later([event, id = std::string(id), actor = std::string(actor)](World& later, Time) {
        deliver(later, event, "created", data_of(later, event, id), Change{}, actor);
    });
}

void announce_updated(World& world, Event event, std::string_view id, std::string_view actor,
                      std::vector<Change> changed) {
    if (changed.empty()) return;
    world.later(
        [event, id = std::string(id), actor = std::string(actor), list = std::move(changed)](World& later, Time) {
            // Each delivery is a task of its own: they overtake each other.
            std::vector<Change> shuffled = list;
            for (std::size_t i = shuffled.size(); i > 1; --i)
                std::swap(shuffled[i - 1], shuffled[later.b.random.below(i)]);
            const json::Object data = data_of(later, event, id);
            for (const Change& change : shuffled) deliver(later, event, "updated", data, change, actor);
        });
}

void announce_deleted(World& world, Event event, std::string_view id, std::string_view actor) {
    world.later([event, id = std::string(id), actor = std::string(actor)](World& later, Time) {
        deliver(later, event, "deleted", json::Object{{"id", id}}, Change{}, actor);
    });
}

}  // namespace syncline::sim::plane
