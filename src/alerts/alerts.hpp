// Alerts in the store: raised once, however often the trouble is found, and cleared when it is over. SQL of ops.alerts.
// What is raised shows in `syncline status` at once; the Deliverer tells people elsewhere.
#pragma once

#include <string>
#include <vector>

#include "access/org.hpp"
#include "alerts/alert.hpp"
#include "pg/database.hpp"

namespace syncline::alerts {

// While an alert of this key is open it is the same one: count and last_seen move, its texts are the newest.
// True when it was opened now.
Result<bool> raise(pg::Transaction& tx, const access::OrgId& org, const Alert& alert, Time now);
// The trouble is over. True when one was open.
Result<bool> clear(pg::Transaction& tx, const access::OrgId& org, std::string_view key, Time now);

struct Assessed {
    int opened = 0;
    int closed = 0;
};
// What some rules find now: raises each of `holding`, clears the open ones of `kinds` that are not in it.
Result<Assessed> assess(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::string>& kinds,
                        const std::vector<Alert>& holding, Time now);

// Critical ones first, then the oldest.
Result<std::vector<KeptAlert>> open_alerts(pg::Transaction& tx, const access::OrgId& org, int rows_max);
// Open and closed, newest first.
Result<std::vector<KeptAlert>> recent_alerts(pg::Transaction& tx, const access::OrgId& org, int rows_max);

}  // namespace syncline::alerts
