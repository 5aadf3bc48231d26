#include "cli/run.hpp"

#include <algorithm>

#include "actions/registry.hpp"
#include "cli/detail/ledger_files.hpp"
#include "cli/detail/mirror.hpp"
#include "cli/detail/promotions.hpp"
#include "cli/detail/replays.hpp"
#include "cli/detail/say.hpp"

namespace syncline::cli {

namespace {

using actions::Services;

using detail::say;

constexpr std::int64_t kTraceRowsMax = 1000;

std::string look_of(const Command& command) { return command.full ? "full" : command.light ? "light" : "auto"; }

Result<Answer> answer_explain(Services& services, const Command& command, const Style& style) {
    const actions::Explanation it = TRY(actions::links_explain(services, {command.subject}));
    return say(it, command, style, it.candidates.empty() ? kOk : kNotFound);
}

Result<Answer> answer_verdict(Services& services, const Command& command, const Style& style) {
    const actions::VerifyReport report = TRY(actions::ledger_verify(services, {command.ledger.head}));
    return say(report, command, style, report.good ? kOk : kFailed);
}

Result<Answer> answer_trace(Services& services, const Command& command, const Style& style) {
    const std::int64_t rows = std::min<std::int64_t>(command.rows_max, kTraceRowsMax);
    return say(TRY(actions::trace_show(services, {command.subject, rows})), command, style);
}

Result<Answer> answer_inbox(Services& services, const Command& command, const Style& style) {
    const InboxArgs& args = command.inbox;
    return say(
        TRY(actions::inbox_list(services, {args.state, args.endpoint, args.subject, args.before, command.rows_max})),
        command, style);
}

Result<Answer> answer_dead(Services& services, const Command& command, const Style& style) {
    if (command.verb == Verb::kDlqShow) return say(TRY(actions::dlq_show(services, {command.id})), command, style);
    if (command.verb == Verb::kDlqRetry) {
        return say(TRY(actions::dlq_retry(services, {command.id, command.all})), command, style);
    }
    if (command.verb == Verb::kDlqDrop) {
        return say(TRY(actions::dlq_drop(services, {command.id, command.why, ""})), command, style);
    }
    return say(TRY(actions::dlq_list(services, {command.rows_max})), command, style);
}

Result<Answer> answer_links(Services& services, const Command& command, const Style& style) {
    const LinksArgs& args = command.links;
    return say(TRY(actions::links_list(services, {args.entity, args.project, args.status, command.rows_max})), command,
               style);
}

}  // namespace

bool is_action(Verb verb) {
    return verb != Verb::kServe && verb != Verb::kConnect && verb != Verb::kSim && verb != Verb::kSimulate &&
           verb != Verb::kDemo && verb != Verb::kActions;
}

Result<Answer> answer(Services& services, const Command& command, const Style& style) {
    switch (command.verb) {
        case Verb::kSync: {
            const actions::SyncReport report = TRY(actions::sync_run(services, {look_of(command)}));
            return say(report, command, style, report.held.empty() ? kOk : kHeld);
        }
        case Verb::kPlan: {
            const actions::PlanReport report = TRY(actions::sync_plan(services, {look_of(command)}));
            return say(report, command, style, report.held.empty() ? kOk : kHeld);
        }
        case Verb::kApply: return say(TRY(actions::sync_apply(services, {command.subject, ""})), command, style);
        case Verb::kStatus: return say(TRY(actions::sync_status(services, {})), command, style);
        case Verb::kLinks: return answer_links(services, command, style);
        case Verb::kExplain: return answer_explain(services, command, style);
        case Verb::kOrphans: return say(TRY(actions::orphans_list(services, {command.rows_max})), command, style);
        case Verb::kOrphansDismiss:
            return say(TRY(actions::orphans_dismiss(services, {command.subject})), command, style);
        case Verb::kConflicts:
            return say(TRY(actions::conflicts_list(services, {command.subject, command.rows_max})), command, style);
        case Verb::kConflictsResolve:
            return say(TRY(actions::conflicts_resolve(services, {command.id, command.decision, ""})), command, style);
        case Verb::kInbox: return answer_inbox(services, command, style);
        case Verb::kInboxShow: return say(TRY(actions::inbox_show(services, {command.id})), command, style);
        case Verb::kReplay: return detail::replay(services, command, style);
        case Verb::kHooks: return say(TRY(actions::hooks_list(services, {})), command, style);
        case Verb::kDlq:
        case Verb::kDlqShow:
        case Verb::kDlqRetry:
        case Verb::kDlqDrop: return answer_dead(services, command, style);
        case Verb::kAlerts:
            return say(TRY(actions::alerts_list(services, {command.all, command.rows_max})), command, style);
        case Verb::kTrace: return answer_trace(services, command, style);
        case Verb::kVerifyLedger: return answer_verdict(services, command, style);
        case Verb::kLedgerExport: return detail::export_ledger(services, command, style);
        case Verb::kUsers: return say(TRY(actions::users_list(services, {})), command, style);
        case Verb::kReviews: return say(TRY(actions::reviews_list(services, {command.rows_max})), command, style);
        case Verb::kReviewsDecide:
            return say(TRY(actions::reviews_decide(services, {command.id, command.decision, ""})), command, style);
        case Verb::kPromotePlan:
        case Verb::kPromoteApprove:
        case Verb::kPromoteReject:
        case Verb::kPromoteApply:
        case Verb::kPromoteUndo:
        case Verb::kPromoteStatus:
        case Verb::kPromoteQuarantine:
        case Verb::kDecisions: return detail::answer_promotion(services, command, style);
        case Verb::kMirror: return detail::mirror(services, command, style);
        case Verb::kProfileLint: return say(TRY(actions::profile_lint(services, {command.subject})), command, style);
        case Verb::kMigrate: return say(TRY(actions::store_migrate(services, {})), command, style);
        case Verb::kDoctor: return answer_doctor(TRY(actions::peers_doctor(services, {})), command, style);
        case Verb::kActions: return list_actions(command, style);
        case Verb::kServe:
        case Verb::kConnect:
        case Verb::kSim:
        case Verb::kSimulate:
        case Verb::kDemo: break;
    }
    return make_error(Errc::kInternal, "this verb is not an action");
}

bool needs_no_installation(const Command& command) {
    return command.verb == Verb::kActions || (command.verb == Verb::kVerifyLedger && !command.ledger.file.empty());
}

Result<Answer> answer_alone(const Command& command, const Style& style) {
    if (command.verb == Verb::kVerifyLedger) return detail::verify_file(command, style);
    return list_actions(command, style);
}

Answer answer_doctor(const actions::DoctorReport& report, const Command& command, const Style& style) {
    return say(report, command, style, report.healthy ? kOk : kFailed);
}

Answer list_actions(const Command& command, const Style& style) {
    if (!command.globals.json) {
        std::string out;
        for (const actions::Action& action : actions::all_actions()) {
            out += style.bold(padded(action.name, 18)) + "  " + padded(to_string(action.role), 8) + "  " +
                   std::string(action.summary) + "\n";
        }
        return {kOk, out};
    }
    json::Array list;
    for (const actions::Action& action : actions::all_actions()) {
        list.push_back(json::Object{{"name", action.name},
                                    {"summary", action.summary},
                                    {"role", to_string(action.role)},
                                    {"approval", to_string(action.approval)},
                                    {"idempotency", to_string(action.idempotency)},
                                    {"input", action.input_schema()},
                                    {"output", action.output_schema()}});
    }
    return {kOk, json::canonical(list) + "\n"};
}

}  // namespace syncline::cli
