#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "profile/detail/check.hpp"
#include "profile/detail/load_field.hpp"
#include "profile/detail/toml_reader.hpp"
#include "profile/profile.hpp"

namespace syncline::profile {

namespace {

using detail::TomlSource;
using detail::TomlTable;

std::vector<StateRow> load_states(TomlTable& table, std::string_view key) {
    std::vector<StateRow> rows;
    table.tables(key, [&](TomlTable& row) {
        rows.push_back(
            {row.required_text("key"), row.required_text("group"), row.texts("odoo"), row.required_text("plane")});
        const auto& groups = detail::kStateGroups;
        if (std::find(groups.begin(), groups.end(), rows.back().group) == groups.end()) {
            row.fail("group", "'" + rows.back().group + "' is unknown",
                     "one of: backlog, unstarted, started, completed, cancelled");
        }
    });
    return rows;
}

void load_choices(TomlTable& root, Profile& profile) {
    std::optional<TomlTable> choices = root.table("choice");
    if (!choices) return;
    for (const std::string& name : choices->keys()) {
        std::vector<ChoiceRow>& rows = profile.choices[name];
        choices->tables(name, [&](TomlTable& row) {
            rows.push_back({row.required_text("value"), row.texts("odoo"), row.texts("plane")});
        });
    }
}

EntityMap load_entity(TomlTable& table, double window_s) {
    EntityMap entity;
    entity.name = table.required_text("name");
    entity.odoo_model = table.required_text("odoo_model");
    entity.odoo_domain = table.array("odoo_domain");
    entity.plane_kind = table.required_text("plane_kind");
    entity.container = table.text("container");
    entity.create_in_plane = table.boolean("create_in_plane", false);
    entity.create_in_odoo = table.boolean("create_in_odoo", false);
    entity.archive_follows_odoo = table.boolean("archive_follows_odoo", true);
    entity.archive_follows_plane = table.boolean("archive_follows_plane", false);
    entity.plane_defaults = table.object("plane_defaults");
    const double window = table.number("conflict_window_seconds", window_s);
    table.tables("field", [&](TomlTable& field) { entity.fields.push_back(detail::load_field(field)); });
    entity.policy.conflict_window = Micros(std::llround(window * 1e6));
    for (const FieldMap& field : entity.fields) entity.policy.fields.push_back(field.policy);
    return entity;
}

void load_guard(TomlTable& root, Guard& guard) {
    std::optional<TomlTable> table = root.table("guard");
    if (!table) return;
    guard.share_max = table->number("share_max", guard.share_max);
    guard.changes_min = static_cast<int>(table->number("changes_min", guard.changes_min));
    guard.deletions_max = static_cast<int>(table->number("deletions_max", guard.deletions_max));
    if (guard.share_max > 1) table->fail("share_max", "is a share: at most 1");
    table->refuse_others();
}

void load_root(TomlTable& root, Profile& profile) {
    profile.name = root.required_text("name");
    profile.title = root.text("title", profile.name);
    profile.time_zone = root.text("time_zone", "UTC");
    if (!day_in_zone(Time(), profile.time_zone).ok()) root.fail("time_zone", "'" + profile.time_zone + "' is unknown");
    const double window_s = root.number("conflict_window_seconds", 5);
    load_guard(root, profile.guard);
    if (std::optional<TomlTable> users = root.table("users")) {
        for (const std::string& login : users->keys()) profile.users[login] = users->required_text(login);
    }
    profile.states = load_states(root, "state");
    if (std::optional<TomlTable> overrides = root.table("state_override")) {
        for (const std::string& project : overrides->keys()) {
            profile.state_overrides[project] = load_states(*overrides, project);
        }
    }
    load_choices(root, profile);
    root.tables("entity", [&](TomlTable& table) { profile.entities.push_back(load_entity(table, window_s)); });
    root.tables("review", [&](TomlTable& table) {
        profile.reviews.push_back(
            {table.required_text("entity"), table.required_text("state"), table.required_text("kind")});
    });
    root.refuse_others();
}

}  // namespace

Result<Profile> load(std::string_view toml, std::string_view file_name) {
    const json::TomlDocument document = TRY(json::parse_toml(toml, file_name));
    TomlSource source{document, file_name, std::nullopt};
    Profile profile;
    TomlTable root(source, document.root, "");
    load_root(root, profile);
    if (!source.error) detail::check(profile, source);
    if (source.error) return std::move(*source.error);
    return profile;
}

}  // namespace syncline::profile
