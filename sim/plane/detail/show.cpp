#include "sim/plane/detail/show.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

json::Object pick(const Row* row, std::initializer_list<std::string_view> names) {
    json::Object out;
    if (row == nullptr) return out;
    for (const std::string_view name : names) {
        const json::Value* value = row->v.if_contains(name);
        out[name] = value == nullptr ? json::Value(nullptr) : *value;
    }
    return out;
}

bool expand_one(World& world, std::string_view name, const json::Value& value, std::string_view zone,
                json::Value& out) {
    const std::string_view id = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    if (name == "state") {
        out = show_state_lite(world, id);
    } else if (name == "project") {
        out = pick(world.b.projects.find(id),
                   {"id", "identifier", "name", "cover_image", "icon_prop", "emoji", "description", "cover_image_url"});
    } else if (name == "parent") {
        const Row* row = world.b.items.find(id);
        json::Object short_form = pick(row, {"id", "sequence_id"});
        if (row != nullptr) short_form["project_id"] = row->v.at("project");
        out = short_form;
    } else if (name == "issue") {
        const Row* row = world.b.items.find(id);
        out = row == nullptr ? json::Object() : show(kItemModel, *row, zone);
    } else if (name == "workspace") {
        out = json::Object{{"name", world.options.workspace}, {"slug", world.options.workspace}, {"id", id}};
    } else if (name == "created_by" || name == "updated_by" || name == "actor" || name == "owned_by" ||
               name == "default_assignee" || name == "project_lead" || name == "user") {
        out = show_user(world, id);
    } else {
        return false;
    }
    return true;
}

bool expand_many(World& world, std::string_view name, const json::Value& value, std::string_view zone,
                 json::Value& out) {
    if ((name != "assignees" && name != "labels" && name != "members") || !value.is_array()) return false;
    json::Array list;
    for (const json::Value& id : value.get_array()) {
        const std::string_view text(id.get_string());
        if (name == "labels") {
            if (const Row* label = world.b.labels.find(text)) list.push_back(show(kLabelModel, *label, zone));
        } else {
            list.push_back(show_user(world, text));
        }
    }
    // The newest comes first here, unlike the plain list of ids.
    std::reverse(list.begin(), list.end());
    out = std::move(list);
    return true;
}

bool wanted(const std::vector<std::string>& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& each) { return trim(each) == name; });
}

}  // namespace

json::Object show(const Model& model, const Row& row, std::string_view zone) {
    // A record holds the columns of its model and nothing else: a copy is the quickest start.
    json::Object out(row.v);
    for (const Field& field : model.fields) {
        if ((field.use & kHidden) != 0) {
            out.erase(field.name);
        } else if (field.kind == Kind::kTime) {
            json::Value* value = out.if_contains(field.name);
            if (value != nullptr && value->is_int64()) *value = show_time(Time(Micros(value->get_int64())), zone);
        }
    }
    return out;
}

json::Object show(Call& call, const Model& model, const Row& row, json::Object extra) {
    json::Object all = show(model, row, call.zone);
    for (auto& member : extra) all[member.key()] = member.value();
    const std::string_view fields = call.param("fields");
    if (!fields.empty()) {
        const std::vector<std::string> names = split(fields, ',');
        json::Object some;
        for (const auto& member : all) {
            if (wanted(names, member.key())) some[member.key()] = member.value();
        }
        all = std::move(some);
    }
    const std::string_view expand = call.param("expand");
    if (expand.empty()) return all;
    for (const std::string& each : split(expand, ',')) {
        const std::string name(trim(each));
        json::Value* value = all.if_contains(name);
        if (value == nullptr) continue;
        json::Value out;
        if (expand_one(call.world, name, *value, call.zone, out) ||
            expand_many(call.world, name, *value, call.zone, out)) {
            *value = std::move(out);
        }
    }
    return all;
}

json::Object show_user(World& world, std::string_view id) {
    const Row* row = world.b.users.find(id);
    return row == nullptr ? json::Object() : show(kUserModel, *row, "UTC");
}

json::Object show_state_lite(World& world, std::string_view id) {
    return pick(world.b.states.find_any(id), {"id", "name", "color", "group"});
}

}  // namespace syncline::sim::plane
