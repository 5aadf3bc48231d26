// Work items in cycles: an item is in one cycle at most, so that adding it to another moves it.
#include <algorithm>

#include "fmt/format.h"
#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/cycles.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

std::string name_of(Call& call, std::string_view cycle) {
    const Row* row = call.b().cycles.find_any(cycle);
    return row == nullptr ? std::string() : std::string(row->text("name"));
}

json::Object show_in_cycle(Call& call, const Row& place) {
    json::Object extra;
    const Row* item = call.b().items.find(place.text("issue"));
    extra["sub_issues_count"] = item == nullptr ? 0 : children_count(call.world, *item);
    return show(call, kCycleItemModel, place, std::move(extra));
}

Rows places_in_cycle(Call& call, std::string_view cycle) {
    Rows rows = listed(call, call.b().cycle_items);
    std::erase_if(rows, [&](const Row* row) { return row->text("cycle") != cycle; });
    newest_first(rows);
    return rows;
}

void put(Call& call, const std::string& item, const std::string& cycle) {
    for (Row* place : call.b().cycle_items.beside(item)) {
        const std::string old(place->text("cycle"));
        if (old == cycle) return;
        place->v["cycle"] = cycle;
        touch_later(call.world, item, call.user,
                    {note_of("updated", "cycles", name_of(call, old), name_of(call, cycle),
                             fmt::format("updated cycle from {} to {}", name_of(call, old), name_of(call, cycle)), old,
                             cycle)});
        return;
    }
    json::Object values = call.world.born(kCycleItemModel, {}, call.project());
    values["issue"] = item;
    values["cycle"] = cycle;
    call.b().cycle_items.add(std::move(values));
    touch_later(
        call.world, item, call.user,
        {note_of("created", "cycles", "", name_of(call, cycle), "added cycle " + name_of(call, cycle), {}, cycle)});
}

Answer add_cycle_item(Call& call, const Row& cycle) {
    const json::Value* given = call.body.if_contains("issues");
    if (given == nullptr || !given->is_array() || given->get_array().empty()) {
        return {400, json::Object{{"error", "Work items are required"}, {"code", "MISSING_WORK_ITEMS"}}};
    }
    if (cycle_over(call.world, cycle)) {
        return {400, json::Object{{"code", "CYCLE_COMPLETED"},
                                  {"message", "The Cycle has already been completed so no new issues can be added"}}};
    }
    std::vector<std::string> wanted;
    for (const json::Value& each : given->get_array()) {
        const std::string id(each.is_string() ? std::string_view(each.get_string()) : std::string_view());
        if (call.b().items.find(id) == nullptr) return bad_payload();
        wanted.push_back(id);
    }
    // The last of the list is stored first, so that the newest-first answer has the order of the request.
    std::reverse(wanted.begin(), wanted.end());
    for (const std::string& id : wanted) put(call, id, cycle.id());
    json::Array out;
    for (const Row* place : places_in_cycle(call, cycle.text("id"))) out.push_back(show_in_cycle(call, *place));
    return ok(std::move(out));
}

}  // namespace

Answer cycle_items(Call& call) {
    const Row* cycle = call.b().cycles.find(call.arg("cycle"));
    const bool known = cycle != nullptr && cycle->text("project") == call.project();
    if (call.is("POST")) return known ? add_cycle_item(call, *cycle) : missing();
    Rows rows;
    for (const Row* place : places_in_cycle(call, call.arg("cycle"))) {
        const Row* item = call.b().items.find(place->text("issue"));
        if (item != nullptr && visible(call.world, *item)) rows.push_back(item);
    }
    const std::string_view order = call.param("order_by");
    if (!order_items(call.world, rows, order.empty() ? "created_at" : order)) return crashed();
    return page(call, rows, [&](const Row& row) { return show(call, kItemModel, row); });
}

Answer cycle_item(Call& call) {
    for (Row* place : call.b().cycle_items.beside(call.arg("item"))) {
        if (place->text("cycle") != call.arg("cycle")) continue;
        if (call.is("GET")) return ok(show_in_cycle(call, *place));
        const std::string cycle(place->text("cycle"));
        place->v["deleted_at"] = stamp(call.world.tick());
        touch_later(call.world, call.arg("item"), call.user,
                    {note_of("deleted", "cycles", name_of(call, cycle), "",
                             "removed this issue from " + name_of(call, cycle), cycle, {})});
        return no_content();
    }
    return missing();
}

Answer cycle_transfer(Call& call) {
    const std::string target(text_of(call.body, "new_cycle_id"));
    if (target.empty()) return refused(400, "New Cycle Id is required");
    const Row* old = call.b().cycles.find(call.arg("cycle"));
    const Row* next = call.b().cycles.find(target);
    if (old == nullptr || next == nullptr) return missing();
    if (!cycle_over(call.world, *old)) return refused(400, "The old cycle is not completed yet");
    if (cycle_over(call.world, *next)) {
        return refused(400, "The cycle where the issues are transferred is already completed");
    }
    for (const Row* place : places_in_cycle(call, call.arg("cycle"))) {
        const Row* item = call.b().items.find(place->text("issue"));
        const Row* state = item == nullptr ? nullptr : call.b().states.find_any(item->text("state"));
        const std::string_view group = state == nullptr ? std::string_view() : state->text("group");
        // Finished work stays where it was done.
        if (item != nullptr && group != "completed" && group != "cancelled") put(call, item->id(), target);
    }
    return ok(json::Object{{"message", "Success"}});
}

}  // namespace syncline::sim::plane
