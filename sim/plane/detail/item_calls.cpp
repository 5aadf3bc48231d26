// The work item paths of the API.
#include <algorithm>

#include "base/text.hpp"
#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

Answer create_item(Call& call) {
    World& world = call.world;
    Checked checked = call.check(kItemModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = settle_values(world, call.project(), checked.values)) return *no;
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, world.b.items, *pair)) return same_pair("Issue", *other);
    }
    const std::string author(text_of(checked.values, "created_by"));
    Row& row = insert_item(world, call.project(), call.user, checked.values);
    Answer answer = created(show(call, kItemModel, row));
    // The answer is written down by now; the creation moves on.
    row.v["created_at"] = stamp(world.tick());
    if (const std::string_view told = text_of(call.body, "created_at"); !told.empty()) {
        if (const auto time = read_time(told, call.zone)) row.v["created_at"] = stamp(*time);
    }
    if (!author.empty()) row.v["created_by"] = author;
    Note note;
    note.verb = "created";
    note.comment = "created the issue";
    touch_later(world, row.text("id"), call.user, {note});
    announce_created(world, Event::kIssue, row.text("id"), call.user);
    return answer;
}

Answer list_items(Call& call) {
    const std::string_view source = call.param("external_source");
    const std::string_view id = call.param("external_id");
    if (!source.empty() && !id.empty()) {
        const auto rows = call.b().items.with_pair(call.project(), source, id);
        if (rows.empty()) return missing();
        if (rows.size() > 1) return crashed();
        return ok(show(call, kItemModel, *rows.front()));
    }
    Rows rows = visible_items(call.world, call.project());
    const std::string_view order = call.param("order_by");
    if (!order_items(call.world, rows, order.empty() ? "-created_at" : order)) return crashed();
    return page(call, rows, [&](const Row& row) { return show(call, kItemModel, row); });
}

Answer patch_item(Call& call, Row& row) {
    World& world = call.world;
    const json::Object before = show(kItemModel, row, "UTC");
    Checked checked = call.check(kItemModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = settle_values(world, call.project(), checked.values)) return *no;
    // It names the item that is being written, not the one that holds the pair.
    if (pair_taken(call, world.b.items, row)) return same_pair("Issue", row);
    update_item(world, row, call.user, checked.values);
    const json::Object after = show(kItemModel, row, "UTC");
    Answer answer = ok(show(call, kItemModel, row));
    touch_later(world, row.text("id"), call.user, update_notes(world, before, call.body, after));
    announce_updated(world, Event::kIssue, row.text("id"), call.user, changes(before, call.body));
    return answer;
}

}  // namespace

Answer items(Call& call) { return call.is("POST") ? create_item(call) : list_items(call); }

Answer item(Call& call) {
    Row* row = call.b().items.find(call.arg("item"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (call.is("GET")) return visible(call.world, *row) ? ok(show(call, kItemModel, *row)) : missing();
    if (call.is("PATCH")) return patch_item(call, *row);
    const bool own = row->text("created_by") == call.user;
    if (!own && call.world.role_in(call.project(), call.user) != kAdmin) {
        return refused(403, "Only admin or creator can delete the work item");
    }
    remove_item(call.world, *row);
    return no_content();
}

Answer item_by_key(Call& call) {
    const std::string_view key = call.arg("key");
    const std::size_t dash = key.find('-');
    const std::string_view number = key.substr(dash + 1);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return crashed();
    for (const Row* project : call.b().projects.all()) {
        if (project->text("identifier") != key.substr(0, dash)) continue;
        for (const Row* row : call.b().items.of(project->text("id"))) {
            const auto sequence = std::to_string(static_cast<std::int64_t>(row->number("sequence_id")));
            if (sequence == number && visible(call.world, *row)) return ok(show(call, kItemModel, *row));
        }
    }
    return missing();
}

Answer search_items(Call& call) {
    const std::string wanted = to_lower(call.param("search"));
    json::Array found;
    if (wanted.empty()) return ok(json::Object{{"issues", found}});
    std::size_t limit = 10;
    if (const std::string_view text = call.param("limit"); !text.empty()) {
        limit = 0;
        for (const char c : text) limit = c >= '0' && c <= '9' ? limit * 10 + static_cast<std::size_t>(c - '0') : limit;
    }
    Rows rows;
    for (const Row* row : call.b().items.all()) {
        const std::string_view project = row->text("project");
        if (call.world.role_in(project, call.user) == 0 || !visible(call.world, *row)) continue;
        const bool here = call.param("workspace_search") == "true" || call.param("project_id").empty() ||
                          call.param("project_id") == project;
        const Row* home = call.b().projects.find(project);
        const bool named = to_lower(row->text("name")).find(wanted) != std::string::npos ||
                           to_lower(home->text("identifier")).find(wanted) != std::string::npos ||
                           std::to_string(static_cast<std::int64_t>(row->number("sequence_id"))) == wanted;
        if (here && named) rows.push_back(row);
    }
    newest_first(rows);
    for (const Row* row : rows) {
        if (found.size() >= limit) break;
        const Row* home = call.b().projects.find(row->text("project"));
        found.push_back(json::Object{{"name", row->text("name")},
                                     {"id", row->text("id")},
                                     {"sequence_id", row->v.at("sequence_id")},
                                     {"project__identifier", home->text("identifier")},
                                     {"project_id", home->text("id")},
                                     {"workspace__slug", call.world.options.workspace}});
    }
    return ok(json::Object{{"issues", std::move(found)}});
}

}  // namespace syncline::sim::plane
