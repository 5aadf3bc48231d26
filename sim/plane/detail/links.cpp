// Links of a work item. The server visits each new address in the background and writes down what it found.
#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

// The icon of a page that has none.
constexpr std::string_view kNoIcon =
    "data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIyNCIgaGVpZ2h0PSIyNCIgdmlld0JveD0iMCAwIDI0IDI0IiBm"
    "aWxsPSJub25lIiBzdHJva2U9ImN1cnJlbnRDb2xvciIgc3Ryb2tlLXdpZHRoPSIyIiBzdHJva2UtbGluZWNhcD0icm91bmQiIHN0cm9rZS1saW5l"
    "am9pbj0icm91bmQiIGNsYXNzPSJsdWNpZGUgbHVjaWRlLWxpbmstaWNvbiBsdWNpZGUtbGluayI+PHBhdGggZD0iTTEwIDEzYTUgNSAwIDAgMCA3"
    "LjU0LjU0bDMtM2E1IDUgMCAwIDAtNy4wNy03LjA3bC0xLjcyIDEuNzEiLz48cGF0aCBkPSJNMTQgMTFhNSA1IDAgMCAwLTcuNTQtLjU0bC0zIDNh"
    "NSA1IDAgMCAwIDcuMDcgNy4wN2wxLjcxLTEuNzEiLz48L3N2Zz4=";

Note link_note(std::string_view verb, json::Value before, json::Value after, std::string_view comment, json::Value id) {
    return {std::string(verb), "link", std::move(before), std::move(after), std::string(comment), id, id};
}

std::optional<Answer> objection_to_link(Call& call, json::Object& values, const Row* own) {
    if (!values.contains("url")) return std::nullopt;
    const std::string_view url = text_of(values, "url");
    const std::size_t colon = url.find("://");
    const bool address = colon != std::string_view::npos && colon > 0 && url.size() > colon + 3 &&
                         url.find_first_of(" \t\n\"<>") == std::string_view::npos;
    if (!address) return field_errors({{"url", json::Array{"Invalid URL format."}}});
    if (url.substr(0, colon) != "http" && url.substr(0, colon) != "https") {
        return field_errors({{"url", json::Array{"Invalid URL scheme."}}});
    }
    for (const Row* row : call.b().links.of(call.arg("item"))) {
        if (row != own && row->text("url") == url) return refused(400, "URL already exists for this Issue");
    }
    return std::nullopt;
}

void visit_later(Call& call, const Row& row) {
    call.world.later([id = row.id()](World& world, Time) {
        Row* link = world.b.links.find(id);
        if (link == nullptr) return;
        link->v["metadata"] = json::Object{
            {"url", link->v.at("url")}, {"title", nullptr}, {"favicon", kNoIcon}, {"favicon_url", nullptr}};
        // The worker writes in nobody's name.
        link->v["created_by"] = nullptr;
    });
}

Answer create_link(Call& call) {
    Checked checked = call.check(kLinkModel, false);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = objection_to_link(call, checked.values, nullptr)) return *no;
    if (call.b().items.find(call.arg("item")) == nullptr) return bad_payload();
    json::Object values = call.world.born(kLinkModel, call.user, call.project());
    for (auto& member : checked.values) values[member.key()] = member.value();
    values["updated_by"] = call.user;
    values["issue"] = call.arg("item");
    Row& row = call.b().links.add(std::move(values));
    visit_later(call, row);
    touch_later(call.world, call.arg("item"), call.user,
                {link_note("created", nullptr, row.v.at("url"), "created a link", nullptr)});
    return created(show(call, kLinkModel, row));
}

Answer patch_link(Call& call, Row& row) {
    const json::Value before = row.v.at("url");
    Checked checked = call.check(kLinkModel, true);
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));
    if (auto no = objection_to_link(call, checked.values, &row)) return *no;
    assign(row, checked.values);
    call.world.written(row, call.user);
    const json::Value after = call.body.contains("url") ? row.v.at("url") : json::Value("");
    touch_later(call.world, call.arg("item"), call.user,
                {link_note("updated", before, after, "updated a link", row.v.at("id"))});
    return ok(show(call, kLinkModel, row));
}

}  // namespace

Answer links(Call& call) {
    if (call.is("POST")) return create_link(call);
    Rows rows;
    if (!project_archived(call)) {
        for (const Row* row : call.b().links.of(call.arg("item"))) rows.push_back(row);
    }
    newest_first(rows);
    return page(call, rows, [&](const Row& row) { return show(call, kLinkModel, row); });
}

Answer link(Call& call) {
    Row* row = call.b().links.find(call.arg("id"));
    if (row == nullptr || row->text("issue") != call.arg("item")) return missing();
    if (call.is("GET")) return ok(show(call, kLinkModel, *row));
    if (call.is("PATCH")) return patch_link(call, *row);
    row->v["deleted_at"] = stamp(call.world.tick());
    touch_later(call.world, call.arg("item"), call.user,
                {link_note("deleted", row->v.at("url"), "", "deleted the link", nullptr)});
    return no_content();
}

}  // namespace syncline::sim::plane
