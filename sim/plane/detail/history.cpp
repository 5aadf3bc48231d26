#include "sim/plane/detail/history.hpp"

#include <algorithm>

#include "fmt/format.h"

namespace syncline::sim::plane {
namespace {

json::Value text_or_empty(const json::Object& object, std::string_view key) {
    return is_null(object, key) ? json::Value("") : object.at(key);
}

std::string key_of(World& world, std::string_view item) {
    const Row* row = world.b.items.find_any(item);
    if (row == nullptr) return {};
    const Row* project = world.b.projects.find_any(row->text("project"));
    return fmt::format("{}-{}", project == nullptr ? "" : project->text("identifier"),
                       static_cast<std::int64_t>(row->number("sequence_id")));
}

std::string name_in(World& world, std::string_view table, std::string_view id, std::string_view column) {
    Row* row = world.table_of(table)->find_any(id);
    return row == nullptr ? std::string() : std::string(row->text(column));
}

Note referred(World& world, std::string_view field, std::string_view table, const json::Object& before,
              const json::Object& after, std::string_view comment) {
    const auto name = [&](const json::Object& side) -> std::string {
        const std::string_view id = text_of(side, field);
        if (id.empty()) return {};
        return table == "item" ? key_of(world, id) : name_in(world, table, id, "name");
    };
    Note note;
    note.field = std::string(field);
    note.before = name(before);
    note.after = name(after);
    note.comment = std::string(comment);
    note.before_id = before.contains(field) ? before.at(field) : json::Value(nullptr);
    note.after_id = after.contains(field) ? after.at(field) : json::Value(nullptr);
    return note;
}

void listed(World& world, std::vector<Note>& out, std::string_view field, std::string_view table,
            std::string_view column, std::string_view what, const json::Object& before, const json::Object& after) {
    const json::Array& old = before.at(field).as_array();
    const json::Array& now = after.at(field).as_array();
    const auto has = [](const json::Array& list, const json::Value& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    for (const json::Value& id : now) {
        if (has(old, id)) continue;
        out.push_back(note_of("updated", field, "", name_in(world, table, id.get_string(), column),
                              fmt::format("added {} ", what), {}, id.get_string()));
    }
    for (const json::Value& id : old) {
        if (has(now, id)) continue;
        out.push_back(note_of("updated", field, name_in(world, table, id.get_string(), column), "",
                              fmt::format("removed {} ", what), id.get_string(), {}));
    }
}

Note plain(std::string_view field, const json::Object& before, const json::Object& after, std::string_view comment) {
    return {"updated", std::string(field), before.at(field), after.at(field), std::string(comment), nullptr, nullptr};
}

}  // namespace

Note note_of(std::string_view verb, std::string_view field, std::string_view before, std::string_view after,
             std::string comment, std::string_view before_id, std::string_view after_id) {
    const auto id = [](std::string_view text) { return text.empty() ? json::Value(nullptr) : json::Value(text); };
    return {std::string(verb),  std::string(field), json::Value(before), json::Value(after),
            std::move(comment), id(before_id),      id(after_id)};
}

void write_note(World& world, std::string_view item, std::string_view actor, Time asked_at, Time now,
                const Note& note) {
    const Row* row = world.b.items.find_any(item);
    if (row == nullptr) return;
    json::Object activity = blank_row(kActivityModel);
    activity["id"] = world.uuid();
    activity["created_at"] = stamp(now);
    activity["updated_at"] = stamp(now + Micros(16));
    activity["verb"] = note.verb;
    if (!note.field.empty()) activity["field"] = note.field;
    activity["old_value"] = note.before;
    activity["new_value"] = note.after;
    activity["comment"] = note.comment;
    activity["old_identifier"] = note.before_id;
    activity["new_identifier"] = note.after_id;
    const std::int64_t seconds = stamp(asked_at) / 1'000'000;
    activity["epoch"] = static_cast<double>(seconds);
    activity["project"] = row->v.at("project");
    activity["workspace"] = row->v.at("workspace");
    activity["issue"] = item;
    activity["actor"] = actor;
    // The note of the creation is dated back to it.
    if (note.verb == "created" && note.field.empty()) activity["created_at"] = row->v.at("created_at");
    world.b.activities.add(std::move(activity));
}

void touch_later(World& world, std::string_view item, std::string_view actor, std::vector<Note> notes) {
    world.later([item = std::string(item), actor = std::string(actor), asked = world.b.last, list = std::move(notes)](
                    World& later, Time now) {
        if (Row* row = later.b.items.find_any(item)) row->v["updated_at"] = stamp(now);
        for (const Note& note : list) write_note(later, item, actor, asked, now, note);
    });
}

std::vector<Note> update_notes(World& world, const json::Object& before, const json::Object& asked,
                               const json::Object& after) {
    std::vector<Note> out;
    for (const auto& member : asked) {
        const std::string_view key = member.key();
        if (!before.contains(key) || !after.contains(key)) continue;
        if (key == "assignees") {
            listed(world, out, key, "user", "display_name", "assignee", before, after);
            continue;
        }
        if (key == "labels") {
            listed(world, out, key, "label", "name", "label", before, after);
            continue;
        }
        if (before.at(key) == after.at(key)) continue;
        if (key == "name")
            out.push_back(plain(key, before, after, "updated the name to"));
        else if (key == "priority")
            out.push_back(plain(key, before, after, "updated the priority to"));
        else if (key == "state")
            out.push_back(referred(world, key, "state", before, after, "updated the state to"));
        else if (key == "parent")
            out.push_back(referred(world, key, "item", before, after, "updated the parent issue to"));
        else if (key == "start_date" || key == "target_date") {
            out.push_back({"updated", std::string(key), text_or_empty(before, key), text_or_empty(after, key),
                           key == "start_date" ? "updated the start date to " : "updated the target date to", nullptr,
                           nullptr});
        } else if (key == "description_html") {
            Note note = plain(key, before, after, "updated the description to");
            note.field = "description";
            out.push_back(note);
        } else if (key == "archived_at") {
            const bool archived = !is_null(after, key);
            out.push_back({"updated", "archived_at", archived ? json::Value(nullptr) : json::Value("archive"),
                           archived ? "manual_archive" : "restore",
                           archived ? "Actor has archived the issue" : "Actor has restored the issue", nullptr,
                           nullptr});
        }
    }
    return out;
}

}  // namespace syncline::sim::plane
