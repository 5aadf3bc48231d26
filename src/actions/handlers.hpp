// The actions themselves, typed. The registry (registry.hpp) lists them for adapters that know only names and JSON.
#pragma once

#include <functional>

#include "actions/services.hpp"
#include "actions/types.hpp"

namespace syncline::actions {

// A run of the engine as the actions show it.
SyncReport report_of(const sync::Report& report);
Result<SyncReport> sync_run(Services& services, const LookInput& input);
Result<PlanReport> sync_plan(Services& services, const LookInput& input);
Result<SyncReport> sync_apply(Services& services, const ApplyInput& input);
Result<StatusReport> sync_status(Services& services, const Nothing& input);

// What one run did, oldest first.
Result<RunChanges> runs_changes(Services& services, const RunInput& input);

Result<LinkList> links_list(Services& services, const LinksInput& input);
// kNotFound when nothing matches; several matches come back as candidates.
Result<Explanation> links_explain(Services& services, const ExplainInput& input);

Result<OrphanList> orphans_list(Services& services, const RowsInput& input);
Result<Done> orphans_dismiss(Services& services, const DismissInput& input);
Result<ConflictList> conflicts_list(Services& services, const ConflictsInput& input);
// A person decides between two edits that no clock could rank. kMoved when it is decided already.
Result<ResolveReport> conflicts_resolve(Services& services, const ResolveInput& input);
Result<UserList> users_list(Services& services, const Nothing& input);
Result<ShipReviewList> reviews_list(Services& services, const RowsInput& input);
Result<DecideReport> reviews_decide(Services& services, const DecideInput& input);

// What was received and became of it. kNotFound for an unknown number.
Result<ReceiptList> inbox_list(Services& services, const InboxInput& input);
Result<ReceiptView> inbox_show(Services& services, const NumberInput& input);
// Looks again at what was received, or at one record. Harmless: a look compares both sides as they are now.
Result<ReplayReport> inbox_replay(Services& services, const ReplayInput& input);

// The addresses that receive events, as the settings have them, and what came in.
Result<HookList> hooks_list(Services& services, const Nothing& input);

// Jobs that were given up. kNotFound for an unknown number.
Result<DeadList> dlq_list(Services& services, const RowsInput& input);
Result<DeadJobView> dlq_show(Services& services, const NumberInput& input);
Result<RetryReport> dlq_retry(Services& services, const RetryInput& input);
Result<Done> dlq_drop(Services& services, const DropInput& input);

// What a person has to know and do something about: critical ones first, then the oldest; with `all`, newest first.
Result<AlertList> alerts_list(Services& services, const AlertsInput& input);
// The story of a change, from the request that came in to the ledger. kNotFound when nothing is known of the id.
Result<TraceView> trace_show(Services& services, const TraceInput& input);

// Walks the ledger's hash chain from its first row. What is wrong is in the report, not an error.
Result<VerifyReport> ledger_verify(Services& services, const VerifyInput& input);
// The same for an export, without any store. kInvalid when it is none.
Result<VerifyReport> verify_export(std::istream& in, const VerifyInput& input);
// Every row, as lines that verify_export() reads. Not in the registry: what it answers may be larger than memory.
Result<ExportReport> ledger_export(Services& services, const std::function<Result<void>(std::string_view line)>& sink);

Result<LintReport> profile_lint(Services& services, const LintInput& input);
Result<MigrateReport> store_migrate(Services& services, const Nothing& input);
// Looks at everything; what is wrong is in the report, not an error.
Result<DoctorReport> peers_doctor(Services& services, const Nothing& input);

// How an action's answer looks to programs.
json::Value to_json(const SyncReport& report);
json::Value to_json(const PlanReport& report);
json::Value to_json(const StatusReport& report);
json::Value to_json(const RunChange& change);
json::Value to_json(const LinkList& list);
json::Value to_json(const Explanation& explanation);
json::Value to_json(const OrphanList& list);
json::Value to_json(const Done& done);
json::Value to_json(const ConflictList& list);
json::Value to_json(const ResolveReport& report);
json::Value to_json(const ReceiptList& list);
json::Value to_json(const ReceiptView& receipt);
json::Value to_json(const ReplayReport& report);
json::Value to_json(const DeadList& list);
json::Value to_json(const DeadJobView& job);
json::Value to_json(const RetryReport& report);
json::Value to_json(const VerifyReport& report);
json::Value to_json(const ExportReport& report);
json::Value to_json(const AlertList& list);
json::Value to_json(const TraceView& trace);
json::Value to_json(const HookList& list);
json::Value to_json(const UserList& list);
json::Value to_json(const ShipReviewList& list);
json::Value to_json(const DecideReport& report);
json::Value to_json(const LintReport& report);
json::Value to_json(const MigrateReport& report);
json::Value to_json(const DoctorReport& report);

}  // namespace syncline::actions
