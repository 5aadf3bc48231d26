// What a run said while it ran: lines for people, with facts for programs. SQL of ops.run_events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

struct RunEvent {
    std::int64_t id = 0;      // given by the store
    std::string run;          // UUID; "" = told by the process, outside any run
    std::string correlation;  // UUID of what caused it; "" = not known
    Time at{};
    std::string level = "info";  // debug, info, warn, error
    std::string kind;            // "peer.refused", "guard.held": stable, for programs
    std::string message;         // for people; no secrets
    json::Object facts;
};

Result<void> append(pg::Transaction& tx, const access::OrgId& org, const std::vector<RunEvent>& events);
// Oldest first.
Result<std::vector<RunEvent>> run_events(pg::Transaction& tx, const access::OrgId& org, std::string_view run,
                                         int rows_max);
// Older ones are not needed any more. Answers how many went.
Result<std::int64_t> forget_run_events(pg::Transaction& tx, const access::OrgId& org, Time before);

}  // namespace syncline::ledger
