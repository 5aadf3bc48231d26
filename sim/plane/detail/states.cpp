#include <algorithm>

#include "base/text.hpp"
#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

constexpr double kStateStep = 15000;

std::string slug(std::string_view name) {
    std::string out;
    for (const char c : to_lower(name)) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (word)
            out += c;
        else if ((c == ' ' || c == '-') && !out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

Answer create_state(Call& call) {
    Checked checked = call.check(kStateModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (text_of(checked.values, "group") == "triage") return cross_field("Cannot create triage state");
    if (const auto pair = pair_of(call.body)) {
        if (const Row* other = holder(call, call.b().states, *pair)) return same_pair("State", *other);
    }
    if (const Row* other = namesake(call.b().states, call.project(), text_of(checked.values, "name"), nullptr)) {
        return same_name("State", *other);
    }
    double last = 0;
    for (Row* row : call.b().states.of(call.project())) {
        if (flag_of(checked.values, "default")) row->v["default"] = false;
        if (!row->flag("is_triage")) last = std::max(last, row->number("sequence"));
    }
    json::Object values = call.world.born(kStateModel, call.user, call.project());
    values["sequence"] = last + kStateStep;
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["slug"] = slug(text_of(values, "name"));
    // 200, where every other creation answers 201.
    return ok(show(call, kStateModel, call.b().states.add(std::move(values))));
}

Answer remove_state(Call& call, Row& row) {
    if (row.flag("default")) return refused(400, "Default state cannot be deleted");
    for (const Row* item : call.b().items.of(call.project())) {
        if (item->text("state") == row.text("id")) {
            return refused(400, "The state is not empty, only empty states can be deleted");
        }
    }
    row.v["deleted_at"] = stamp(call.world.tick());
    return no_content();
}

}  // namespace

Answer states(Call& call) {
    if (call.is("POST")) return create_state(call);
    Rows rows = listed(call, call.b().states);
    std::erase_if(rows, [](const Row* row) { return row->flag("is_triage"); });
    order_rows(rows, kStateModel, "sequence");
    return page(call, rows, [&](const Row& row) { return show(call, kStateModel, row); });
}

Answer state(Call& call) {
    Row* row = call.b().states.find(call.arg("id"));
    if (row == nullptr || row->text("project") != call.project() || row->flag("is_triage")) return missing();
    if (call.is("GET")) return ok(show(call, kStateModel, *row));
    if (call.is("DELETE")) return remove_state(call, *row);
    Checked checked = call.check(kStateModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (text_of(checked.values, "group") == "triage") return cross_field("Cannot create triage state");
    if (pair_taken(call, call.b().states, *row)) return same_pair("State", *row);
    if (namesake(call.b().states, call.project(), text_of(checked.values, "name"), row) != nullptr)
        return bad_payload();
    // "default": true takes the flag from nobody: the project then has two.
    assign(*row, checked.values);
    row->v["slug"] = slug(row->text("name"));
    call.b().states.reindex(*row);
    call.world.written(*row, call.user);
    return ok(show(call, kStateModel, *row));
}

}  // namespace syncline::sim::plane
