#include "cli/detail/promotions.hpp"

#include "actions/promote_handlers.hpp"
#include "cli/detail/say.hpp"
#include "cli/render_promote.hpp"

namespace syncline::cli::detail {

Result<Answer> answer_promotion(actions::Services& services, const Command& command, const Style& style) {
    const PromoteArgs& args = command.promote;
    switch (command.verb) {
        case Verb::kPromotePlan:
            return say(TRY(actions::promote_plan(services, {args.entities, args.by})), command, style);
        case Verb::kPromoteApprove:
        case Verb::kPromoteReject: {
            const std::string decision = command.verb == Verb::kPromoteApprove ? "approve" : "reject";
            return say(TRY(actions::promote_approve(services, {args.hash, decision, args.by, args.why})), command,
                       style);
        }
        case Verb::kPromoteApply: return say(TRY(actions::promote_apply(services, {args.hash})), command, style);
        case Verb::kPromoteUndo:
            return say(TRY(actions::promote_undo(services, {args.run, args.by, args.why})), command, style);
        case Verb::kPromoteStatus: return say(TRY(actions::promote_status(services, {})), command, style);
        case Verb::kPromoteQuarantine:
            return say(TRY(actions::promote_quarantine(services, {args.entity, args.reason, command.rows_max})),
                       command, style);
        case Verb::kDecisions: return say(TRY(actions::decisions_list(services, {command.rows_max})), command, style);
        default: break;
    }
    return make_error(Errc::kInternal, "this verb is not one of promotion");
}

}  // namespace syncline::cli::detail
