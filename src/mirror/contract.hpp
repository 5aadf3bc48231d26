// The contract with the server: which columns are kept, what was noticed to change in them, and what is done about it.
// The reading side, and the one thing that people set. SQL of odoo.fields, odoo.drift, odoo.entities.
#pragma once

#include "base/time.hpp"
#include "mirror/columns.hpp"
#include "mirror/source.hpp"
#include "pg/database.hpp"

namespace syncline::mirror {

// evolve: a new field is taken; freeze: the pull stops until somebody looks; discard: it is left out.
enum class Contract { kEvolve, kFreeze, kDiscard };
std::string_view to_string(Contract contract);
Result<Contract> parse_contract(std::string_view text);

// May be said before the first pull.
Result<void> set_contract(pg::Transaction& tx, const Source& source, std::string_view entity, Contract contract,
                          Time now);

// As the last pull read them; kNotFound when none did.
Result<Columns> kept_columns(pg::Transaction& tx, const Source& source, std::string_view entity);

struct Noticed {
    std::string entity, field, change, from_type, to_type, handled;
    Time at{};
};
// Newest first; of all entities when `entity` is "".
Result<std::vector<Noticed>> drift(pg::Transaction& tx, const Source& source, std::string_view entity, int rows_max);

}  // namespace syncline::mirror
