#include "profile/detail/check.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncline::profile::detail {

namespace {

std::string place(std::string_view list, std::size_t index) {
    return "/" + std::string(list) + "/" + std::to_string(index);
}

bool has_state(const std::vector<StateRow>& rows, std::string_view key) {
    return std::any_of(rows.begin(), rows.end(), [&](const StateRow& row) { return row.key == key; });
}

void check_states(const std::vector<StateRow>& rows, const std::string& list, TomlSource& source) {
    std::map<std::string, std::string> stages;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string here = list + "/" + std::to_string(i);
        for (std::size_t j = 0; j < i; ++j) {
            if (rows[j].key == rows[i].key) source.fail(here + "/key", "state '" + rows[i].key + "' is there twice");
            if (iequals(rows[j].plane, rows[i].plane)) {
                source.fail(here + "/plane", "Plane's '" + rows[i].plane + "' is in two rows");
            }
        }
        for (const std::string& stage : rows[i].odoo) {
            const auto [known, fresh] = stages.emplace(to_lower(stage), rows[i].key);
            if (!fresh) source.fail(here + "/odoo", "stage '" + stage + "' is in row '" + known->second + "' too");
        }
    }
    for (const std::string_view group : kStateGroups) {
        const bool covered =
            std::any_of(rows.begin(), rows.end(), [&](const StateRow& row) { return row.group == group; });
        if (!covered) source.fail(list, "the state table has no row of group '" + std::string(group) + "'");
    }
}

template <std::size_t N>
void check_total(const std::vector<ChoiceRow>& rows, const std::array<std::string_view, N>& values,
                 std::vector<std::string> ChoiceRow::*side, const std::string& pointer, std::string_view peer,
                 TomlSource& source) {
    for (const std::string_view value : values) {
        const bool mapped = std::any_of(rows.begin(), rows.end(), [&](const ChoiceRow& row) {
            return std::find((row.*side).begin(), (row.*side).end(), value) != (row.*side).end();
        });
        if (!mapped) {
            source.fail(pointer, "the table does not map " + std::string(peer) + "'s '" + std::string(value) + "'");
        }
    }
}

void check_choices(const Profile& profile, TomlSource& source) {
    for (const auto& [name, rows] : profile.choices) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string here = "/choice/" + name + "/" + std::to_string(i);
            if (rows[i].odoo.empty()) source.fail(here, "'" + rows[i].value + "' has no value in Odoo");
            if (rows[i].plane.empty()) source.fail(here, "'" + rows[i].value + "' has no value in Plane");
            for (std::size_t j = 0; j < i; ++j) {
                if (rows[j].value == rows[i].value)
                    source.fail(here + "/value", "'" + rows[i].value + "' is there twice");
                for (const std::string& value : rows[i].plane) {
                    if (std::find(rows[j].plane.begin(), rows[j].plane.end(), value) != rows[j].plane.end()) {
                        source.fail(here + "/plane", "Plane's '" + value + "' is in row '" + rows[j].value + "' too");
                    }
                }
            }
        }
    }
}

void check_field(const Profile& profile, const EntityMap& entity, const FieldMap& field, const std::string& here,
                 TomlSource& source) {
    if (field.transform == Transform::kChoice) {
        const auto table = profile.choices.find(field.table);
        if (table == profile.choices.end()) {
            source.fail(here + "/table", "there is no [[choice." + field.table + "]]");
            return;
        }
        const std::string rows = "/choice/" + field.table;
        if (field.plane == "priority") {
            check_total(table->second, kPlanePriorities, &ChoiceRow::plane, rows, "Plane", source);
        }
        if (entity.odoo_model == "project.task" && !field.odoo.empty() && field.odoo[0] == "priority") {
            check_total(table->second, kOdooPriorities, &ChoiceRow::odoo, rows, "Odoo", source);
        }
    }
    if (field.transform == Transform::kState) {
        if (profile.states.empty()) source.fail(here, "the profile has no [[state]] table");
        if (field.policy.force && !has_state(profile.states, record::as_text(field.policy.force->value))) {
            source.fail(here + "/force/value", "there is no such state");
        }
    }
    if (field.policy.force) {
        const FieldMap* when = entity.field(field.policy.force->when);
        if (!when || when->transform != Transform::kBool) {
            source.fail(here + "/force/when", "there is no bool field '" + field.policy.force->when + "'");
        }
    }
}

void check_refs(const Profile& profile, std::size_t index, TomlSource& source) {
    const EntityMap& entity = profile.entities[index];
    for (std::size_t f = 0; f < entity.fields.size(); ++f) {
        const std::string& target = entity.fields[f].entity;
        if (target.empty()) continue;
        const std::string here = place("entity", index) + place("field", f) + "/entity";
        const EntityMap* referred = profile.entity(target);
        if (!referred) {
            source.fail(here, "there is no entity '" + target + "'");
        } else if (referred > &entity) {
            source.fail(here, "entity '" + target + "' comes later: it must be made before '" + entity.name + "'",
                        "put [[entity]] " + target + " first");
        }
    }
}

void check_entity(const Profile& profile, std::size_t index, TomlSource& source) {
    const EntityMap& entity = profile.entities[index];
    const std::string here = place("entity", index);
    for (std::size_t other = 0; other < index; ++other) {
        if (profile.entities[other].name == entity.name) {
            source.fail(here + "/name", "entity '" + entity.name + "' is there twice");
        }
    }
    if (entity.plane_kind != "project" && entity.container.empty()) {
        source.fail(here, "container is missing here: which field of Odoo names the project?");
    }
    for (std::size_t f = 0; f < entity.fields.size(); ++f) {
        const FieldMap& field = entity.fields[f];
        const std::string field_here = here + place("field", f);
        for (std::size_t other = 0; other < f; ++other) {
            const FieldMap& before = entity.fields[other];
            if (before.name() == field.name())
                source.fail(field_here + "/name", "field '" + field.name() + "' is there twice");
            if (!field.plane.empty() && field.plane != "comment" && before.plane == field.plane) {
                source.fail(field_here + "/plane",
                            "'" + field.plane + "' is owned twice: field '" + before.name() + "' has it");
            }
        }
        check_field(profile, entity, field, field_here, source);
    }
    check_refs(profile, index, source);
}

}  // namespace

void check(const Profile& profile, TomlSource& source) {
    if (profile.entities.empty()) source.fail("", "the profile has no [[entity]]");
    if (!profile.states.empty()) check_states(profile.states, "/state", source);
    for (const auto& [project, rows] : profile.state_overrides) {
        std::string escaped;
        for (const char c : project) escaped += c == '/' ? std::string("~1") : std::string(1, c);
        check_states(rows, "/state_override/" + escaped, source);
    }
    check_choices(profile, source);
    for (std::size_t i = 0; i < profile.entities.size(); ++i) check_entity(profile, i, source);
    for (std::size_t i = 0; i < profile.reviews.size(); ++i) {
        const ReviewRule& rule = profile.reviews[i];
        const std::string here = place("review", i);
        if (!profile.entity(rule.entity)) source.fail(here + "/entity", "there is no entity '" + rule.entity + "'");
        const bool group = rule.state.starts_with("group:") && std::find(kStateGroups.begin(), kStateGroups.end(),
                                                                         rule.state.substr(6)) != kStateGroups.end();
        if (!group && !has_state(profile.states, rule.state)) source.fail(here + "/state", "there is no such state");
    }
}

}  // namespace syncline::profile::detail
