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

// Odoo's stages of one of its projects, in their order.
Result<std::vector<profile::NamedState>> load_stages(pg::Transaction& tx, const access::Scope& scope,
                                                     std::string_view odoo_project);
Result<NamesById> load_tags(pg::Transaction& tx, const access::Scope& scope);

struct PlaneProject {
    std::string name;
    std::string time_zone = "UTC";
    std::vector<profile::NamedState> states;  // in their order
    NamesById labels;                         // id by name
    std::set<std::string, std::less<>> members;
};
// `entity` is the profile's name of projects.
Result<PlaneProject> load_plane_project(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                        std::string_view plane_project);

// Those that Plane's projects have, upper case.
Result<std::set<std::string>> load_identifiers(pg::Transaction& tx, const access::Scope& scope,
                                               std::string_view entity);

}  // namespace syncline::sync
