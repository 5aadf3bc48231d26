// The lists beside the profile's entities, as last seen and in the form that translation needs: stages, states, labels,
// members, tags. SQL over sync.observations.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "pg/database.hpp"
#include "profile/translate.hpp"

namespace syncline::sync {

using NamesById = std::map<std::string, std::string, std::less<>>;

struct PeopleAndTags {
    NamesById plane_of_user;  // Odoo user id -> Plane user id
    NamesById tags;           // Odoo: name by id
};
Result<PeopleAndTags> load_people_and_tags(pg::Transaction& tx, const access::Scope& scope);

struct PlaneProject {
    std::string name;
    std::string time_zone = "UTC";
    std::vector<profile::NamedState> states;  // in their order
    NamesById labels;                         // id by name
    std::set<std::string, std::less<>> members;
};
struct ProjectLists {
    std::vector<profile::NamedState> stages;  // Odoo's, in their order
    PlaneProject plane;
};
// What both peers have beside one project; "" for the peer that does not have it. `entity` is the profile's name of
// projects.
Result<ProjectLists> load_project_lists(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                        std::string_view odoo_project, std::string_view plane_project);

// Those that Plane's projects have, upper case.
Result<std::set<std::string>> load_identifiers(pg::Transaction& tx, const access::Scope& scope,
                                               std::string_view entity);

}  // namespace syncline::sync
