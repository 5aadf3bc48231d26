// Plans shown to people, by hash. SQL of sync.plans.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

struct SavedPlan {
    std::string hash;
    json::Array body;    // [{"link", "hash", "plan": LinkPlan::to_json()}]
    std::string status;  // proposed, held, applied, moved
    std::string reason;  // why it is held
    Time created_at{};
    Time expires_at{};
};

// The same hash again renews it.
Result<void> save_plan(pg::Transaction& tx, const access::Scope& scope, const SavedPlan& plan);
// `hash` may be shortened to 8 characters or more when that is unambiguous. kNotFound / kMoved when expired.
Result<SavedPlan> load_plan(pg::Transaction& tx, const access::Scope& scope, std::string_view hash, Time now);
Result<void> end_plan(pg::Transaction& tx, const access::Scope& scope, std::string_view hash, std::string_view status,
                      std::string_view approved_by, Time at);
Result<std::vector<SavedPlan>> held_plans(pg::Transaction& tx, const access::Scope& scope, Time now);

}  // namespace syncline::sync
