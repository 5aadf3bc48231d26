// What a person asked for on the command line, as plain data. cli/parse.cpp makes it; app/ and cli/run.cpp do it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace syncline::cli {

enum class Verb {
    kSync,
    kPlan,
    kApply,
    kStatus,
    kLinks,
    kExplain,
    kOrphans,
    kOrphansDismiss,
    kConflicts,
    kConflictsResolve,
    kUsers,
    kReviews,
    kReviewsDecide,
    kInbox,
    kInboxShow,
    kReplay,
    kDlq,
    kDlqShow,
    kDlqRetry,
    kDlqDrop,
    kHooks,
    kAlerts,
    kTrace,
    kVerifyLedger,
    kLedgerExport,
    kServe,
    kConnect,
    kDoctor,
    kMigrate,
    kProfileLint,
    kPromotePlan,
    kPromoteApprove,
    kPromoteReject,
    kPromoteApply,
    kPromoteUndo,
    kPromoteStatus,
    kPromoteQuarantine,
    kDecisions,
    kActions,
    kMirror,
    kSim,
    kSimulate,
    kDemo,
};

struct Globals {
    std::string home;     // "" = the default
    std::string store;    // a DSN or a reference to one; "" = as configured
    std::string profile;  // a name or a file; "" = as configured
    bool json = false;
    bool color = true;
    bool quiet = false;
    std::string log_level = "warn";
    bool log_json = false;
};

struct LinksArgs {
    std::string entity;
    std::string project;  // a part of its name, or its link
    std::string status;
};

struct InboxArgs {
    std::string state;
    std::string endpoint;
    std::string subject;      // "plane/item/ID"
    std::int64_t before = 0;  // only lower numbers
};

struct ReplayArgs {
    std::string what;  // a receipt's number, a subject, a record; "" = by the rest
    std::string endpoint;
    std::string state;
    std::string from;  // an instant, a day, "2h"
    std::string to;
    bool dry_run = false;
    bool yes = false;
};

struct LedgerArgs {
    std::string file;  // verify-ledger: an export; "" = the store
    std::string head;  // verify-ledger: as it was noted before
    std::string out;   // ledger export; "" = standard output
};

struct PromoteArgs {
    std::vector<std::string> entities;
    std::string hash;  // plan: approve, reject, apply
    std::string run;   // undo
    std::string by;    // "" = the caller
    std::string why;
    std::string entity;  // quarantine
    std::string reason;
};

enum class MirrorVerb {
    kPull,
    kStatus,
    kTable,
    kShow,
    kPreview,
    kSelect,
    kCertificate,
    kProve,
    kVerify,
    kDrift,
    kContract,
    kPause,
    kResume,
    kCancel,
    kActivity,
    kValidate,
};

struct MirrorArgs {
    MirrorVerb verb = MirrorVerb::kStatus;
    std::vector<std::string> entities;  // pull
    bool accept_deletions = false;
    std::string entity;
    std::int64_t id = 0;
    std::vector<std::int64_t> ids;  // select
    std::string status, search, sku, email, number;
    std::string sort = "name";
    bool descending = false;
    int page = 1, page_size = 50;
    int pages = 1;  // preview
    bool fresh = false;
    std::string as_of;
    bool history = false;
    bool include = false, ignore = false, clear = false;
    std::string direction = "inbound";
    std::string rule;  // "new,updated"; "none"
    bool rule_given = false;
    int sample = 1000;
    bool offline = false;
    std::string contract;
};

struct ConnectArgs {
    std::string peer;  // odoo, plane
    std::string url;
    std::string database;
    std::string login;
    std::string workspace;
    std::string key_ref;   // env:NAME or file:/path: kept as it is
    std::string key_file;  // read now and sealed
    bool key_stdin = false;
    std::optional<int> calls_per_minute;
};

struct SimArgs {
    std::string peer;  // odoo, plane
    int port = 0;
    std::uint64_t seed = 1;
    std::string key_file;
    std::string database = "demo";
    std::string workspace = "acme";
    std::string people_file;  // Plane: [{"email", "first_name", "last_name"}]
    int projects = 3;
    int milestones = 8;
    int tasks = 120;
    // Odoo's trade: N partners, 5 N products, N / 2 orders; each may be said on its own.
    std::int64_t records = 0;
    std::int64_t partners = -1;  // -1: as `records` says
    std::int64_t products = -1;
    std::int64_t orders = -1;
    std::string modules = "product,account,payment,stock,sale,delivery";
    bool addon = true;
    bool relations = true;
    int calls_per_minute = 0;
    int latency_ms = 0;
    double fault_share = 0;
    std::string webhook;              // Plane: where it sends what happens; "" = nowhere
    std::string webhook_secret_file;  // what it signs with
};

struct SimulateArgs {
    std::uint64_t seed = 1;  // of the first schedule
    std::uint64_t count = 1;
    int steps = 12;
    std::string keep;  // what is left of the schedule: "3,7tb,-clocks"; "" = all of it
    int workers = 0;   // 0: one for each processor
};

struct DemoArgs {
    bool once = false;
    std::string peer = "sim";  // sim, odoo19
    std::string odoo_url;
    std::string odoo_database;
    std::string odoo_key_file;
    std::uint64_t seed = 1;
    int projects = 3;
    int milestones = 8;
    int tasks = 120;
};

struct Command {
    Verb verb = Verb::kStatus;
    Globals globals;
    bool full = false;               // sync, plan
    bool light = false;              // sync, plan
    bool once = false;               // serve
    std::vector<std::string> roles;  // serve: ingress, worker, scheduler; empty = as configured
    int rows_max = 200;              // lists
    bool all = false;                // dlq retry, alerts
    std::string subject;   // apply HASH, explain WHAT, trace ID, conflicts LINK, orphans ID, profile lint FILE
    std::int64_t id = 0;   // reviews ID, conflicts resolve ID, inbox show ID, dlq ID
    std::string why;       // dlq drop
    std::string decision;  // reviews: "approve" or "reject"; conflicts resolve: "odoo" or "plane"
    LinksArgs links;
    InboxArgs inbox;
    ReplayArgs replay;
    LedgerArgs ledger;
    PromoteArgs promote;
    MirrorArgs mirror;
    ConnectArgs connect;
    SimArgs sim;
    SimulateArgs simulate;
    DemoArgs demo;
};

}  // namespace syncline::cli
