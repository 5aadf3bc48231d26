// What may be asked for: the companies of the org, and the domain that holds every question to them.
#pragma once

#include <string>
#include <vector>

#include "mirror/entities.hpp"
#include "mirror/source.hpp"
#include "odoo/client.hpp"
#include "pg/database.hpp"

namespace syncline::mirror {

struct Company {
    std::int64_t id = 0;
    std::string name;
};

// The Odoo companies of this org on this server ("https://host database"), in order of id. kNotConfigured when there
// are none, or when they are of another server: a mirror never mixes two.
Result<std::vector<Company>> companies(pg::Transaction& tx, const Source& source, std::string_view server);
// From now on these belong to the org. Those mapped before stay.
Result<void> map_companies(pg::Transaction& tx, const Source& source, std::string_view server,
                           const std::vector<Company>& companies);
// All that this key may see.
Result<std::vector<Company>> companies_of_odoo(odoo::Client& client);

// One entity as this server has it and this org may see it.
struct Scope {
    const Entity* entity = nullptr;
    std::string model;                    // "" when the server has none of it
    std::string absent;                   // then why
    std::vector<std::int64_t> companies;  // the first one is "current": its values stand in the record
    json::Array domain;                   // the entity's own and the companies'; archived rows are asked for besides
    std::string note;                     // what of the entity's domain this server cannot answer; "" = nothing
    odoo::FieldInfos fields;

    json::Array with(json::Array more) const;  // domain and `more`
};

// Asks the server for the entity's model and its fields.
Result<Scope> scope_of(odoo::Client& client, const Entity& entity, const std::vector<Company>& companies);

}  // namespace syncline::mirror
