#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/items.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

constexpr double kLabelStep = 10000;

Answer create_label(Call& call) {
    Checked checked = call.check(kLabelModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().labels, *pair)) return same_pair("Label", *other);
    }
    if (const Row* other = namesake(call.b().labels, call.project(), text_of(checked.values, "name"), nullptr)) {
        return same_name("Label", *other);
    }
    double order = kFirstOrder - kLabelStep;
    for (const Row* row : call.b().labels.of(call.project())) order = std::max(order, row->number("sort_order"));
    json::Object values = call.world.born(kLabelModel, call.user, call.project());
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["sort_order"] = order + kLabelStep;
    return created(show(call, kLabelModel, call.b().labels.add(std::move(values))));
}

}  // namespace

Answer labels(Call& call) {
    if (call.is("POST")) return create_label(call);
    Rows rows = listed(call, call.b().labels);
    newest_first(rows);
    return page(call, rows, [&](const Row& row) { return show(call, kLabelModel, row); });
}

Answer label(Call& call) {
    Row* row = call.b().labels.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project()) return missing();
    if (call.is("GET")) return ok(show(call, kLabelModel, *row));
    if (call.is("DELETE")) {
        row->v["deleted_at"] = stamp(call.world.tick());
        for (Row* item : call.b().items.of(call.project())) {
            json::Array& worn = item->v["labels"].as_array();
            const json::Value gone(row->text("id"));
            worn.erase(std::remove(worn.begin(), worn.end(), gone), worn.end());
        }
        return no_content();
    }
    Checked checked = call.check(kLabelModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (pair_taken(call, call.b().labels, *row)) return same_pair("Label", *row);
    if (namesake(call.b().labels, call.project(), text_of(checked.values, "name"), row) != nullptr)
        return bad_payload();
    assign(*row, checked.values);
    call.b().labels.reindex(*row);
    call.world.written(*row, call.user);
    return ok(show(call, kLabelModel, *row));
}

}  // namespace syncline::sim::plane
