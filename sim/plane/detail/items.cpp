#include "sim/plane/detail/items.hpp"

#include <algorithm>
#include <set>

#include "sim/plane/detail/html.hpp"

namespace syncline::sim::plane {
namespace {

bool contains(const json::Array& list, std::string_view id) {
    return std::any_of(list.begin(), list.end(), [&](const json::Value& each) { return each.get_string() == id; });
}

// People are kept when they may work on the project; the rest is dropped without a word. Oldest seat first.
json::Array workers(World& world, std::string_view project, const json::Array& wanted) {
    json::Array out;
    for (const Row* seat : world.b.members.of(project)) {
        const bool works = seat->flag("is_active") && seat->number("role") >= kMember;
        if (works && contains(wanted, seat->text("member"))) out.push_back(seat->v.at("member"));
    }
    return out;
}

json::Array own_labels(World& world, std::string_view project, const json::Array& wanted) {
    json::Array out;
    for (const Row* label : world.b.labels.of(project)) {
        if (contains(wanted, label->text("id"))) out.push_back(label->v.at("id"));
    }
    return out;
}

bool completed(World& world, std::string_view state) {
    const Row* row = world.b.states.find_any(state);
    return row != nullptr && row->text("group") == "completed";
}

double next_order(World& world, std::string_view project, std::string_view state) {
    const std::string key(state);
    if (!world.b.top_of_state.contains(key)) {
        double top = kFirstOrder - kOrderStep;
        for (const Row* row : world.b.items.of(project)) {
            if (row->text("state") == state) top = std::max(top, row->number("sort_order"));
        }
        world.b.top_of_state[key] = top;
    }
    return world.b.top_of_state[key] += kOrderStep;
}

void remove_one(World& world, Row& row) {
    const std::string id = row.id();
    const json::Value when = stamp(world.tick());
    row.v["deleted_at"] = when;
    world.b.top_of_state.erase(std::string(row.text("state")));
    for (Row* relation : world.b.relations.of(id)) relation->v["deleted_at"] = when;
    for (Table* table : {&world.b.relations, &world.b.cycle_items, &world.b.module_items}) {
        for (Row* other : table->beside(id)) other->v["deleted_at"] = when;
    }
}

}  // namespace

bool visible(World& world, const Row& item) {
    if (!item.living() || !item.null("archived_at") || item.flag("is_draft")) return false;
    const Row* project = world.b.projects.find(item.text("project"));
    if (project == nullptr || !project->null("archived_at")) return false;
    const Row* state = world.b.states.find_any(item.text("state"));
    return state == nullptr || !state->flag("is_triage");
}

Rows visible_items(World& world, std::string_view project) {
    Rows out;
    const Row* home = world.b.projects.find(project);
    if (home == nullptr || !home->null("archived_at")) return out;
    std::string triage;
    for (const Row* state : world.b.states.of(project)) {
        if (state->flag("is_triage")) triage = state->id();
    }
    for (const Row* row : world.b.items.of(project)) {
        const bool hidden = !row->null("archived_at") || row->flag("is_draft");
        if (!hidden && (triage.empty() || row->text("state") != triage)) out.push_back(row);
    }
    return out;
}

std::optional<Answer> settle_values(World& world, std::string_view project, json::Object& values) {
    const std::string_view start = text_of(values, "start_date");
    const std::string_view target = text_of(values, "target_date");
    // Only when both are in the body: two calls can put the start after the target.
    if (!start.empty() && !target.empty() && start > target) return cross_field("Start date cannot exceed target date");
    if (values.contains("description_html")) {
        const std::string given(text_of(values, "description_html"));
        auto html = api_html(given);
        if (!html) return cross_field("Invalid HTML passed");
        values["description_html"] = world.options.sanitizer ? world.options.sanitizer(given) : *html;
    }
    if (values.contains("assignees")) {
        const json::Array wanted = values["assignees"].as_array();
        values["assignees"] = workers(world, project, wanted);
    }
    if (values.contains("labels")) {
        const json::Array wanted = values["labels"].as_array();
        values["labels"] = own_labels(world, project, wanted);
    }
    if (const std::string_view id = text_of(values, "state"); !id.empty()) {
        if (world.b.states.find(id)->text("project") != project) {
            return cross_field("State is not valid please pass a valid state_id");
        }
    }
    if (const std::string_view id = text_of(values, "parent"); !id.empty()) {
        if (world.b.items.find(id)->text("project") != project) {
            return cross_field("Parent is not valid issue_id please pass a valid issue_id");
        }
    }
    return std::nullopt;
}

std::string default_state(World& world, std::string_view project) {
    const Row* best = nullptr;
    const Row* any = nullptr;
    for (const Row* row : world.b.states.of(project)) {
        if (row->flag("is_triage")) continue;
        if (any == nullptr || row->number("sequence") < any->number("sequence")) any = row;
        if (!row->flag("default")) continue;
        if (best == nullptr || row->number("sequence") < best->number("sequence")) best = row;
    }
    if (best == nullptr) best = any;
    return best == nullptr ? std::string() : best->id();
}

Row& insert_item(World& world, std::string_view project, std::string_view user, const json::Object& values) {
    const Time finished = world.tick();
    json::Object row = world.born(kItemModel, user, project);
    for (const auto& member : values) row[member.key()] = member.value();
    if (is_null(row, "state")) {
        const std::string state = default_state(world, project);
        row["state"] = state.empty() ? json::Value(nullptr) : json::Value(state);
    }
    if (completed(world, text_of(row, "state"))) row["completed_at"] = stamp(finished);
    if (row["assignees"].as_array().empty()) {
        const Row* home = world.b.projects.find(project);
        if (!home->null("default_assignee")) {
            row["assignees"] = workers(world, project, json::Array{home->v.at("default_assignee")});
        }
    }
    row["sequence_id"] = ++world.b.sequences[std::string(project)];
    row["sort_order"] = next_order(world, project, text_of(row, "state"));
    row["created_by"] = user;
    return world.b.items.add(std::move(row));
}

void update_item(World& world, Row& row, std::string_view user, const json::Object& values) {
    const std::string old_state(row.text("state"));
    for (const auto& member : values) row.v[member.key()] = member.value();
    if (row.null("state")) row.v["state"] = default_state(world, row.text("project"));
    if (row.text("state") != old_state) {
        const bool done = completed(world, row.text("state"));
        row.v["completed_at"] = done ? json::Value(stamp(world.tick())) : json::Value(nullptr);
        world.b.top_of_state.erase(old_state);
        world.b.top_of_state.erase(std::string(row.text("state")));
    }
    if (values.contains("sort_order")) world.b.top_of_state.erase(std::string(row.text("state")));
    world.b.items.reindex(row);
    world.written(row, user);
}

void remove_item(World& world, Row& row) {
    // Items may be their own parents: each is taken once.
    std::set<std::string> seen{row.id()};
    std::vector<Row*> waiting{&row};
    while (!waiting.empty()) {
        Row* next = waiting.back();
        waiting.pop_back();
        for (Row* child : world.b.items.beside(next->text("id"))) {
            if (seen.insert(child->id()).second) waiting.push_back(child);
        }
        remove_one(world, *next);
    }
}

std::int64_t children_count(World& world, const Row& item) {
    return static_cast<std::int64_t>(world.b.items.beside(item.text("id")).size());
}

const Row* cycle_place(World& world, const Row& item) {
    const auto places = world.b.cycle_items.beside(item.text("id"));
    return places.empty() ? nullptr : places.front();
}

}  // namespace syncline::sim::plane
