// Each time the engine ran: when, how it ended, what it counted. SQL of ledger.runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

struct Run {
    std::string id;  // UUID
    std::string kind;
    Time started_at{};
    std::optional<Time> ended_at;
    std::string status;  // running, done, held, failed
    json::Object counts;
    std::string error;
    std::string correlation = {};  // UUID of what caused it: a receipt, a job, a person's request; "" = not known
};

Result<void> start_run(pg::Transaction& tx, const access::Scope& scope, const Run& run);
Result<void> end_run(pg::Transaction& tx, const access::Scope& scope, const Run& run);
// Of the runs that found nothing to do (counts "idle": true) only `keep` stays: a poll every second must not fill the
// store with them. Looks that an event asked for stay until `looks_before`: somebody may ask what came of the event.
Result<void> forget_idle_runs(pg::Transaction& tx, const access::Scope& scope, std::string_view keep,
                              Time looks_before);
// Newest first.
Result<std::vector<Run>> recent_runs(pg::Transaction& tx, const access::Scope& scope, int rows_max);

}  // namespace syncline::ledger
