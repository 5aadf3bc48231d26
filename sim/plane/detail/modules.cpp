#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/cycles.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/hooks.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

std::optional<Answer> objection_to_module(Call& call, json::Object& values, const Row* own) {
    const Row* home = call.b().projects.find(call.project());
    if (!home->flag("module_view")) return cross_field("Modules are not enabled for this project");
    const std::string_view start = text_of(values, "start_date");
    const std::string_view target = text_of(values, "target_date");
    if (!start.empty() && !target.empty() && start > target) return cross_field("Start date cannot exceed target date");
    for (const Row* row : call.b().modules.of(call.project())) {
        if (row == own || !values.contains("name") || row->text("name") != text_of(values, "name")) continue;
        return Answer{400, json::Object{{"id", row->text("id")},
                                        {"code", "MODULE_NAME_ALREADY_EXISTS"},
                                        {"error", "Module with this name already exists"},
                                        {"message", "Module with this name already exists"}}};
    }
    return std::nullopt;
}

Answer create_module(Call& call) {
    Checked checked = call.check(kModuleModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().modules, *pair)) return same_pair("Module", *other);
    }
    if (auto no = objection_to_module(call, checked.values, nullptr)) return *no;
    double order = kFirstOrder + kOrderStep;
    for (const Row* row : call.b().modules.of(call.project())) order = std::min(order, row->number("sort_order"));
    json::Object values = call.world.born(kModuleModel, call.user, call.project());
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["sort_order"] = order - kOrderStep;
    Row& row = call.b().modules.add(std::move(values));
    announce_created(call.world, Event::kModule, row.text("id"), call.user);
    return created(show(call, kModuleModel, row));
}

Answer patch_module(Call& call, Row& row) {
    if (!row.null("archived_at")) return refused(400, "Archived module cannot be edited");
    const json::Object before = show(kModuleModel, row, "UTC");
    Checked checked = call.check(kModuleModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = objection_to_module(call, checked.values, &row)) return *no;
    if (pair_taken(call, call.b().modules, row)) return same_pair("Module", row);
    assign(row, checked.values);
    call.b().modules.reindex(row);
    call.world.written(row, call.user);
    announce_updated(call.world, Event::kModule, row.text("id"), call.user, changes(before, call.body));
    // The answer has the columns of the form only, not even the id.
    json::Object out;
    for (const std::string_view name :
         {"name", "description", "start_date", "target_date", "status", "lead", "external_source", "external_id"}) {
        out[name] = row.v.at(name);
    }
    return ok(std::move(out));
}

json::Object show_in_module(Call& call, const Row& place) {
    json::Object extra;
    const Row* item = call.b().items.find(place.text("issue"));
    extra["sub_issues_count"] = item == nullptr ? 0 : children_count(call.world, *item);
    return show(call, kModuleItemModel, place, std::move(extra));
}

Rows places_in_module(Call& call, std::string_view module) {
    Rows rows = listed(call, call.b().module_items);
    std::erase_if(rows, [&](const Row* row) { return row->text("module") != module; });
    newest_first(rows);
    return rows;
}

void leave(Call& call, Row& place, const Row& module) {
    place.v["deleted_at"] = stamp(call.world.tick());
    touch_later(call.world, place.text("issue"), call.user,
                {{"deleted", "modules", module.v.at("name"), "",
                  "removed this issue from " + std::string(module.text("name")), module.v.at("id"), nullptr}});
}

Answer add_items(Call& call, const Row& module) {
    const json::Value* given = call.body.if_contains("issues");
    if (given == nullptr || !given->is_array() || given->get_array().empty()) {
        return refused(400, "Issues are required");
    }
    for (const json::Value& each : given->get_array()) {
        const std::string id(each.is_string() ? std::string_view(each.get_string()) : std::string_view());
        if (call.b().items.find(id) == nullptr) return bad_payload();
        const Rows there = places_in_module(call, module.text("id"));
        if (std::any_of(there.begin(), there.end(), [&](const Row* row) { return row->text("issue") == id; })) continue;
        json::Object values = call.world.born(kModuleItemModel, call.user, call.project());
        values["updated_by"] = call.user;
        values["issue"] = id;
        values["module"] = module.text("id");
        call.b().module_items.add(std::move(values));
        touch_later(call.world, id, call.user,
                    {{"created", "modules", "", module.v.at("name"), "added module " + std::string(module.text("name")),
                      nullptr, module.v.at("id")}});
    }
    json::Array out;
    for (const Row* place : places_in_module(call, module.text("id"))) out.push_back(show_in_module(call, *place));
    return ok(std::move(out));
}

}  // namespace

Answer modules(Call& call) {
    if (call.is("POST")) return create_module(call);
    Rows rows = listed(call, call.b().modules);
    std::erase_if(rows, [](const Row* row) { return !row->null("archived_at"); });
    newest_first(rows);
    const auto counters = count_items(call, call.b().module_items, "module");
    return page(call, rows, [&](const Row& row) { return show(call, kModuleModel, row, counters_of(counters, row)); });
}

Answer module_detail(Call& call) {
    Row* row = call.b().modules.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (call.is("PATCH")) return patch_module(call, *row);
    if (call.is("DELETE")) {
        if (row->text("created_by") != call.user && call.world.role_in(call.project(), call.user) != kAdmin) {
            return refused(403, "Only admin or creator can delete the module");
        }
        row->v["deleted_at"] = stamp(call.world.tick());
        for (Row* place : call.b().module_items.of(call.project())) {
            if (place->text("module") == row->text("id")) leave(call, *place, *row);
        }
        return no_content();
    }
    if (project_archived(call)) return missing();
    return ok(show(call, kModuleModel, *row, counters_of(count_items(call, call.b().module_items, "module"), *row)));
}

Answer module_items(Call& call) {
    const Row* module = call.b().modules.find(call.arg("module"));
    const bool known = module != nullptr && module->text("project") == call.project();
    if (call.is("POST")) return known ? add_items(call, *module) : missing();
    Rows rows;
    for (const Row* place : places_in_module(call, call.arg("module"))) {
        const Row* item = call.b().items.find(place->text("issue"));
        if (item != nullptr && visible(call.world, *item)) rows.push_back(item);
    }
    const std::string_view order = call.param("order_by");
    if (!order_items(call.world, rows, order.empty() ? "created_at" : order)) return crashed();
    return page(call, rows, [&](const Row& row) { return show(call, kItemModel, row); });
}

Answer module_item(Call& call) {
    const Row* module = call.b().modules.find(call.arg("module"));
    for (Row* place : call.b().module_items.of(call.project())) {
        if (module == nullptr || place->text("module") != module->text("id")) continue;
        if (place->text("issue") != call.arg("item")) continue;
        leave(call, *place, *module);
        return no_content();
    }
    return missing();
}

}  // namespace syncline::sim::plane
