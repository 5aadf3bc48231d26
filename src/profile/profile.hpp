// A profile: which things are kept in step between Odoo and Plane, field by field, and who owns what. Data, read from
// a TOML file in profiles/; the engine knows no model and no field by name. Pure; safe from any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "json/toml.hpp"
#include "merge/policy.hpp"

namespace syncline::profile {

// How a value travels between a peer's field and the product's vocabulary (profile/translate.hpp has the rules).
enum class Transform {
    kText,         // as it is, trimmed
    kCleanName,    // a name; characters that Plane refuses in project names are replaced reversibly (see name.hpp)
    kIdentifier,   // Plane's project identifier: from wbs_code, or made from the name; <= 12, unique
    kHtml,         // rich text, compared in canonical form (see html.hpp)
    kDescription,  // rich or plain text made of several Odoo fields (WBS, portfolio, the description itself)
    kDay,          // "2026-11-21"; an Odoo datetime becomes the day in the profile's time zone
    kBool,
    kInteger,
    kChoice,      // through the value table named in `table`
    kState,       // Odoo stage <-> Plane state, through the state table, by group
    kRef,         // one link of `entity`
    kRefs,        // a set of links of `entity`
    kPerson,      // one user
    kPeople,      // a set of users
    kLabels,      // Odoo tags <-> Plane labels by name, plus the labels of `flags`
    kCycleStart,  // computed: the day after the previous milestone's end, else the project's start, else today
    kNote,        // written once to Plane as a comment when it turns non-empty; never read back
};

// A label that is there while an Odoo field is true (or a list not empty): shipped, deployed.
struct FlagLabel {
    std::string odoo;  // the Odoo field
    std::string label;
    std::string color;  // "#22c55e"
};

struct FieldMap {
    merge::FieldPolicy policy;      // its name, owner, set rule, …
    std::vector<std::string> odoo;  // names in Odoo, best first: the first one the server has is used. Several are all
                                    // used by kDescription, kNote. Empty: Odoo has no such field.
    std::string plane;  // the attribute in Plane; "cycle", "blocked_by" and "comment" have calls of their own
    Transform transform = Transform::kText;
    std::string entity;            // kRef, kRefs: the entity referred to
    std::string table;             // kChoice: the value table
    std::string text;              // kNote, kDescription: the template, with {field} for Odoo fields
    std::vector<FlagLabel> flags;  // kLabels
    const std::string& name() const { return policy.name; }
};

struct EntityMap {
    std::string name;         // "task"
    std::string odoo_model;   // "project.task"
    json::Array odoo_domain;  // which records take part, besides archived ones
    std::string plane_kind;   // "project", "cycle", "work_item"
    std::string container;    // the field that names the project ("" for the project itself)
    bool create_in_plane = false;
    bool create_in_odoo = false;
    bool archive_follows_odoo = true;
    bool archive_follows_plane = false;
    json::Object plane_defaults;  // sent with each creation in Plane: {"cycle_view": true}
    std::vector<FieldMap> fields;
    merge::Policy policy;  // made from the fields
    const FieldMap* field(std::string_view name) const;
};

// One row of the state table: a state key of the product, its group, and its names on both sides.
struct StateRow {
    std::string key;                // "in_review"
    std::string group;              // backlog | unstarted | started | completed | cancelled
    std::vector<std::string> odoo;  // stage names, compared without case
    std::string plane;              // the preferred state name; any state of the group serves when it is not there
};

// A two-way value table. Odoo and Plane values as text.
struct ChoiceRow {
    std::string value;
    std::vector<std::string> odoo;   // the first is written, all are read
    std::vector<std::string> plane;  // the first is written, all are read
};

struct Guard {
    double share_max = 0.20;  // of a project's links changed by one plan
    int changes_min = 5;      // a plan of fewer changes is never stopped
    int deletions_max = 5;    // links of one project that end in one plan
};

// "Where the review opens": entering `state` on Plane opens one ship review for the entity.
struct ReviewRule {
    std::string entity;
    std::string state;  // a state key or "group:completed"
    std::string kind;   // "ship"
};

struct Profile {
    std::string name;  // "delivery"
    std::string title;
    std::string time_zone = "UTC";
    std::vector<EntityMap> entities;  // parents before children
    std::vector<StateRow> states;
    std::map<std::string, std::vector<StateRow>, std::less<>> state_overrides;  // by project link key or project name
    std::map<std::string, std::vector<ChoiceRow>, std::less<>> choices;         // by table name
    std::map<std::string, std::string, std::less<>> users;                      // explicit: Odoo login -> Plane e-mail
    std::vector<ReviewRule> reviews;
    Guard guard;
    const EntityMap* entity(std::string_view name) const;
};

// kInvalid as "FILE:LINE:COLUMN: …" for unknown keys, a field owned twice, an unknown transform, a map that is not
// total, an entity that refers to one that comes later in a way that cannot be ordered.
Result<Profile> load(std::string_view toml, std::string_view file_name);

// What a linter tells about a valid profile.
struct Finding {
    enum class Level { kNote, kWarning } level = Level::kNote;
    std::string entity;
    std::string field;
    std::string text;  // "Plane's `none` comes back from Odoo as `low`: …"
};
std::vector<Finding> lint(const Profile& profile);

}  // namespace syncline::profile
