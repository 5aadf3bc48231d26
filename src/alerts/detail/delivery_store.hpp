// How far each alert was told. SQL of the delivery columns of ops.alerts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "alerts/alert.hpp"
#include "pg/database.hpp"

namespace syncline::alerts {

struct Delivery {
    KeptAlert kept;
    bool slack = false;         // it was told there
    bool slack_closed = false;  // and that it is over
    bool plane_tried = false;   // a work item may exist although nobody answered
    bool plane = false;
    bool plane_closed = false;
    std::string plane_item;
};

// The next alert that somebody is to be told of, oldest first; nobody else gets it until `until`. `ops_project`: when
// it may become a work item there it is marked as tried from now on; none: no work items are made.
Result<std::optional<Delivery>> claim_due(pg::Database& store, const access::OrgId& org,
                                          const std::optional<std::string>& ops_project, Time now, Time until);
// What was told so far; the claim stays.
Result<void> save(pg::Database& store, const access::OrgId& org, const Delivery& delivery, Time now);
// Everything was told: the alert is left alone until it closes, and for good once it has.
Result<void> finish(pg::Database& store, const access::OrgId& org, const Delivery& delivery, Time now);
// Something failed: again not before `again`; never again without it.
Result<void> postpone(pg::Database& store, const access::OrgId& org, const Delivery& delivery, const std::string& error,
                      std::optional<Time> again, Time now);

// Whether it may become a work item of the project for operations.
bool may_be_work_item(const Alert& alert, const std::string& ops_project);

}  // namespace syncline::alerts
