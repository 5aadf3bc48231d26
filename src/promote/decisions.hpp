// The decision log: who decided what, among which choices, knowing which risks, and what came of it. SQL of
// governance.decisions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"

namespace syncline::promote {

struct Decision {
    std::int64_t id = 0;  // given by the store
    std::string what;
    std::string owner;
    std::string asked_by;
    Time at{};
    std::vector<std::string> choices;
    std::vector<std::string> risks;
    std::string recommendation;
    std::string outcome;
    std::string why;
    std::string plan_hash;
    std::string run;  // UUID; "" = nothing ran yet
};

Result<std::int64_t> log_decision(pg::Transaction& tx, const access::OrgId& org, const Decision& decision);
// The newest decision about this plan led to this run.
Result<void> decision_led_to(pg::Transaction& tx, const access::OrgId& org, std::string_view plan_hash,
                             std::string_view run);
// Newest first.
Result<std::vector<Decision>> decisions(pg::Transaction& tx, const access::OrgId& org, int rows_max);

}  // namespace syncline::promote
