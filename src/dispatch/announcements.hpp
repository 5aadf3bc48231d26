// Was what a sweep found announced? The question that the watchdog asks of the store.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"

namespace syncline::dispatch {

// Those of `subjects` about which an event came since then.
Result<std::set<std::string>> announced(pg::Transaction& tx, const access::OrgId& org,
                                        const std::vector<std::string>& subjects, Time since);

}  // namespace syncline::dispatch
