// Which Odoo user is which Plane member: explicit mapping first where there is one, else the same e-mail address.
// SQL of sync.people.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "pg/database.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

struct Person {
    std::string odoo_id;
    std::string name;
    std::string login;
    std::string email;
    std::string plane_id;  // "" when unmapped
    std::string plane_email;
    std::string how;      // email, explicit, unmapped
    bool needed = false;  // some task is assigned to him and waits for the mapping; read only
    bool operator==(const Person&) const = default;
};

// Pure: matches users (entity "user") and members (entity "member") as observed. `explicit_map` is Odoo login -> Plane
// e-mail. A Plane member serves one Odoo user only: the first by id.
std::vector<Person> match_people(const std::vector<Observation>& users, const std::vector<Observation>& members,
                                 const std::map<std::string, std::string, std::less<>>& explicit_map);

// Whose counterpart is another one now: ids of Odoo's users, and of the Plane members that were or are theirs.
struct Rematched {
    Ids users;
    Ids members;
};
// Matches again, with the lists as they are now, and keeps the outcome when it differs: whenever one of the lists
// changed, in the same transaction (see replan.hpp).
Result<Rematched> match_again(pg::Transaction& tx, const access::Scope& scope,
                              const std::map<std::string, std::string, std::less<>>& explicit_map);
Result<void> save_people(pg::Transaction& tx, const access::Scope& scope, const std::vector<Person>& people);
Result<std::vector<Person>> load_people(pg::Transaction& tx, const access::Scope& scope);

}  // namespace syncline::sync
