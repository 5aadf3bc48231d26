// The numbers that rules judge and that lie in the store. Reads only.
#pragma once

#include <vector>

#include "access/org.hpp"
#include "alerts/rules.hpp"
#include "pg/database.hpp"

namespace syncline::alerts {

struct Failing {
    std::vector<FailingLink> links;  // those with an open alert first, so that it stays theirs
    std::int64_t total = 0;
};
// Links that failed kFailuresMin times in a row; at most kFailingShown of them by name.
Result<Failing> failing_links(pg::Transaction& tx, const access::OrgId& org);
// Writes to the peers since then: how many were tried, how many failed.
Result<Attempts> attempts_since(pg::Transaction& tx, const access::OrgId& org, Time since);

}  // namespace syncline::alerts
