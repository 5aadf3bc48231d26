// The described members of actions/types.hpp: JSON, schemas and later contracts come from these lines.
#pragma once

#include "actions/describe.hpp"
#include "actions/detail/described_mirror.hpp"
#include "actions/types.hpp"

namespace syncline::actions {

BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(LookInput, (), (look))
BOOST_DESCRIBE_STRUCT(HeldProject, (), (container, title, reason))
BOOST_DESCRIBE_STRUCT(SyncReport, (),
                      (run, full, links, writes, created, adopted, updated, archived, restored, refused, failed, moved,
                       conflicts, parked, orphans, held, held_plan, odoo_calls, plane_calls, seconds))
BOOST_DESCRIBE_STRUCT(ChangeView, (), (field, from, to))
BOOST_DESCRIBE_STRUCT(StepView, (), (side, action, fields))
BOOST_DESCRIBE_STRUCT(PlanConflictView, (), (field, winner, winning, losing, reason))
BOOST_DESCRIBE_STRUCT(PlanReviewView, (), (field, odoo, plane, reason))
BOOST_DESCRIBE_STRUCT(ParkedView, (), (field, reason, detail, advice))
BOOST_DESCRIBE_STRUCT(LinkPlanView, (),
                      (link, entity, title, project, hash, held, refused, steps, conflicts, reviews, parked))
BOOST_DESCRIBE_STRUCT(PlanReport, (),
                      (hash, creates, updates, archives, restores, conflicts, reviews, parked, held, links))
BOOST_DESCRIBE_STRUCT(ApplyInput, (), (hash, approved_by))
BOOST_DESCRIBE_STRUCT(EntityCount, (), (entity, active, waiting, ended, parked))
BOOST_DESCRIBE_STRUCT(ReasonCount, (), (reason, links, advice))
BOOST_DESCRIBE_STRUCT(RunView, (), (run, kind, started_at, ended_at, status, error, writes, odoo_calls, plane_calls))
BOOST_DESCRIBE_STRUCT(HeldPlanView, (), (hash, reason, expires_at))
BOOST_DESCRIBE_STRUCT(CoverageView, (),
                      (project, title, peer, covered_until, seen_until, complete_until, waiting, looked_at, method))
BOOST_DESCRIBE_STRUCT(QueueView, (), (ready, waiting, running, dead, oldest_ready))
BOOST_DESCRIBE_STRUCT(InboxView, (), (received, processing, failed, quarantined))
BOOST_DESCRIBE_STRUCT(StatusReport, (),
                      (at, profile, odoo, plane, links, parked, orphans, conflicts, reviews, ship_reviews,
                       unmapped_users, alerts, coverage, queue, inbox, entities, reasons, held_plans, runs))
BOOST_DESCRIBE_STRUCT(LinksInput, (), (entity, project, status, rows_max))
BOOST_DESCRIBE_STRUCT(LinkRow, (), (link, entity, title, project, odoo_id, plane_id, status, parked))
BOOST_DESCRIBE_STRUCT(LinkList, (), (links, total))
BOOST_DESCRIBE_STRUCT(ExplainInput, (), (what))
BOOST_DESCRIBE_STRUCT(FieldView, (), (field, owner, odoo, plane, base, state, note))
BOOST_DESCRIBE_STRUCT(HistoryView, (), (at, side, action, changes, detail))
BOOST_DESCRIBE_STRUCT(ConflictView, (), (id, at, link, title, field, winner, winning, losing, reason))
BOOST_DESCRIBE_STRUCT(ReviewView, (), (id, opened_at, link, title, field, odoo, plane, reason))
BOOST_DESCRIBE_STRUCT(NameView, (), (key, name))
BOOST_DESCRIBE_STRUCT(ReasonView, (), (step, state, says, cure))
BOOST_DESCRIBE_STRUCT(Explanation, (),
                      (link, entity, title, project, status, odoo, odoo_presence, plane, plane_presence, verdict, chain,
                       fields, parked, history, conflicts, reviews, last_error, names, candidates))
BOOST_DESCRIBE_STRUCT(RunInput, (), (run, rows_max))
BOOST_DESCRIBE_STRUCT(RunChange, (), (link, title, entry))
BOOST_DESCRIBE_STRUCT(RunChanges, (), (changes))
BOOST_DESCRIBE_STRUCT(RowsInput, (), (rows_max))
BOOST_DESCRIBE_STRUCT(OrphanView, (), (plane_id, project, entity, title, reason, first_seen))
BOOST_DESCRIBE_STRUCT(OrphanList, (), (orphans))
BOOST_DESCRIBE_STRUCT(DismissInput, (), (plane_id))
BOOST_DESCRIBE_STRUCT(Done, (), (message))
BOOST_DESCRIBE_STRUCT(ConflictsInput, (), (link, rows_max))
BOOST_DESCRIBE_STRUCT(ConflictList, (), (waiting, conflicts))
BOOST_DESCRIBE_STRUCT(UserView, (), (odoo_id, name, login, email, plane_email, plane_id, how, needed))
BOOST_DESCRIBE_STRUCT(UserList, (), (users, unmapped))
BOOST_DESCRIBE_STRUCT(ShipReviewView, (), (id, link, kind, title, status, opened_at, decided_by, decided_at))
BOOST_DESCRIBE_STRUCT(ShipReviewList, (), (reviews))
BOOST_DESCRIBE_STRUCT(DecideInput, (), (id, decision, by))
BOOST_DESCRIBE_STRUCT(DecideReport, (), (review, shipped, note))
BOOST_DESCRIBE_STRUCT(LintInput, (), (profile))
BOOST_DESCRIBE_STRUCT(FindingView, (), (level, entity, field, text))
BOOST_DESCRIBE_STRUCT(LintReport, (), (profile, findings))
BOOST_DESCRIBE_STRUCT(MigrateReport, (), (from, to, applied))
BOOST_DESCRIBE_STRUCT(Check, (), (name, result, found, advice))
BOOST_DESCRIBE_STRUCT(DoctorReport, (), (checks, healthy))

BOOST_DESCRIBE_STRUCT(NumberInput, (), (id))
BOOST_DESCRIBE_STRUCT(InboxInput, (), (state, endpoint, subject, before, rows_max))
BOOST_DESCRIBE_STRUCT(ReceiptRow, (),
                      (id, received_at, endpoint, source, kind, subjects, state, reason, duplicates, correlation))
BOOST_DESCRIBE_STRUCT(ReceiptList, (), (receipts, more))
BOOST_DESCRIBE_STRUCT(HeaderView, (), (name, value))
BOOST_DESCRIBE_STRUCT(CausedView, (), (at, link, title, side, action, changes, detail))
BOOST_DESCRIBE_STRUCT(ReceiptView, (),
                      (receipt, meaning, digest, event_id, delivery_id, run, headers, body, body_kept, caused))
BOOST_DESCRIBE_STRUCT(DeadView, (),
                      (id, kind, subject, title, link, reason, meaning, advice, error, attempts, deaths, enqueued_at,
                       died_at, correlation))
BOOST_DESCRIBE_STRUCT(DeadList, (), (jobs, more))
BOOST_DESCRIBE_STRUCT(DeadJobView, (), (job, payload))
BOOST_DESCRIBE_STRUCT(RetryInput, (), (id, all))
BOOST_DESCRIBE_STRUCT(RetryReport, (), (retried, more))
BOOST_DESCRIBE_STRUCT(DropInput, (), (id, why, by))
BOOST_DESCRIBE_STRUCT(ReplayInput, (), (what, endpoint, state, from, to, before, yes))
BOOST_DESCRIBE_STRUCT(ReplayReport, (),
                      (done, receipts, looks, looks_added, about_nothing, waiting, forgotten, next_before, sample,
                       subjects))
BOOST_DESCRIBE_STRUCT(HookView, (),
                      (name, source, url, problem, last_received, received, duplicates, quarantined, silent,
                       silent_since, paste))
BOOST_DESCRIBE_STRUCT(HookList, (), (hooks))
BOOST_DESCRIBE_STRUCT(AlertsInput, (), (all, rows_max))
BOOST_DESCRIBE_STRUCT(AlertView, (),
                      (id, severity, kind, subject, title, detail, cure, opened_at, last_seen, count, closed_at,
                       notified_at, notify_error))
BOOST_DESCRIBE_STRUCT(AlertList, (), (alerts, more))
BOOST_DESCRIBE_STRUCT(TraceInput, (), (id, rows_max))
BOOST_DESCRIBE_STRUCT(TraceRowView, (), (at, what, about, title, detail))
BOOST_DESCRIBE_STRUCT(TraceView, (), (id, kind, correlations, links, rows, cut))
BOOST_DESCRIBE_STRUCT(VerifyInput, (), (head))
BOOST_DESCRIBE_STRUCT(VerifyReport, (), (good, entries, first_bad, what, head, against_head))
BOOST_DESCRIBE_STRUCT(ExportReport, (), (file, rows, head))
BOOST_DESCRIBE_STRUCT(ResolveInput, (), (id, winner, by))
BOOST_DESCRIBE_STRUCT(ResolveReport, (), (id, link, title, field, winner, winning, losing))

template <>
inline std::vector<std::string_view> required_members<NumberInput>() {
    return {"id"};
}
template <>
inline std::vector<std::string_view> required_members<DropInput>() {
    return {"id", "why"};
}
template <>
inline std::vector<std::string_view> required_members<TraceInput>() {
    return {"id"};
}
template <>
inline std::vector<std::string_view> required_members<ResolveInput>() {
    return {"id", "winner"};
}
template <>
inline std::vector<std::string_view> required_members<ApplyInput>() {
    return {"hash"};
}
template <>
inline std::vector<std::string_view> required_members<RunInput>() {
    return {"run"};
}
template <>
inline std::vector<std::string_view> required_members<ExplainInput>() {
    return {"what"};
}
template <>
inline std::vector<std::string_view> required_members<DismissInput>() {
    return {"plane_id"};
}
template <>
inline std::vector<std::string_view> required_members<DecideInput>() {
    return {"id", "decision"};
}

}  // namespace syncline::actions
