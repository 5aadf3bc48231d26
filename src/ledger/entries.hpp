// What was done to a link, and what was not and why. Append only. SQL of ledger.entries.
#pragma once

#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

struct Entry {
    std::string run;  // UUID
    Time at{};
    std::string link;
    std::string side;     // who was written: "odoo", "plane", ""
    std::string action;   // created, updated, archived, restored, adopted, tombstone, parked, failed, review_opened
    json::Array changes;  // [{"field", "from", "to"}]
    std::string detail;
};

Result<void> append(pg::Transaction& tx, const access::Scope& scope, const std::vector<Entry>& entries);
// Oldest first.
Result<std::vector<Entry>> history(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                                   int rows_max);

// Everything that one run did, oldest first.
Result<std::vector<Entry>> entries_of_run(pg::Transaction& tx, const access::Scope& scope, std::string_view run,
                                          int rows_max);

}  // namespace syncline::ledger
