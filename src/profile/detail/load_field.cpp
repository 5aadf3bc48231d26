#include "profile/detail/load_field.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace syncline::profile::detail {

namespace {

using merge::Owner;
using merge::SetRule;

constexpr std::array<std::pair<std::string_view, Transform>, 17> kTransforms = {{
    {"text", Transform::kText},
    {"clean_name", Transform::kCleanName},
    {"identifier", Transform::kIdentifier},
    {"html", Transform::kHtml},
    {"description", Transform::kDescription},
    {"day", Transform::kDay},
    {"bool", Transform::kBool},
    {"integer", Transform::kInteger},
    {"choice", Transform::kChoice},
    {"state", Transform::kState},
    {"ref", Transform::kRef},
    {"refs", Transform::kRefs},
    {"person", Transform::kPerson},
    {"people", Transform::kPeople},
    {"labels", Transform::kLabels},
    {"cycle_start", Transform::kCycleStart},
    {"note", Transform::kNote},
}};
constexpr std::array<std::pair<std::string_view, Owner>, 4> kOwners = {
    {{"odoo", Owner::kOdoo}, {"plane", Owner::kPlane}, {"app", Owner::kApp}, {"shared", Owner::kShared}}};
constexpr std::array<std::pair<std::string_view, SetRule>, 2> kSetRules = {
    {{"exact", SetRule::kExact}, {"additive", SetRule::kAdditive}}};

template <typename T, std::size_t N>
T choose(TomlTable& table, std::string_view key, const std::string& text,
         const std::array<std::pair<std::string_view, T>, N>& list) {
    std::vector<std::string> names;
    for (const auto& [name, value] : list) {
        if (name == text) return value;
        names.emplace_back(name);
    }
    table.fail(key, "'" + text + "' is unknown", "one of: " + join(names, ", "));
    return list[0].second;
}

// These are computed from Odoo and cannot be taken apart again.
bool only_from_odoo(Transform transform) {
    return transform == Transform::kIdentifier || transform == Transform::kDescription ||
           transform == Transform::kCycleStart || transform == Transform::kNote;
}

void load_force(TomlTable& table, FieldMap& field) {
    std::optional<TomlTable> force = table.table("force");
    if (!force) return;
    field.policy.force = merge::Force{force->required_text("when"), record::Value(force->required_text("value"))};
    if (is_set_transform(field.transform)) table.fail("force", "cannot be told to a set");
    force->refuse_others();
}

void load_set_rule(TomlTable& table, FieldMap& field) {
    const std::string rule = table.text("set");
    if (is_set_transform(field.transform)) {
        field.policy.set = rule.empty() ? SetRule::kExact : choose(table, "set", rule, kSetRules);
        const bool peer_owns = field.policy.owner == Owner::kOdoo || field.policy.owner == Owner::kPlane;
        if (field.policy.set == SetRule::kAdditive && !peer_owns) {
            table.fail("set", "'additive' needs odoo or plane as the owner");
        }
    } else if (!rule.empty()) {
        table.fail("set", "is only for refs, people and labels");
    }
}

void check_transform(TomlTable& table, const FieldMap& field) {
    const Transform transform = field.transform;
    const bool refers = transform == Transform::kRef || transform == Transform::kRefs;
    const bool has_text = transform == Transform::kNote || transform == Transform::kDescription;
    if (refers == field.entity.empty())
        table.fail("entity", refers ? "is missing: what does it refer to?" : "is only for ref and refs");
    if ((transform == Transform::kChoice) == field.table.empty()) {
        table.fail("table", field.table.empty() ? "is missing: which [[choice.…]] is it?" : "is only for choice");
    }
    if (has_text == field.text.empty())
        table.fail("text", has_text ? "is missing: the template" : "is only for note and description");
    if (!field.flags.empty() && transform != Transform::kLabels) table.fail("flags", "is only for labels");
    if (only_from_odoo(transform) && field.policy.owner != Owner::kOdoo) {
        table.fail("owner", "must be odoo: " + std::string(to_string(transform)) + " cannot be taken apart again");
    }
    if (field.odoo.empty() && field.flags.empty()) table.fail("odoo", "is missing: which field of Odoo is it?");
    if (transform == Transform::kNote && field.plane != "comment") table.fail("plane", "must be 'comment' for a note");
}

}  // namespace

bool is_set_transform(Transform transform) {
    return transform == Transform::kRefs || transform == Transform::kPeople || transform == Transform::kLabels;
}

std::string_view to_string(Transform transform) {
    for (const auto& [name, value] : kTransforms) {
        if (value == transform) return name;
    }
    return "text";
}

FieldMap load_field(TomlTable& table) {
    FieldMap field;
    field.policy.name = table.required_text("name");
    const bool legal = std::all_of(field.name().begin(), field.name().end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    if (!legal) table.fail("name", "'" + field.name() + "' has characters other than a-z, 0-9 and _");
    field.policy.owner = choose(table, "owner", table.required_text("owner"), kOwners);
    field.transform = choose(table, "transform", table.text("transform", "text"), kTransforms);
    field.odoo = table.texts("odoo");
    field.plane = table.text("plane");
    field.entity = table.text("entity");
    field.table = table.text("table");
    field.text = table.text("text");
    field.policy.create_only = table.boolean("create_only", field.transform == Transform::kIdentifier);
    field.policy.odoo_writable = table.boolean("odoo_writable", !only_from_odoo(field.transform));
    field.policy.plane_writable = table.boolean("plane_writable", true);
    field.policy.plane_removable = table.boolean("plane_removable", true);
    table.tables("flags", [&](TomlTable& flag) {
        field.flags.push_back({flag.required_text("odoo"), flag.required_text("label"), flag.text("color", "#94a3b8")});
    });
    load_set_rule(table, field);
    load_force(table, field);
    check_transform(table, field);
    return field;
}

}  // namespace syncline::profile::detail
