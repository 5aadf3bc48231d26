// plane.issues: the work items of Plane in plain columns. SQL of plane.issues.
//
// Kept with each observation, in its transaction. A row that anybody else changes leads to a look at that item, and to
// a notice on the channel "plane_issues": {"org", "id", "project", "op"}.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

// A row of it, from a Plane record as it was seen; none when the record is no work item. A value that its column cannot
// hold is left out: it must not keep the rest from being stored.
std::optional<json::Object> issue_of(const json::Object& seen);

Result<void> keep_issues(pg::Transaction& tx, const access::Scope& scope, json::Array issues);
// Plane does not have them, or not any more. What is no UUID is passed over.
Result<void> forget_issues(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& ids);

}  // namespace syncline::sync
