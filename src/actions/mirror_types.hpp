// What goes into and comes out of the actions on the mirror. Plain data, as in types.hpp. An entity is named by its
// name, an alias or its Odoo model; ids are Odoo's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

// mirror.pull
struct MirrorPullInput {
    std::vector<std::string> entities;
    bool all = false;   // those of the settings
    bool full = false;  // read all contents, not only what changed
    std::int64_t pages_max = 0;
    bool accept_deletions = false;  // however many records are missing at once, they are gone
};
struct MirrorDriftView {
    std::string entity;
    std::string field;
    std::string change;  // added, removed, retyped
    std::string from_type, to_type;
    std::string handled;  // taken, stopped, ignored
    std::string noticed_at;
};
struct MirrorPullView {
    std::string run;
    std::string entity;
    std::string kind;   // full, delta
    std::string state;  // done, paused, cancelled, failed, absent
    std::int64_t total = 0, done = 0, created = 0, updated = 0, deleted = 0, unchanged = 0;
    std::int64_t calls = 0, bytes = 0, errors = 0;
    double seconds = 0;
    std::string note;   // why it was full, that it went on, why there is none
    std::string error;  // that ended it
    std::vector<MirrorDriftView> drift;
    std::string certificate;           // certified, refused; "" = none was made
    std::vector<std::string> reasons;  // why it was refused
};
struct MirrorPullReport {
    std::vector<MirrorPullView> pulls;
};

// mirror.status
struct MirrorEntityRow {
    std::string entity;
    std::string model;
    std::string absent;  // why this server has none of it
    std::string contract;
    std::int64_t records = 0, created = 0, updated = 0, deleted = 0, in_sync = 0, gone = 0, archived = 0;
    std::string cursor, full_at, swept_at;
    std::string certificate;  // certified, refused, ""
    std::string certified_as_of;
    std::string pull;  // the state of the newest one
    std::int64_t pull_done = 0, pull_total = 0;
    std::string pull_error;  // that ended it
};
struct MirrorStatus {
    std::string connector;
    std::vector<std::string> companies;
    std::vector<MirrorEntityRow> entities;
    std::int64_t calls_today = 0;
};

// mirror.table: the shape that the explorer reads
struct MirrorTableInput {
    std::string entity;
    std::string status;  // new, updated, deleted, in_sync; "" = all
    std::string search;  // the beginning of the name, or a whole SKU, e-mail or number
    std::string sku, email, number;
    std::string sort = "name";  // name, stamp, id
    bool descending = false;
    bool archived = true;
    bool raw = true;
    std::int64_t page = 1;
    std::int64_t pageSize = 50;
};
struct MirrorDisplay {
    std::string name, sku, email, order_number;
};
struct MirrorTableRow {
    std::int64_t external_id = 0;
    std::string status;
    MirrorDisplay display;
    json::Object raw;
};
struct MirrorTable {
    std::vector<MirrorTableRow> data;
    std::int64_t rowCount = 0;
    bool more = false;  // match than were counted
    std::int64_t page = 1;
    std::int64_t pageSize = 50;
};

// mirror.show
struct MirrorShowInput {
    std::string entity;
    std::int64_t id = 0;
    std::string as_of;  // an instant or a day; "" = now
    bool history = false;
    std::int64_t rows_max = 20;
};
struct MirrorFieldChange {
    std::string field;
    json::Value from;
    json::Value to;
};
struct MirrorVersionView {
    std::int64_t version = 0;
    bool gone = false;
    std::string stamp, hash, run, by, edited_by, seen_at, until;
    std::vector<MirrorFieldChange> changes;  // from the version before
};
struct MirrorRecordView {
    std::string entity;
    std::int64_t external_id = 0;
    std::int64_t version = 0;
    std::string status;
    bool active = true, gone = false;
    std::string gone_why;
    MirrorDisplay display;
    std::string stamp, hash, run, seen_at;
    json::Object raw;
    std::vector<MirrorVersionView> versions;  // newest first, when asked for
};

// mirror.preview
struct MirrorPreviewInput {
    std::string entity;
    std::int64_t pages = 1;
    bool fresh = false;
};
struct MirrorSampleView {
    std::string status;
    std::int64_t external_id = 0;
    MirrorDisplay display;
    std::string stamp;
};
struct MirrorPreview {
    std::string preview;
    std::string entity;
    std::int64_t created = 0, updated = 0, deleted = 0, in_sync = 0, archived = 0, remote = 0, local = 0;
    std::string note;
    std::vector<MirrorSampleView> samples;
    std::string computed_by, computed_at, expires_at;
    bool cached = false;
    std::int64_t calls = 0;
};

