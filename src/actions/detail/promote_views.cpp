#include "actions/detail/promote_views.hpp"

#include "promote/assess.hpp"

namespace syncline::actions::detail {
namespace {

struct ReasonAdvice {
    std::string_view reason;
    std::string_view advice;
};
constexpr ReasonAdvice kAdvice[] = {
    {"missing_value", "fill it in Odoo, pull, and plan again"},
    {"bad_value", "this program does not know the value: mend it in Odoo, or tell us about it"},
    {"reference_missing", "pull what it means, then plan again"},
    {"reference_waiting", "select what it means, or mend that where it is in quarantine, then plan again"},
    {"sku_conflict", "give one of them another SKU in Odoo, pull, and plan again"},
    {"changed_kind", "undo its promotion, or make it in Odoo what it was"},
};

}  // namespace

std::vector<PromotedCount> views_of(const std::vector<promote::Counts>& counts) {
    std::vector<PromotedCount> views;
    for (const promote::Counts& one : counts) {
        views.push_back({one.entity, one.created, one.updated, one.archived, one.unchanged, one.quarantined});
    }
    return views;
}

std::vector<QuarantineCount> views_of(const std::map<std::string, std::int64_t>& reasons) {
    std::vector<QuarantineCount> views;
    for (const auto& [reason, count] : reasons) {
        QuarantineCount view{reason, count, ""};
        for (const ReasonAdvice& one : kAdvice) {
            if (one.reason == reason) view.advice = one.advice;
        }
        views.push_back(std::move(view));
    }
    return views;
}

PromotionPlan view_of(const promote::Plan& plan) {
    const promote::Assessment assessment = promote::assess(plan);
    PromotionPlan view;
    view.hash = plan.hash;
    if (plan.hash.empty()) return view;
    view.state = plan.state;
    view.asked_by = plan.asked_by;
    view.asked_at = format_iso(plan.asked_at);
    view.expires_at = format_iso(plan.expires_at);
    view.lines = plan.lines;
    view.counts = views_of(plan.counts);
    view.reasons = views_of(promote::total_of(plan.counts).reasons);
    for (const promote::Sample& one : plan.samples) {
        view.samples.push_back({one.entity, one.external_id, one.name, one.action, one.detail, one.changes});
    }
    view.risks = assessment.risks;
    view.recommendation = assessment.recommendation;
    return view;
}

DecisionView view_of(const promote::Decision& it) {
    return {it.id,    it.what,           it.owner,   it.asked_by, format_iso(it.at), it.choices,
            it.risks, it.recommendation, it.outcome, it.why,      it.plan_hash,      it.run};
}

}  // namespace syncline::actions::detail
