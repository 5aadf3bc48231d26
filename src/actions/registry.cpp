#include "actions/registry.hpp"

#include "actions/detail/described.hpp"
#include "actions/detail/described_promote.hpp"
#include "actions/handlers.hpp"
#include "actions/mirror_handlers.hpp"
#include "actions/promote_handlers.hpp"

namespace syncline::actions {

namespace {

template <typename>
struct Signature;
template <typename Out, typename In>
struct Signature<Result<Out> (*)(Services&, const In&)> {
    using Input = In;
    using Output = Out;
};

// One row of the table; the types follow from the handler.
template <auto kHandler>
constexpr Action action(std::string_view name, std::string_view summary, Role role, Approval approval,
                        Idempotency idempotency) {
    using Input = typename Signature<decltype(kHandler)>::Input;
    using Output = typename Signature<decltype(kHandler)>::Output;
    return {name,
            summary,
            role,
            approval,
            idempotency,
            [] { return json_schema<Input>(); },
            [] { return json_schema<Output>(); },
            [](Services& services, const json::Value& input) -> Result<json::Value> {
                return write_json(TRY(kHandler(services, TRY(read_json<Input>(input)))));
            },
            [](const json::Value& input) -> Result<json::Value> { return write_json(TRY(read_json<Input>(input))); }};
}

constexpr Action kActions[] = {
    action<&sync_run>("sync.run", "Look at both sides and make them agree", Role::kOperator, Approval::kNone,
                      Idempotency::kIdempotent),
    action<&sync_plan>("sync.plan", "What a sync would do, with the hash that applies it", Role::kViewer,
                       Approval::kNone, Idempotency::kRead),
    action<&sync_apply>("sync.apply", "Do exactly what a plan says, past the guard", Role::kOperator, Approval::kSelf,
                        Idempotency::kOnce),
    action<&sync_status>("sync.status", "How things stand", Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&runs_changes>("runs.changes", "What one run did", Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&links_list>("links.list", "Which records belong together", Role::kViewer, Approval::kNone,
                        Idempotency::kRead),
    action<&links_explain>("links.explain", "Everything known about one record, and why", Role::kViewer,
                           Approval::kNone, Idempotency::kRead),
    action<&orphans_list>("orphans.list", "Work that exists in Plane only", Role::kViewer, Approval::kNone,
                          Idempotency::kRead),
    action<&orphans_dismiss>("orphans.dismiss", "Take an orphan off the list", Role::kOperator, Approval::kNone,
                             Idempotency::kOnce),
    action<&conflicts_list>("conflicts.list", "Values that lost, and pairs that wait for a person", Role::kViewer,
                            Approval::kNone, Idempotency::kRead),
    action<&conflicts_resolve>("conflicts.resolve", "Decide which of two edits stands", Role::kOperator,
                               Approval::kNone, Idempotency::kOnce),
    action<&inbox_list>("inbox.list", "What was received, and what became of it", Role::kViewer, Approval::kNone,
                        Idempotency::kRead),
    action<&inbox_show>("inbox.show", "One receipt: its bytes, and what it caused", Role::kViewer, Approval::kNone,
                        Idempotency::kRead),
    action<&inbox_replay>("inbox.replay", "Look again at what was received, or at one record", Role::kOperator,
                          Approval::kNone, Idempotency::kIdempotent),
    action<&hooks_list>("hooks.list", "The addresses that receive, and what to enter where", Role::kViewer,
                        Approval::kNone, Idempotency::kRead),
    action<&dlq_list>("dlq.list", "Jobs that were given up, with what to do", Role::kViewer, Approval::kNone,
                      Idempotency::kRead),
    action<&dlq_show>("dlq.show", "One job that was given up", Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&dlq_retry>("dlq.retry", "Put jobs that were given up back into the queue", Role::kOperator, Approval::kNone,
                       Idempotency::kOnce),
    action<&dlq_drop>("dlq.drop", "Give a dead job up for good, and say why", Role::kOperator, Approval::kNone,
                      Idempotency::kOnce),
    action<&alerts_list>("alerts.list", "What needs a person, each with its cure", Role::kViewer, Approval::kNone,
                         Idempotency::kRead),
    action<&trace_show>("trace.show", "The story of a change, from the request that came in to the ledger",
                        Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&ledger_verify>("ledger.verify", "Prove that nobody touched the ledger", Role::kViewer, Approval::kNone,
                           Idempotency::kRead),
    action<&users_list>("users.list", "Who is who on both sides", Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&reviews_list>("reviews.list", "Work that is done and waits to be shipped", Role::kViewer, Approval::kNone,
                          Idempotency::kRead),
    action<&reviews_decide>("reviews.decide", "Approve or reject a ship review", Role::kOperator, Approval::kGovernance,
                            Idempotency::kOnce),
    action<&promote_plan>("promote.plan", "What taking over what is selected would do, with the hash to approve",
                          Role::kOperator, Approval::kNone, Idempotency::kIdempotent),
    action<&promote_approve>("promote.approve", "Decide, as a second person, on a plan of a promotion", Role::kOperator,
                             Approval::kSecondPerson, Idempotency::kOnce),
    action<&promote_apply>("promote.apply", "Do exactly what an approved plan says", Role::kOperator,
                           Approval::kSecondPerson, Idempotency::kIdempotent),
    action<&promote_undo>("promote.undo", "Take a promotion back, but for what was edited since", Role::kOperator,
                          Approval::kSelf, Idempotency::kOnce),
    action<&promote_status>("promote.status", "What is in the core, what waits, and the latest plans", Role::kViewer,
                            Approval::kNone, Idempotency::kRead),
    action<&promote_quarantine>("promote.quarantine", "Selected records that cannot be taken over, and why",
                                Role::kViewer, Approval::kNone, Idempotency::kRead),
    action<&decisions_list>("decisions.list", "Who decided what, knowing which risks", Role::kViewer, Approval::kNone,
                            Idempotency::kRead),
    action<&mirror_pull>("mirror.pull", "Bring the mirror up to date with Odoo, and certify it", Role::kOperator,
                         Approval::kNone, Idempotency::kIdempotent),
    action<&mirror_status>("mirror.status", "What is mirrored, how far it has come, what is proven", Role::kViewer,
                           Approval::kNone, Idempotency::kRead),
    action<&mirror_table>("mirror.table", "Records of one entity: filtered, sorted, in pages", Role::kViewer,
                          Approval::kNone, Idempotency::kRead),
    action<&mirror_show>("mirror.show", "One record, now or as of an instant, with its history", Role::kViewer,
                         Approval::kNone, Idempotency::kRead),
    action<&mirror_preview>("mirror.preview", "What a pull would bring", Role::kOperator, Approval::kNone,
                            Idempotency::kIdempotent),
    action<&mirror_select>("mirror.select", "Say what of the mirror shall be taken over", Role::kOperator,
                           Approval::kNone, Idempotency::kIdempotent),
    action<&mirror_certificate>("mirror.certificate", "What is proven of an entity, and as of when", Role::kViewer,
                                Approval::kNone, Idempotency::kRead),
    action<&mirror_prove>("mirror.prove", "The proof that one record is under the certificate", Role::kViewer,
                          Approval::kNone, Idempotency::kRead),
    action<&mirror_verify>("mirror.verify", "Check the mirror against its certificate and against Odoo",
                           Role::kOperator, Approval::kNone, Idempotency::kRead),
    action<&mirror_drift>("mirror.drift", "Fields that were added, removed or retyped in Odoo", Role::kViewer,
                          Approval::kNone, Idempotency::kRead),
    action<&mirror_contract>("mirror.contract", "What to do when fields of an entity change", Role::kAdmin,
                             Approval::kSelf, Idempotency::kIdempotent),
    action<&mirror_control>("mirror.control", "Pause, resume or cancel a pull", Role::kOperator, Approval::kNone,
                            Idempotency::kIdempotent),
    action<&mirror_activity>("mirror.activity", "Pulls, newest first", Role::kViewer, Approval::kNone,
                             Idempotency::kRead),
    action<&mirror_validate>("mirror.validate", "Check totals, counts and isolation, with evidence", Role::kOperator,
                             Approval::kNone, Idempotency::kIdempotent),
    action<&profile_lint>("profile.lint", "Check a profile: what will not survive a round trip", Role::kViewer,
                          Approval::kNone, Idempotency::kRead),
    action<&store_migrate>("store.migrate", "Bring the store to this program's version", Role::kAdmin, Approval::kNone,
                           Idempotency::kIdempotent),
    action<&peers_doctor>("peers.doctor", "Check everything, and say what to do", Role::kOperator, Approval::kNone,
                          Idempotency::kRead),
};

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::kViewer: return "viewer";
        case Role::kOperator: return "operator";
        case Role::kAdmin: return "admin";
    }
    return "admin";
}

std::string_view to_string(Approval approval) {
    switch (approval) {
        case Approval::kNone: return "none";
        case Approval::kSelf: return "self";
        case Approval::kSecondPerson: return "second_person";
        case Approval::kGovernance: return "governance";
    }
    return "governance";
}

std::string_view to_string(Idempotency idempotency) {
    switch (idempotency) {
        case Idempotency::kRead: return "read";
        case Idempotency::kIdempotent: return "idempotent";
        case Idempotency::kOnce: return "once";
    }
    return "once";
}

std::span<const Action> all_actions() { return kActions; }

const Action* find_action(std::string_view name) {
    for (const Action& action : kActions) {
        if (action.name == name) return &action;
    }
    return nullptr;
}

Result<json::Value> invoke(Services& services, std::string_view name, const json::Value& input) {
    const Action* action = find_action(name);
    if (!action) {
        return make_error(Errc::kNotFound, "there is no action called " + std::string(name),
                          "`syncline actions` lists them");
    }
    return action->invoke(services, input);
}

json::Value to_json(const SyncReport& report) { return write_json(report); }
json::Value to_json(const PlanReport& report) { return write_json(report); }
json::Value to_json(const StatusReport& report) { return write_json(report); }
json::Value to_json(const RunChange& change) { return write_json(change); }
json::Value to_json(const LinkList& list) { return write_json(list); }
json::Value to_json(const Explanation& explanation) { return write_json(explanation); }
json::Value to_json(const OrphanList& list) { return write_json(list); }
json::Value to_json(const Done& done) { return write_json(done); }
json::Value to_json(const ConflictList& list) { return write_json(list); }
json::Value to_json(const ResolveReport& report) { return write_json(report); }
json::Value to_json(const ReceiptList& list) { return write_json(list); }
json::Value to_json(const ReceiptView& receipt) { return write_json(receipt); }
json::Value to_json(const ReplayReport& report) { return write_json(report); }
json::Value to_json(const DeadList& list) { return write_json(list); }
json::Value to_json(const DeadJobView& job) { return write_json(job); }
json::Value to_json(const RetryReport& report) { return write_json(report); }
json::Value to_json(const VerifyReport& report) { return write_json(report); }
json::Value to_json(const ExportReport& report) { return write_json(report); }
json::Value to_json(const AlertList& list) { return write_json(list); }
json::Value to_json(const TraceView& trace) { return write_json(trace); }
json::Value to_json(const HookList& list) { return write_json(list); }
json::Value to_json(const UserList& list) { return write_json(list); }
json::Value to_json(const ShipReviewList& list) { return write_json(list); }
json::Value to_json(const DecideReport& report) { return write_json(report); }
json::Value to_json(const PromotionPlan& plan) { return write_json(plan); }
json::Value to_json(const PromoteDecision& decision) { return write_json(decision); }
json::Value to_json(const PromoteReport& report) { return write_json(report); }
json::Value to_json(const UndoReport& report) { return write_json(report); }
json::Value to_json(const PromoteStatus& status) { return write_json(status); }
json::Value to_json(const QuarantineList& list) { return write_json(list); }
json::Value to_json(const DecisionList& list) { return write_json(list); }
json::Value to_json(const LintReport& report) { return write_json(report); }
json::Value to_json(const MigrateReport& report) { return write_json(report); }
json::Value to_json(const DoctorReport& report) { return write_json(report); }
json::Value to_json(const MirrorPullReport& answer) { return write_json(answer); }
json::Value to_json(const MirrorStatus& answer) { return write_json(answer); }
json::Value to_json(const MirrorTable& answer) { return write_json(answer); }
json::Value to_json(const MirrorRecordView& answer) { return write_json(answer); }
json::Value to_json(const MirrorPreview& answer) { return write_json(answer); }
json::Value to_json(const MirrorSelection& answer) { return write_json(answer); }
json::Value to_json(const MirrorCertificate& answer) { return write_json(answer); }
json::Value to_json(const MirrorProof& answer) { return write_json(answer); }
json::Value to_json(const MirrorVerified& answer) { return write_json(answer); }
json::Value to_json(const MirrorDriftList& answer) { return write_json(answer); }
json::Value to_json(const MirrorActivity& answer) { return write_json(answer); }
json::Value to_json(const MirrorValidation& answer) { return write_json(answer); }

}  // namespace syncline::actions
