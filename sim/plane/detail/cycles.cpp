#include "sim/plane/detail/cycles.hpp"

#include <algorithm>
#include <map>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"
#include "sim/plane/detail/zones.hpp"

namespace syncline::sim::plane {
namespace {

// What the serialiser checks over a whole body, on POST and PATCH.
std::optional<Answer> objection_to_cycle(Call& call, json::Object& values, const Row* own) {
    std::string project(text_of(call.body, "project_id"));
    if (project.empty() && own != nullptr) project = own->text("project");
    if (project.empty()) return cross_field("Project ID is required");
    const Row* home = call.b().projects.find(project);
    if (home == nullptr) return cross_field("Project not found");
    if (!home->flag("cycle_view")) return cross_field("Cycles are not enabled for this project");
    if (!is_null(values, "start_date") && !is_null(values, "end_date")) {
        const Time start(Micros(values["start_date"].get_int64()));
        const Time end(Micros(values["end_date"].get_int64()));
        if (start > end) return cross_field("Start date cannot exceed end date");
        // The caller's calendar days become whole days of the project's zone. One date alone stays as it was sent.
        const auto first = day_in_zone(start, call.zone);
        const auto last = day_in_zone(end, call.zone);
        const std::string_view zone = home->text("timezone");
        if (first && last) {
            values["start_date"] = stamp(cycle_start(*first, zone, call.world.clock.now()));
            values["end_date"] = stamp(cycle_end(*last, zone));
        }
    }
    if (is_null(values, "owned_by")) values["owned_by"] = call.user;
    return std::nullopt;
}

Answer create_cycle(Call& call) {
    if (is_null(call.body, "start_date") != is_null(call.body, "end_date")) {
        return refused(400, "Both start date and end date are either required or are to be null");
    }
    Checked checked = call.check(kCycleModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = objection_to_cycle(call, checked.values, nullptr)) return *no;
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().cycles, *pair)) return same_pair("Cycle", *other);
    }
    double order = kFirstOrder + kOrderStep;
    for (const Row* row : call.b().cycles.of(call.project())) order = std::min(order, row->number("sort_order"));
    json::Object values = call.world.born(kCycleModel, call.user, call.project());
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["sort_order"] = order - kOrderStep;
    Row& row = call.b().cycles.add(std::move(values));
    announce_created(call.world, Event::kCycle, row.text("id"), call.user);
    return created(show(call, kCycleModel, row));
}

bool in_view(Call& call, const Row& row, std::string_view view) {
    const std::int64_t now = stamp(call.world.clock.now());
    const bool dated = !row.null("start_date") && !row.null("end_date");
    const std::int64_t start = row.stamp_at("start_date");
    const std::int64_t end = row.stamp_at("end_date");
    if (view == "current") return dated && start <= now && end >= now;
    if (view == "upcoming") return !row.null("start_date") && start > now;
    if (view == "completed") return !row.null("end_date") && end < now;
    if (view == "draft") return row.null("start_date") && row.null("end_date");
    if (view == "incomplete") return row.null("end_date") || end >= now;
    return true;
}

Answer list_cycles(Call& call, bool archived) {
    Rows rows = listed(call, call.b().cycles);
    const std::string_view view = archived ? "all" : call.param("cycle_view");
    std::erase_if(rows,
                  [&](const Row* row) { return row->null("archived_at") == archived || !in_view(call, *row, view); });
    newest_first(rows);
    const auto counters = count_items(call, call.b().cycle_items, "cycle");
    const auto render = [&](const Row& row) { return show(call, kCycleModel, row, counters_of(counters, row)); };
    if (view != "current") return page(call, rows, render);
    json::Array out;
    for (const Row* row : rows) out.push_back(render(*row));
    return ok(std::move(out));
}

Answer patch_cycle(Call& call, Row& row) {
    if (!row.null("archived_at")) return refused(400, "Archived cycle cannot be edited");
    if (cycle_over(call.world, row)) {
        return refused(400, "The Cycle has already been completed so it cannot be edited");
    }
    const json::Object before = show(kCycleModel, row, "UTC");
    Checked checked = call.check(kCycleModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = objection_to_cycle(call, checked.values, &row)) return *no;
    if (pair_taken(call, call.b().cycles, row)) return same_pair("Cycle", row);
    assign(row, checked.values);
    call.b().cycles.reindex(row);
    call.world.written(row, call.user);
    announce_updated(call.world, Event::kCycle, row.text("id"), call.user, changes(before, call.body));
    return ok(show(call, kCycleModel, row));
}

Answer remove_cycle(Call& call, Row& row) {
    if (row.text("owned_by") != call.user && call.world.role_in(call.project(), call.user) != kAdmin) {
        return refused(403, "Only admin or creator can delete the cycle");
    }
    const json::Value when = stamp(call.world.tick());
    row.v["deleted_at"] = when;
    for (Row* place : call.b().cycle_items.of(call.project())) {
        if (place->text("cycle") != row.text("id")) continue;
        place->v["deleted_at"] = when;
        touch_later(call.world, place->text("issue"), call.user,
                    {{"deleted", "cycles", row.v.at("name"), "",
                      "removed this issue from " + std::string(row.text("name")), row.v.at("id"), nullptr}});
    }
    return no_content();
}

}  // namespace

bool cycle_over(World& world, const Row& cycle) {
    return !cycle.null("end_date") && cycle.time("end_date") < world.clock.now();
}

std::map<std::string, json::Object> count_items(Call& call, Table& places, std::string_view field) {
    std::map<std::string, json::Object> out;
    for (const Row* place : places.of(call.project())) {
        const Row* item = call.b().items.find(place->text("issue"));
        if (item == nullptr || !item->null("archived_at") || item->flag("is_draft")) continue;
        json::Object& counters = out[std::string(place->text(field))];
        if (counters.empty()) counters = counters_of({}, *place);
        const Row* state = call.b().states.find_any(item->text("state"));
        const std::string group = (state == nullptr ? std::string() : std::string(state->text("group"))) + "_issues";
        counters["total_issues"].as_int64() += 1;
        if (json::Value* count = counters.if_contains(group)) count->as_int64() += 1;
    }
    return out;
}

json::Object counters_of(const std::map<std::string, json::Object>& counted, const Row& row) {
    const auto found = counted.find(row.id());
    if (found != counted.end()) return found->second;
    json::Object none;
    for (const std::string_view name : {"total_issues", "cancelled_issues", "completed_issues", "started_issues",
                                        "unstarted_issues", "backlog_issues"}) {
        none[name] = std::int64_t{0};
    }
    return none;
}

Answer cycles(Call& call) { return call.is("POST") ? create_cycle(call) : list_cycles(call, false); }

Answer archived_cycles(Call& call) { return list_cycles(call, true); }

Answer cycle(Call& call) {
    Row* row = call.b().cycles.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (call.is("PATCH")) return patch_cycle(call, *row);
    if (call.is("DELETE")) return remove_cycle(call, *row);
    if (!row->null("archived_at") || project_archived(call)) return missing();
    return ok(show(call, kCycleModel, *row, counters_of(count_items(call, call.b().cycle_items, "cycle"), *row)));
}

Answer cycle_archive(Call& call) {
    Row* row = call.b().cycles.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (!cycle_over(call.world, *row)) return refused(400, "Only completed cycles can be archived");
    row->v["archived_at"] = stamp(call.world.tick());
    return no_content();
}

Answer cycle_unarchive(Call& call) {
    Row* row = call.b().cycles.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    row->v["archived_at"] = nullptr;
    return no_content();
}

}  // namespace syncline::sim::plane
