#include "promote/plan.hpp"

#include "promote/detail/plan_rows.hpp"

namespace syncline::promote {
namespace {

constexpr std::string_view kColumns =
    "select plan, hash, state, array_to_string(entities, ' ') as entities, asked_by, lines, counts, samples, "
    "coalesce(approved_by, '') as approved_by, coalesce(run::text, '') as run, done_to, "
    "(extract(epoch from asked_at) * 1000000)::bigint as asked_us, "
    "(extract(epoch from expires_at) * 1000000)::bigint as expires_us, "
    "(extract(epoch from approved_at) * 1000000)::bigint as approved_us from promote.plans ";

Result<Plan> only(const pg::Rows& rows, std::string_view hash) {
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "no plan of a promotion has the hash " + std::string(hash),
                          "`syncline promote plan` makes one");
    }
    if (rows.size() > 1 && rows.text(0, "hash") != rows.text(1, "hash")) {
        return make_error(Errc::kInvalid, "several plans begin with " + std::string(hash), "give more of it");
    }
    return detail::plan_of(rows, 0);
}

}  // namespace

Counts total_of(const std::vector<Counts>& counts) {
    Counts total;
    for (const Counts& one : counts) {
        total.created += one.created;
        total.updated += one.updated;
        total.archived += one.archived;
        total.unchanged += one.unchanged;
        total.quarantined += one.quarantined;
        for (const auto& [reason, count] : one.reasons) total.reasons[reason] += count;
    }
    return total;
}

Result<Plan> find_plan(pg::Transaction& tx, const mirror::Source& source, std::string_view hash) {
    if (hash.size() < kHashPrefixMin || hash.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return make_error(Errc::kInvalid, "'" + std::string(hash) + "' is not a plan's hash",
                          "give at least its first 8 characters, as `syncline promote plan` printed them");
    }
    return only(TRY(tx.exec(std::string(kColumns) +
                                "where org_id = $1 and connector = $2 and hash like $3 || '%' and plan = "
                                "(select p.plan from promote.plans p where p.org_id = plans.org_id and p.hash = "
                                "plans.hash order by p.state in ('open', 'approved', 'applying') desc, p.asked_at "
                                "desc, p.plan limit 1) "
                                "order by hash limit 2",
                            {source.org.text(), source.connector, hash})),
                hash);
}

Result<Plan> lock_plan(pg::Transaction& tx, const mirror::Source& source, std::string_view plan) {
    return only(
        TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and plan = $2 for update", {source.org.text(), plan})),
        plan);
}

Result<std::vector<Plan>> recent_plans(pg::Transaction& tx, const mirror::Source& source, int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and connector = $2 order by asked_at desc limit $3",
                    {source.org.text(), source.connector, rows_max}));
    std::vector<Plan> plans;
    for (std::size_t i = 0; i < rows.size(); ++i) plans.push_back(TRY(detail::plan_of(rows, i)));
    return plans;
}

}  // namespace syncline::promote