// mirror.select
struct MirrorSelectInput {
    std::string entity;
    std::string direction = "inbound";
    std::string choice;  // include, ignore, clear; "" = only the rule
    std::vector<std::int64_t> ids;
    bool all = false;  // that match status and search
    std::string status;
    std::string search;
    std::optional<std::vector<std::string>> rule;  // new, updated, deleted: these are taken over unless ignored
};
struct MirrorSelection {
    std::string entity;
    std::string direction;
    std::int64_t changed = 0;  // choices
    std::vector<std::string> rule;
    std::int64_t selected = 0, ignored = 0, waiting = 0;
};

// mirror.certificate, mirror.prove
struct MirrorEntityInput {
    std::string entity;
};
struct MirrorLeftOut {
    std::string field;
    std::string reason;
};
struct MirrorCertificate {
    std::string entity;
    std::int64_t certificate = 0;
    std::string status;  // certified, refused
    std::vector<std::string> reasons;
    std::string cut;
    std::string contents;  // read, stamps
    std::string contents_at;
    std::int64_t overlap_s = 0, ids = 0, archived = 0;
    std::string ids_digest, root;
    std::vector<MirrorLeftOut> left_out;
    json::Object scope;
    std::string run, made_at;
};
struct MirrorProveInput {
    std::string entity;
    std::int64_t id = 0;
};
struct MirrorProofStep {
    std::string side;  // where the sibling stands: left, right
    std::string sibling;
};
struct MirrorProof {
    std::string entity;
    std::int64_t id = 0;
    std::string hash, root, cut;
    std::int64_t certificate = 0;
    std::vector<MirrorProofStep> steps;
};

// mirror.verify
struct MirrorVerifyInput {
    std::string entity;  // "" = all that were pulled
    std::int64_t sample = 1000;
    bool full = false;
    bool offline = false;
};
struct MirrorFinding {
    std::string what;  // tampered, late, content, moved
    std::int64_t id = 0;
    std::string field, stored, live;
};
struct MirrorVerifyRow {
    std::string entity;
    bool good = false;
    std::string certificate;  // certified, refused, ""
    std::string cut;
    bool root_same = false, ids_same = false;
    std::int64_t stored = 0, remote = 0, created = 0, changed = 0, missing = 0;
    std::int64_t contents_total = 0, contents_read = 0;
    double chance_of_one = 0, chance_of_percent = 0;
    std::int64_t tampered = 0, late = 0, content = 0, moved = 0, calls = 0;
    std::vector<MirrorFinding> findings;
};
struct MirrorVerified {
    bool good = false;
    bool offline = false;
    std::vector<MirrorVerifyRow> entities;
    std::int64_t calls = 0;
};

// mirror.drift, mirror.contract, mirror.control, mirror.activity
struct MirrorDriftInput {
    std::string entity;  // "" = all
    std::int64_t rows_max = 100;
};
struct MirrorDriftList {
    std::vector<MirrorDriftView> drift;  // newest first
};
struct MirrorContractInput {
    std::string entity;
    std::string contract;  // evolve, freeze, discard
};
struct MirrorControlInput {
    std::string pull;  // an entity, or the run of its pull
    std::string what;  // pause, resume, cancel
};
struct MirrorActivityInput {
    std::string entity;
    std::int64_t rows_max = 50;
};
struct MirrorActivityRow {
    std::string run, entity, kind, state, by, started_at, ended_at;
    double seconds = 0;
    std::int64_t total = 0, done = 0, created = 0, updated = 0, deleted = 0, unchanged = 0;
    std::int64_t calls = 0, bytes = 0, errors = 0;
    std::string error;
};
struct MirrorActivity {
    std::vector<MirrorActivityRow> data;  // newest first
    std::int64_t rowCount = 0;
};

// mirror.validate
struct MirrorCheck {
    std::string area;  // products, customers, orders, inventory, platform
    std::string check;
    std::string result;  // pass, fail, skipped
    std::string expected, found;
    std::string evidence;
};
struct MirrorValidation {
    std::string run;
    bool good = false;
    std::int64_t passed = 0, failed = 0, skipped = 0;
    std::vector<MirrorCheck> checks;
};

}  // namespace syncline::actions
