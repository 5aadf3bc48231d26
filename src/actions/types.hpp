// What goes into and comes out of each action: plain data. The shape of the JSON that programs see is exactly this.
// Times are "2026-11-21T08:00:00.000000Z"; values are what both sides mean, in the product's own vocabulary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actions/event_types.hpp"
#include "actions/mirror_types.hpp"
#include "actions/proof_types.hpp"
#include "json/json.hpp"

namespace syncline::actions {

struct Nothing {};

// sync.run, sync.plan
struct LookInput {
    std::string look = "auto";  // auto, light, full
};

struct HeldProject {
    std::string container;
    std::string title;
    std::string reason;
};

// sync.run, sync.apply
struct SyncReport {
    std::string run;
    bool full = false;
    std::int64_t links = 0;
    std::int64_t writes = 0;
    std::int64_t created = 0;
    std::int64_t adopted = 0;
    std::int64_t updated = 0;
    std::int64_t archived = 0;
    std::int64_t restored = 0;
    std::int64_t refused = 0;
    std::int64_t failed = 0;
    std::int64_t moved = 0;
    std::int64_t conflicts = 0;
    std::int64_t parked = 0;
    std::int64_t orphans = 0;
    std::vector<HeldProject> held;
    std::string held_plan;
    std::int64_t odoo_calls = 0;
    std::int64_t plane_calls = 0;
    double seconds = 0;
};

struct ChangeView {
    std::string field;
    json::Value from;
    json::Value to;
};
struct StepView {
    std::string side;    // odoo, plane
    std::string action;  // create, update, archive, restore
    std::vector<ChangeView> fields;
};
struct PlanConflictView {
    std::string field;
    std::string winner;
    json::Value winning;
    json::Value losing;
    std::string reason;
};
struct PlanReviewView {
    std::string field;
    json::Value odoo;
    json::Value plane;
    std::string reason;
};
struct ParkedView {
    std::string field;  // "" = the whole record
    std::string reason;
    std::string detail;
    std::string advice;  // what it means and what to do
};
struct LinkPlanView {
    std::string link;
    std::string entity;
    std::string title;
    std::string project;  // its title
    std::string hash;
    bool held = false;
    bool refused = false;
    std::vector<StepView> steps;
    std::vector<PlanConflictView> conflicts;
    std::vector<PlanReviewView> reviews;
    std::vector<ParkedView> parked;
};
struct PlanReport {
    std::string hash;
    std::int64_t creates = 0;  // links
    std::int64_t updates = 0;
    std::int64_t archives = 0;
    std::int64_t restores = 0;
    std::int64_t conflicts = 0;
    std::int64_t reviews = 0;
    std::int64_t parked = 0;
    std::vector<HeldProject> held;
    std::vector<LinkPlanView> links;  // those with something to do or something parked, by project
};

// sync.apply
struct ApplyInput {
    std::string hash;
    std::string approved_by;
};

// sync.status
struct EntityCount {
    std::string entity;
    std::int64_t active = 0;
    std::int64_t waiting = 0;  // not on both sides yet
    std::int64_t ended = 0;
    std::int64_t parked = 0;
};
struct ReasonCount {
    std::string reason;
    std::int64_t links = 0;
    std::string advice;
};
struct RunView {
    std::string run;
    std::string kind;
    std::string started_at;
    std::string ended_at;
    std::string status;
    std::string error;
    std::int64_t writes = 0;
    std::int64_t odoo_calls = 0;
    std::int64_t plane_calls = 0;
};
struct HeldPlanView {
    std::string hash;
    std::string reason;
    std::string expires_at;
};
// How far one project is known to be in step with one peer; "" = never yet.
struct CoverageView {
    std::string project;  // its link
    std::string title;
    std::string peer;            // odoo, plane
    std::string covered_until;   // all changes made there before this are applied
    std::string seen_until;      // … or known, and wait with a reason
    std::string complete_until;  // deletions, archives and membership, too
    std::int64_t waiting = 0;    // links that keep covered_until from moving on
    std::string looked_at;
    std::string method;  // sweep, light, full
};
struct QueueView {
    std::int64_t ready = 0;
    std::int64_t waiting = 0;  // for their time or their subject
    std::int64_t running = 0;
    std::int64_t dead = 0;
    std::string oldest_ready;  // since when the one that could run longest could; "" = none
};
// What was received and is not done, by state.
struct InboxView {
    std::int64_t received = 0;
    std::int64_t processing = 0;
    std::int64_t failed = 0;
    std::int64_t quarantined = 0;
};
struct StatusReport {
    std::string at;  // when it was so
    std::string profile;
    std::string odoo;   // its address, "" when not connected
    std::string plane;  // its address and workspace
    std::int64_t links = 0;
    std::int64_t parked = 0;
    std::int64_t orphans = 0;
    std::int64_t conflicts = 0;     // kept so far
    std::int64_t reviews = 0;       // pairs of values that wait for a person
    std::int64_t ship_reviews = 0;  // work that waits to be shipped
    std::int64_t unmapped_users = 0;
    std::vector<AlertView> alerts;  // open ones, critical ones first; `alerts` lists all
    std::vector<CoverageView> coverage;
    QueueView queue;
    InboxView inbox;
    std::vector<EntityCount> entities;
    std::vector<ReasonCount> reasons;
    std::vector<HeldPlanView> held_plans;
    std::vector<RunView> runs;
};

// links.list
struct LinksInput {
    std::string entity;
    std::string project;  // a part of its name, or its link
    std::string status;   // new, intended, active, tombstone, parked
    std::int64_t rows_max = 200;
};
struct LinkRow {
    std::string link;
    std::string entity;
    std::string title;
    std::string project;
    std::string odoo_id;
    std::string plane_id;
    std::string status;
    std::vector<std::string> parked;  // reasons
};
struct LinkList {
    std::vector<LinkRow> links;
    std::int64_t total = 0;
};

// links.explain
struct ExplainInput {
    std::string what;
};
struct FieldView {
    std::string field;
    std::string owner;  // odoo, plane, app, shared
    json::Value odoo;
    json::Value plane;
    json::Value base;
    std::string state;  // agreed, differs, parked, once
    std::string note;
};
struct HistoryView {
    std::string at;
    std::string side;
    std::string action;
    json::Array changes;
    std::string detail;
};
struct ConflictView {
    std::int64_t id = 0;
    std::string at;
    std::string link;
    std::string title;
    std::string field;
    std::string winner;
    json::Value winning;
    json::Value losing;
    std::string reason;
};
struct ReviewView {
    std::int64_t id = 0;
    std::string opened_at;
    std::string link;
    std::string title;
    std::string field;
    json::Value odoo;
    json::Value plane;
    std::string reason;
};
struct NameView {
    std::string key;   // a link or a user, as values name them
    std::string name;  // how people call it
};
struct Explanation {
    std::string link;  // "" when `candidates` are to choose from
    std::string entity;
    std::string title;
    std::string project;
    std::string status;
    std::string odoo;  // project.task:42
    std::string odoo_presence;
    std::string plane;
    std::string plane_presence;
    std::string verdict;            // in_step, waits, stopped: the worst of the chain
    std::vector<ReasonView> chain;  // why it is, or is not, in step: step by step
    std::vector<FieldView> fields;
    std::vector<ParkedView> parked;
    std::vector<HistoryView> history;
    std::vector<ConflictView> conflicts;
    std::vector<ReviewView> reviews;
    std::string last_error;
    std::vector<NameView> names;  // of what the values refer to
    std::vector<LinkRow> candidates;
};

// runs.changes
struct RunInput {
    std::string run;
    std::int64_t rows_max = 1000;
};
struct RunChange {
    std::string link;
    std::string title;
    HistoryView entry;
};
struct RunChanges {
    std::vector<RunChange> changes;
};

// orphans.list, orphans.dismiss
struct RowsInput {
    std::int64_t rows_max = 200;
};
struct OrphanView {
    std::string plane_id;
    std::string project;
    std::string entity;
    std::string title;
    std::string reason;  // orphan, twin
    std::string first_seen;
};
struct OrphanList {
    std::vector<OrphanView> orphans;
};
struct DismissInput {
    std::string plane_id;
};
struct Done {
    std::string message;
};

// conflicts.list
struct ConflictsInput {
    std::string link;
    std::int64_t rows_max = 200;
};
struct ConflictList {
    std::vector<ReviewView> waiting;
    std::vector<ConflictView> conflicts;
};

// users.list
struct UserView {
    std::string odoo_id;
    std::string name;
    std::string login;
    std::string email;
    std::string plane_email;
    std::string plane_id;
    std::string how;  // email, explicit, unmapped
    bool needed = false;
};
struct UserList {
    std::vector<UserView> users;
    std::int64_t unmapped = 0;
};

// reviews.list, reviews.decide
struct ShipReviewView {
    std::int64_t id = 0;
    std::string link;
    std::string kind;
    std::string title;
    std::string status;
    std::string opened_at;
    std::string decided_by;
    std::string decided_at;
};
struct ShipReviewList {
    std::vector<ShipReviewView> reviews;
};
struct DecideInput {
    std::int64_t id = 0;
    std::string decision;  // approve, reject
    std::string by;
};
struct DecideReport {
    ShipReviewView review;
    bool shipped = false;
    std::string note;
};

// profile.lint
struct LintInput {
    std::string profile;  // a name or a file; "" = the one in use
};
struct FindingView {
    std::string level;  // note, warning
    std::string entity;
    std::string field;
    std::string text;
};
struct LintReport {
    std::string profile;
    std::vector<FindingView> findings;
};

// store.migrate
struct MigrateReport {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t applied = 0;
};

// peers.doctor
struct Check {
    std::string name;
    std::string result;  // ok, warn, fail
    std::string found;
    std::string advice;
};
struct DoctorReport {
    std::vector<Check> checks;
    bool healthy = true;  // nothing failed
};

}  // namespace syncline::actions
