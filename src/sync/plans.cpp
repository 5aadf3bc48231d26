#include "sync/plans.hpp"

namespace syncline::sync {

namespace {

constexpr std::size_t kHashPrefixMin = 8;

Result<SavedPlan> plan_of(const pg::Rows& rows, std::size_t row) {
    SavedPlan plan;
    plan.hash = rows.text(row, "hash");
    if (json::Value body = TRY(json::parse(rows.text(row, "body"))); body.is_array()) {
        plan.body = std::move(body.as_array());
    }
    plan.status = rows.text(row, "status");
    plan.reason = rows.text(row, "reason");
    plan.created_at = Time(Micros(rows.integer(row, "created_us")));
    plan.expires_at = Time(Micros(rows.integer(row, "expires_us")));
    return plan;
}

constexpr std::string_view kPlanColumns =
    "select hash, body, status, reason, (extract(epoch from created_at) * 1000000)::bigint as created_us, "
    "(extract(epoch from expires_at) * 1000000)::bigint as expires_us from sync.plans ";

}  // namespace

Result<void> save_plan(pg::Transaction& tx, const access::Scope& scope, const SavedPlan& plan) {
    TRY(
        tx.exec("insert into sync.plans (org_id, profile, hash, body, status, reason, created_at, expires_at) "
                "values ($1, $2, $3, $4::jsonb, $5, nullif($6, ''), $7, $8) on conflict (org_id, profile, hash) "
                "do update set status = excluded.status, reason = excluded.reason, expires_at = excluded.expires_at",
                {scope.org.text(), scope.profile, plan.hash, json::canonical(plan.body), plan.status, plan.reason,
                 format_iso(plan.created_at), format_iso(plan.expires_at)}));
    return ok();
}

Result<SavedPlan> load_plan(pg::Transaction& tx, const access::Scope& scope, std::string_view hash, Time now) {
    const bool whole_or_prefix =
        hash.size() >= kHashPrefixMin && hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (!whole_or_prefix) {
        return make_error(Errc::kInvalid, "'" + std::string(hash) + "' is not a plan's hash",
                          "give at least its first 8 characters, as `syncline plan` printed them");
    }
    pg::Rows rows =
        TRY(tx.exec(std::string(kPlanColumns) + "where org_id = $1 and profile = $2 and hash like $3 || '%' limit 2",
                    {scope.org.text(), scope.profile, hash}));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "no plan has the hash " + std::string(hash), "`syncline plan` makes one");
    }
    if (rows.size() > 1)
        return make_error(Errc::kInvalid, "several plans begin with " + std::string(hash), "give more of it");
    SavedPlan plan = TRY(plan_of(rows, 0));
    if (plan.expires_at < now) {
        return make_error(Errc::kMoved, "plan " + plan.hash.substr(0, 12) + " has expired",
                          "`syncline plan` makes a new one");
    }
    return plan;
}

Result<void> end_plan(pg::Transaction& tx, const access::Scope& scope, std::string_view hash, std::string_view status,
                      std::string_view approved_by, Time at) {
    TRY(
        tx.exec("update sync.plans set status = $4, approved_by = $5, applied_at = $6 "
                "where org_id = $1 and profile = $2 and hash = $3",
                {scope.org.text(), scope.profile, hash, status, approved_by, format_iso(at)}));
    return ok();
}

Result<std::vector<SavedPlan>> held_plans(pg::Transaction& tx, const access::Scope& scope, Time now) {
    pg::Rows rows = TRY(tx.exec(std::string(kPlanColumns) + "where org_id = $1 and profile = $2 and status = 'held' "
                                                            "and expires_at >= $3 order by created_at desc",
                                {scope.org.text(), scope.profile, format_iso(now)}));
    std::vector<SavedPlan> plans;
    for (std::size_t i = 0; i < rows.size(); ++i) plans.push_back(TRY(plan_of(rows, i)));
    return plans;
}

}  // namespace syncline::sync
