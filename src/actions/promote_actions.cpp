// promote.plan, promote.approve, promote.apply, promote.undo, promote.status, promote.quarantine, decisions.list
#include "actions/detail/promote_views.hpp"
#include "actions/detail/rows.hpp"
#include "actions/promote_handlers.hpp"
#include "base/text.hpp"
#include "mirror/entities.hpp"
#include "promote/apply.hpp"
#include "promote/approval.hpp"
#include "promote/standing.hpp"
#include "promote/undo.hpp"

namespace syncline::actions {

namespace {

constexpr int kPlansShown = 10;

promote::Context context_of(Services& services, Random& random) {
    promote::Context context{services.store, services.clock, random, services.scope, {services.scope.org}};
    context.stop = services.stop;
    if (services.progress) {
        context.progress = [&services](std::string_view phase, std::int64_t done, std::int64_t total) {
            services.progress({std::string(phase), done, total});
        };
    }
    return context;
}

std::string name_of(const Services& services, const std::string& by) {
    const std::string_view given = trim(by);
    return given.empty() ? services.config.caller : std::string(given);
}

Result<promote::Verdict> verdict_of(std::string_view decision) {
    if (decision == "approve") return promote::Verdict::kApprove;
    if (decision == "reject") return promote::Verdict::kReject;
    return make_error(Errc::kInvalid, "/decision: must be approve or reject");
}

}  // namespace

Result<PromotionPlan> promote_plan(Services& services, const PromoteInput& input) {
    SystemRandom random;
    promote::Context context = context_of(services, random);
    return detail::view_of(TRY(promote::make_plan(context, input.entities, name_of(services, input.by))));
}

Result<PromoteDecision> promote_approve(Services& services, const PromoteDecideInput& input) {
    SystemRandom random;
    promote::Context context = context_of(services, random);
    const promote::Approved approved = TRY(
        promote::decide(context, input.hash, TRY(verdict_of(input.decision)), name_of(services, input.by), input.why));
    return PromoteDecision{approved.plan.hash, detail::view_of(approved.decision)};
}

Result<PromoteReport> promote_apply(Services& services, const PromoteApplyInput& input) {
    SystemRandom random;
    promote::Context context = context_of(services, random);
    const promote::Applied it = TRY(promote::apply(context, input.hash));
    return PromoteReport{it.run, it.hash, it.before, it.lines, it.done_now, detail::views_of(it.counts)};
}

Result<UndoReport> promote_undo(Services& services, const PromoteUndoInput& input) {
    SystemRandom random;
    promote::Context context = context_of(services, random);
    const promote::Undone it = TRY(promote::undo(context, input.run, name_of(services, input.by), input.why));
    UndoReport report{it.run, it.of, it.restored, it.removed, it.kept, {}};
    for (const promote::Kept& row : it.kept_rows) report.kept_rows.push_back({row.entity, row.external_id, row.why});
    return report;
}

Result<PromoteStatus> promote_status(Services& services, const Nothing&) {
    return services.transact([&](pg::Transaction& tx) -> Result<PromoteStatus> {
        const mirror::Source source{services.scope.org};
        PromoteStatus status;
        for (promote::Standing& it : TRY(promote::standing(tx, source))) {
            status.entities.push_back({std::move(it.entity), std::move(it.tables), it.active, it.archived, it.selected,
                                       it.waiting, it.quarantined});
        }
        for (const promote::Plan& plan : TRY(promote::recent_plans(tx, source, kPlansShown))) {
            status.plans.push_back({plan.hash, plan.state, plan.asked_by, format_iso(plan.asked_at), plan.approved_by,
                                    plan.run, plan.lines, plan.done_to});
        }
        return status;
    });
}

Result<QuarantineList> promote_quarantine(Services& services, const QuarantineInput& input) {
    const int rows_max = TRY(detail::rows_of(input.rows_max));
    std::string entity;
    if (!input.entity.empty()) entity = TRY(mirror::entity_named(input.entity))->name;
    return services.transact([&](pg::Transaction& tx) -> Result<QuarantineList> {
        const promote::QuarantinePage page =
            TRY(promote::quarantine(tx, {services.scope.org}, entity, input.reason, rows_max));
        QuarantineList list{{}, page.row_count, detail::views_of(page.reasons)};
        for (const promote::Quarantined& it : page.rows) {
            list.rows.push_back(
                {it.entity, it.external_id, it.version, it.name, it.reason, it.detail, format_iso(it.since)});
        }
        return list;
    });
}

Result<DecisionList> decisions_list(Services& services, const RowsInput& input) {
    const int rows_max = TRY(detail::rows_of(input.rows_max));
    return services.transact([&](pg::Transaction& tx) -> Result<DecisionList> {
        DecisionList list;
        for (const promote::Decision& it : TRY(promote::decisions(tx, services.scope.org, rows_max))) {
            list.decisions.push_back(detail::view_of(it));
        }
        return list;
    });
}

}  // namespace syncline::actions
