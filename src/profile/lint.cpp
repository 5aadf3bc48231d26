#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "profile/detail/check.hpp"
#include "profile/detail/listed.hpp"
#include "profile/profile.hpp"

namespace syncline::profile {

namespace {

using Level = Finding::Level;
using Findings = std::vector<Finding>;
using detail::listed;

constexpr std::array<std::string_view, 9> kProjectAttributes = {"name",         "identifier",       "description",
                                                                "project_lead", "default_assignee", "timezone",
                                                                "emoji",        "cycle_view",       "module_view"};
constexpr std::array<std::string_view, 4> kCycleAttributes = {"name", "description", "start_date", "end_date"};
constexpr std::array<std::string_view, 14> kWorkItemAttributes = {
    "name",      "description_html", "state", "priority",   "start_date", "target_date", "parent",
    "assignees", "labels",           "cycle", "blocked_by", "comment",    "point",       "estimate_point"};
constexpr std::array<std::string_view, 7> kModuleAttributes = {"name",   "description", "start_date", "target_date",
                                                               "status", "lead",        "members"};

bool known_attribute(std::string_view kind, std::string_view name) {
    if (kind == "project") return listed(kProjectAttributes, name);
    if (kind == "cycle") return listed(kCycleAttributes, name);
    if (kind == "module") return listed(kModuleAttributes, name);
    return listed(kWorkItemAttributes, name);
}

void lint_choice(const EntityMap& entity, const FieldMap& field, const std::vector<ChoiceRow>& rows, Findings& found) {
    const auto loss = [&](std::string_view from, std::string_view to, const std::vector<std::string>& values) {
        for (std::size_t i = 1; i < values.size(); ++i) {
            found.push_back({Level::kNote, entity.name, field.name(),
                             std::string(from) + "'s `" + values[i] + "` comes back from " + std::string(to) + " as `" +
                                 values[0] + "`: both mean '" + field.name() + "' in one row of table " + field.table});
        }
    };
    for (const ChoiceRow& row : rows) {
        loss("Plane", "Odoo", row.plane);
        loss("Odoo", "Plane", row.odoo);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            for (const std::string& value : rows[i].odoo) {
                if (std::find(rows[j].odoo.begin(), rows[j].odoo.end(), value) == rows[j].odoo.end()) continue;
                found.push_back({Level::kWarning, entity.name, field.name(),
                                 "Odoo's `" + value + "` is in rows '" + rows[j].value + "' and '" + rows[i].value +
                                     "': which of them it means is known only after a first agreement"});
            }
        }
    }
}

void lint_states(const Profile& profile, Findings& found) {
    for (const StateRow& row : profile.states) {
        if (row.odoo.empty()) {
            found.push_back(
                {Level::kWarning, "", "state",
                 "state '" + row.key + "' has no stage in Odoo: any stage of group " + row.group + " is used"});
        }
        if (row.odoo.size() > 1) {
            found.push_back({Level::kNote, "", "state",
                             "the stages " + join(row.odoo, ", ") + " are one state, '" + row.key +
                                 "': a project with several of them gets the first of its own from Plane"});
        }
    }
    for (const std::string_view group : detail::kStateGroups) {
        const auto rows = std::count_if(profile.states.begin(), profile.states.end(),
                                        [&](const StateRow& row) { return row.group == group; });
        if (rows > 1) {
            found.push_back({Level::kNote, "", "state",
                             "group " + std::string(group) + " has " + std::to_string(rows) +
                                 " states: in a project that cannot tell them apart they are one"});
        }
    }
}

void lint_force(const Profile& profile, const EntityMap& entity, const FieldMap& field, Findings& found) {
    if (!field.policy.force || field.transform != Transform::kState) return;
    const std::string_view key = record::as_text(field.policy.force->value);
    const auto forced =
        std::find_if(profile.states.begin(), profile.states.end(), [&](const StateRow& row) { return row.key == key; });
    const auto first = std::find_if(profile.states.begin(), profile.states.end(),
                                    [&](const StateRow& row) { return row.group == forced->group; });
    if (forced != first) {
        found.push_back({Level::kWarning, entity.name, field.name(),
                         "the forced state '" + std::string(key) +
                             "' is not the first of its group: where a project has "
                             "one state for both, it reads as '" +
                             first->key + "'"});
    }
}

void lint_field(const Profile& profile, const EntityMap& entity, const FieldMap& field, Findings& found) {
    const auto say = [&](Level level, std::string text) {
        found.push_back({level, entity.name, field.name(), std::move(text)});
    };
    const bool plane_owns = field.policy.owner == merge::Owner::kPlane || field.policy.owner == merge::Owner::kShared;
    if (field.plane.empty()) {
        say(Level::kNote, "is read from Odoo and has no counterpart in Plane");
    } else if (!known_attribute(entity.plane_kind, field.plane)) {
        say(Level::kWarning,
            "Plane's " + entity.plane_kind + " has no attribute '" + field.plane + "' that is known here");
    }
    if (field.transform == Transform::kHtml && plane_owns) {
        say(Level::kWarning, "Odoo may change rich text that is written to it: what comes back counts as an edit");
    }
    if (field.transform == Transform::kDay && plane_owns) {
        say(Level::kNote, "where Odoo keeps a time of day, a day from Plane becomes noon");
    }
    if ((field.transform == Transform::kText || field.transform == Transform::kCleanName) && field.plane == "name") {
        say(Level::kNote,
            "Plane shows at most 255 characters; a longer name ends in an ellipsis there and stays whole in Odoo");
    }
    if (field.transform == Transform::kLabels && plane_owns && !field.flags.empty()) {
        say(Level::kWarning, "a flag's label that is taken out in Plane comes back: the flag is Odoo's");
    }
    if (field.transform == Transform::kChoice) {
        const auto table = profile.choices.find(field.table);
        if (table != profile.choices.end()) lint_choice(entity, field, table->second, found);
    }
    lint_force(profile, entity, field, found);
}

}  // namespace

std::vector<Finding> lint(const Profile& profile) {
    Findings found;
    bool has_state = false;
    for (const EntityMap& entity : profile.entities) {
        if (!entity.create_in_plane && !entity.create_in_odoo) {
            found.push_back({Level::kNote, entity.name, "", "is never created by the synchronisation, only linked"});
        }
        for (const FieldMap& field : entity.fields) {
            has_state = has_state || field.transform == Transform::kState;
            lint_field(profile, entity, field, found);
        }
    }
    if (has_state) lint_states(profile, found);
    return found;
}

}  // namespace syncline::profile
