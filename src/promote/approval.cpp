#include "promote/approval.hpp"

#include "base/text.hpp"
#include "promote/assess.hpp"

namespace syncline::promote {
namespace {

Result<void> may_decide(const Plan& plan, const std::string& by, const std::string& why, Time now) {
    if (by.empty()) return make_error(Errc::kInvalid, "/by: say who decides", "--by NAME");
    if (why.empty() || why.size() > kWhyBytesMax) {
        return make_error(Errc::kInvalid, "/why: say why in 1 to " + std::to_string(kWhyBytesMax) + " characters",
                          "it is kept in the decision log");
    }
    if (plan.state != "open") {
        const std::string by_whom = plan.approved_by.empty() ? "" : " by " + plan.approved_by;
        return make_error(Errc::kMoved, "plan " + plan.hash.substr(0, 12) + " is " + plan.state + " already" + by_whom,
                          "`syncline promote status` shows how things stand");
    }
    if (plan.expires_at < now) {
        return make_error(Errc::kMoved, "plan " + plan.hash.substr(0, 12) + " has expired",
                          "`syncline promote plan` makes a new one");
    }
    if (iequals(trim(by), trim(plan.asked_by))) {
        return make_error(Errc::kForbidden, plan.asked_by + " asked for this plan and may not decide on it",
                          "a second person has to: --by NAME");
    }
    return ok();
}

std::string about(const Plan& plan) {
    const Counts all = total_of(plan.counts);
    return "promote " + join(plan.entities, ", ") + ": " + std::to_string(all.created) + " created, " +
           std::to_string(all.updated) + " updated, " + std::to_string(all.archived) + " archived, " +
           std::to_string(all.quarantined) + " in quarantine";
}

}  // namespace

Result<Approved> decide(Context& context, const std::string& hash, Verdict verdict, const std::string& by,
                        const std::string& why) {
    const Time now = context.clock.now();
    return context.transact([&](pg::Transaction& tx) -> Result<Approved> {
        const std::string id = TRY(find_plan(tx, context.source, hash)).id;
        Plan plan = TRY(lock_plan(tx, context.source, id));
        TRY(may_decide(plan, std::string(trim(by)), std::string(trim(why)), now));
        const bool approve = verdict == Verdict::kApprove;
        const Assessment assessment = assess(plan);
        Decision decision{0,
                          about(plan),
                          std::string(trim(by)),
                          plan.asked_by,
                          now,
                          assessment.choices,
                          assessment.risks,
                          assessment.recommendation,
                          approve ? "approved" : "rejected",
                          std::string(trim(why)),
                          plan.hash,
                          ""};
        decision.id = TRY(log_decision(tx, context.source.org, decision));
        TRY(
            tx.exec("update promote.plans set state = $3, approved_by = $4, approved_at = $5 where org_id = $1 and "
                    "plan = $2",
                    {context.source.org.text(), plan.id, decision.outcome, decision.owner, format_iso(now)}));
        return Approved{TRY(lock_plan(tx, context.source, plan.id)), decision};
    });
}

}  // namespace syncline::promote
