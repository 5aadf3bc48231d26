// The columns as they were when they were seen last, beside those of today; and what becomes of a difference.
// SQL of odoo.entities, odoo.fields and odoo.drift.
#pragma once

#include "mirror/pull.hpp"

namespace syncline::mirror::detail {

inline constexpr std::string_view kUnreadable = "cannot be read: ";  // begins the reason of such a column

// What is known of an entity before its pull.
struct EntityRow {
    std::string contract = "evolve";
    std::string cursor;  // "" = none
    std::optional<Time> full_at;
    std::string plan;  // of the last pull that came to its end
};
Result<EntityRow> entity_row(pg::Transaction& tx, const Source& source, const Scope& scope, Time now);
Result<void> save_absent(pg::Transaction& tx, const Source& source, const Scope& scope, Time now);
struct Arrival {
    std::string cursor;  // write_date up to which all is read
    bool full = false;
    Time swept_at{};
};
Result<void> save_arrival(pg::Transaction& tx, const Source& source, std::string_view entity, const Arrival& arrival);

struct Contract {
    Columns columns;  // to read now
    std::vector<DriftNote> drift;
    bool stopped = false;  // by "freeze"
};
// Pure. `known` is empty before the first pull. `again`: fields that could not be read are tried once more.
Contract agree(const Columns& known, Columns today, std::string_view contract, bool again);

Result<Columns> known_columns(pg::Transaction& tx, const Source& source, std::string_view entity);
Result<void> save_columns(pg::Transaction& tx, const Source& source, std::string_view entity, const Columns& columns,
                          Time now);
// A stop that was noted already is not noted again.
Result<void> save_drift(pg::Transaction& tx, const Source& source, std::string_view entity,
                        const std::vector<DriftNote>& drift, std::string_view run, Time now);

}  // namespace syncline::mirror::detail
