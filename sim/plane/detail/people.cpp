#include "sim/plane/detail/people.hpp"

#include <cstdlib>

#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/html.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"state", "state_id"}, {"parent", "parent_id"}, {"assignees", "assignee_ids"}, {"labels", "label_ids"}};

std::string api_name(std::string_view name) {
    for (const auto& [api, app] : kNames) {
        if (name == app) return std::string(api);
    }
    return std::string(name);
}

std::string app_name(std::string_view name) {
    for (const auto& [api, app] : kNames) {
        if (name == api) return std::string(app);
    }
    return std::string(name);
}

json::Object renamed(const json::Object& object, std::string (*rename)(std::string_view)) {
    json::Object out;
    for (const auto& member : object) out[rename(member.key())] = member.value();
    return out;
}

// The values of a person's form, as they may be stored.
json::Object read_form(World& world, const std::string& project, const json::Object& fields, bool partial) {
    CheckRules rules;
    rules.partial = partial;
    rules.exists = [&world](std::string_view table, std::string_view id) { return world.exists(table, id); };
    Checked checked = check(kItemModel, fields, rules);
    if (!checked.errors.empty()) std::abort();
    std::optional<std::string> html;
    if (const json::Value* text = checked.values.if_contains("description_html")) {
        const std::string given(text->get_string());
        // The app's own form cleans, but does not group.
        html = world.options.sanitizer ? world.options.sanitizer(given) : clean_html(given);
        checked.values.erase("description_html");
    }
    if (settle_values(world, project, checked.values)) std::abort();
    if (html) checked.values["description_html"] = *html;
    return checked.values;
}

}  // namespace

void edit_as_person(World& world, Row& row, const json::Object& fields, const std::string& user) {
    const json::Object asked = renamed(fields, api_name);
    const json::Object before = show(kItemModel, row, "UTC");
    update_item(world, row, user, read_form(world, std::string(row.text("project")), asked, true));
    const json::Object after = show(kItemModel, row, "UTC");
    touch_later(world, row.text("id"), user, update_notes(world, before, asked, after));
    announce_updated(world, Event::kIssue, row.text("id"), user,
                     changes(renamed(before, app_name), renamed(asked, app_name)));
}

std::string add_as_person(World& world, const std::string& project, const json::Object& fields,
                          const std::string& user) {
    Row& row = insert_item(world, project, user, read_form(world, project, renamed(fields, api_name), false));
    Note note;
    note.verb = "created";
    note.comment = "created the issue";
    touch_later(world, row.text("id"), user, {note});
    announce_created(world, Event::kIssue, row.text("id"), user);
    return row.id();
}

void archive_as_person(World& world, Row& row, bool archived, const std::string& user) {
    const json::Object before = show(kItemModel, row, "UTC");
    const Day today = std::chrono::floor<std::chrono::days>(world.clock.now());
    row.v["archived_at"] = archived ? json::Value(format_day(today)) : json::Value(nullptr);
    world.written(row, user);
    const json::Object asked{{"archived_at", row.v.at("archived_at")}};
    // The app's archive button sends no webhook.
    touch_later(world, row.text("id"), user, update_notes(world, before, asked, show(kItemModel, row, "UTC")));
}

std::string add_twin(World& world, const Row& row) {
    json::Object values;
    for (const std::string_view name :
         {"name", "description_html", "state", "priority", "external_source", "external_id"}) {
        values[name] = row.v.at(name);
    }
    const std::string project(row.text("project"));
    const std::string user(row.text("created_by"));
    Row& twin = insert_item(world, project, user, values);
    touch_later(world, twin.text("id"), user, {});
    announce_created(world, Event::kIssue, twin.text("id"), user);
    return twin.id();
}

}  // namespace syncline::sim::plane
