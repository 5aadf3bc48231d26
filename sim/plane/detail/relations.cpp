// Relations. One row per ordered pair of items, whatever the type; the three "blocking, …_after" words are the other
// direction of a stored one.
#include "sim/plane/detail/relations.hpp"

#include <algorithm>

#include "sim/plane/detail/checks.hpp"
#include "sim/plane/detail/handlers.hpp"
#include "sim/plane/detail/history.hpp"
#include "sim/plane/detail/show.hpp"

namespace syncline::sim::plane {
namespace {

struct Stored {
    std::string_view type;
    bool turned = false;  // the asked item is the stored "related_issue"
};

Stored stored_form(std::string_view asked) {
    if (asked == "blocking") return {"blocked_by", true};
    if (asked == "start_after") return {"start_before", true};
    if (asked == "finish_after") return {"finish_before", true};
    return {asked, false};
}

std::string_view other_side(std::string_view asked) {
    constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
        {"blocking", "blocked_by"}, {"start_before", "start_after"}, {"finish_before", "finish_after"}};
    for (const auto& [a, b] : kPairs) {
        if (asked == a) return b;
        if (asked == b) return a;
    }
    return asked;
}

Row* stored_pair(World& world, std::string_view issue, std::string_view related) {
    for (Row* row : world.b.relations.of(issue)) {
        if (row->text("related_issue") == related) return row;
    }
    return nullptr;
}

json::Object show_relation(Call& call, const Row& relation, const Row& other) {
    const json::Object shown = show(kRelationModel, relation, call.zone);
    json::Object out;
    out["id"] = other.v.at("id");
    out["project_id"] = other.v.at("project");
    out["sequence_id"] = other.v.at("sequence_id");
    out["relation_type"] = shown.at("relation_type");
    out["name"] = other.v.at("name");
    out["state_id"] = other.v.at("state");
    out["priority"] = other.v.at("priority");
    for (const std::string_view name : {"created_by", "created_at", "updated_at", "updated_by"}) {
        out[name] = shown.at(name);
    }
    return out;
}

std::string key_of(Call& call, std::string_view item) {
    const Row* row = call.b().items.find(item);
    const Row* home = call.b().projects.find(row->text("project"));
    return std::string(home->text("identifier")) + "-" +
           std::to_string(static_cast<std::int64_t>(row->number("sequence_id")));
}

void note_both(Call& call, const std::string& item, const std::string& other, std::string_view asked) {
    const auto note = [](std::string_view field, std::string_view key, std::string_view id) {
        return note_of("updated", field, "", key, "added " + std::string(field) + " relation", id, {});
    };
    touch_later(call.world, item, call.user, {note(asked, key_of(call, other), other)});
    touch_later(call.world, other, call.user, {note(other_side(asked), key_of(call, item), item)});
}

Answer add_relation(Call& call) {
    Checked checked = call.check(kRelationModel, false);
    const json::Value* given = call.body.if_contains("issues");
    if (given == nullptr)
        checked.errors["issues"] = json::Array{"This field is required."};
    else if (!given->is_array())
        checked.errors["issues"] = json::Array{"Expected a list of items but got type \"str\"."};
    if (!checked.errors.empty()) return field_errors(std::move(checked.errors));

    const std::string item(call.arg("item"));
    const std::string asked(text_of(checked.values, "relation_type"));
    const Stored form = stored_form(asked);
    if (call.b().items.find(item) == nullptr) return bad_payload();
    for (const json::Value& each : given->get_array()) {
        if (!each.is_string() || call.b().items.find(std::string_view(each.get_string())) == nullptr)
            return bad_payload();
    }
    json::Array out;
    for (const json::Value& each : given->get_array()) {
        const std::string other(each.get_string());
        const Row* relation =
            relate(call.world, form.turned ? other : item, form.turned ? item : other, form.type, call.user);
        note_both(call, item, other, asked);
        // Another type for a pair that is stored already vanishes without a word.
        if (relation->text("relation_type") != form.type) continue;
        out.push_back(show_relation(call, *relation, *call.b().items.find(other)));
    }
    return created(std::move(out));
}

Answer list_relations(Call& call) {
    json::Object out;
    for (const std::string_view name : {"blocking", "blocked_by", "duplicate", "relates_to", "start_after",
                                        "start_before", "finish_after", "finish_before"}) {
        out[name] = json::Array();
    }
    const auto put = [&](std::string_view list, std::string_view id) {
        const Row* other = call.b().items.find(id);
        if (other == nullptr) return;
        json::Value entry = json::Object{{"project_id", other->v.at("project")}, {"issue_id", other->v.at("id")}};
        json::Array& entries = out[list].as_array();
        if (std::find(entries.begin(), entries.end(), entry) == entries.end()) entries.push_back(std::move(entry));
    };
    const std::string_view item = call.arg("item");
    for (const Row* row : call.b().relations.of(item)) put(row->text("relation_type"), row->text("related_issue"));
    for (const Row* row : call.b().relations.beside(item)) {
        put(other_side(row->text("relation_type")), row->text("issue"));
    }
    return ok(std::move(out));
}

}  // namespace

const Row* relate(World& world, std::string_view issue, std::string_view related, std::string_view type,
                  std::string_view user) {
    if (const Row* there = stored_pair(world, issue, related)) return there;
    json::Object values = world.born(kRelationModel, user, {});
    values["updated_by"] = user;
    values["relation_type"] = type;
    values["issue"] = issue;
    values["related_issue"] = related;
    return &world.b.relations.add(std::move(values));
}

bool unrelate(World& world, std::string_view issue, std::string_view related) {
    Row* row = stored_pair(world, issue, related);
    if (row == nullptr) return false;
    row->v["deleted_at"] = stamp(world.tick());
    return true;
}

Answer relations(Call& call) { return call.is("POST") ? add_relation(call) : list_relations(call); }

}  // namespace syncline::sim::plane
