// What goes into and comes out of the actions on what was received, on the queue, and on the addresses that receive.
// Plain data, as in types.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

struct NumberInput {
    std::int64_t id = 0;
};

// inbox.list
struct InboxInput {
    std::string state;        // received, processing, processed, failed, parked, dead, quarantined; "" = all
    std::string endpoint;     // "" = all
    std::string subject;      // "plane/item/<uuid>"; "" = all
    std::int64_t before = 0;  // only those with lower numbers: the next page; 0 = from the newest
    std::int64_t rows_max = 100;
};
struct ReceiptRow {
    std::int64_t id = 0;
    std::string received_at;
    std::string endpoint;
    std::string source;  // plane, odoo, github, ci, standard
    std::string kind;    // "issue.updated"
    std::vector<std::string> subjects;
    std::string state;
    std::string reason;
    std::int64_t duplicates = 0;  // of the same event, that came after it
    std::string correlation;
};
struct ReceiptList {
    std::vector<ReceiptRow> receipts;  // newest first
    bool more = false;                 // than were asked for
};

// inbox.show
struct HeaderView {
    std::string name;
    std::string value;
};
struct CausedView {
    std::string at;
    std::string link;
    std::string title;
    std::string side;
    std::string action;
    json::Array changes;
    std::string detail;
};
struct ReceiptView {
    ReceiptRow receipt;
    std::string meaning;  // of its state, and what to do
    std::string digest;
    std::string event_id;
    std::string delivery_id;
    std::string run;  // that processed it
    std::vector<HeaderView> headers;
    json::Value body;  // null when it was forgotten; text when it is not JSON
    bool body_kept = true;
    std::vector<CausedView> caused;  // what that run did to its records, oldest first
};

// dlq.list, dlq.show
struct DeadView {
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    std::string title;  // of the record, where it is known
    std::string link;
    std::string reason;   // from a fixed list
    std::string meaning;  // of the reason
    std::string advice;   // what to do
    std::string error;    // the last one
    std::int64_t attempts = 0;
    std::int64_t deaths = 1;  // in a row: it was retried, and died again
    std::string enqueued_at;
    std::string died_at;
    std::string correlation;
};
struct DeadList {
    std::vector<DeadView> jobs;  // newest first
    bool more = false;
};
struct DeadJobView {
    DeadView job;
    json::Object payload;
};

// dlq.retry, dlq.drop
struct RetryInput {
    std::int64_t id = 0;
    bool all = false;
};
struct RetryReport {
    std::int64_t retried = 0;
    bool more = false;  // some are left: ask again
};
struct DropInput {
    std::int64_t id = 0;
    std::string why;
    std::string by;
};

// inbox.replay
struct ReplayInput {
    std::string what;      // a receipt's number, a subject, or anything that names a record; "" = by the rest
    std::string endpoint;  // "" = all
    std::string state;     // "" = all that are not waiting already
    std::string from;      // an instant, a day, or how long ago: "2h"; "" = no bound
    std::string to;
    std::int64_t before = 0;  // only those with lower numbers: where the last answer ended
    bool yes = false;         // false: only tells what it would do
};
struct ReplayReport {
    bool done = false;
    std::int64_t receipts = 0;          // that are reopened
    std::int64_t looks = 0;             // subjects that are looked at
    std::int64_t looks_added = 0;       // of these, that did not wait in the queue already; 0 when not done
    std::int64_t about_nothing = 0;     // left alone: there is nothing to look at
    std::int64_t waiting = 0;           // left alone: they are waiting or at work already
    std::int64_t forgotten = 0;         // not reopened, their bytes are gone; their records are looked at
    std::int64_t next_before = 0;       // older ones match too: ask again with this as `before`; 0 = that was all
    std::vector<ReceiptRow> sample;     // some of the receipts
    std::vector<std::string> subjects;  // some of the subjects
};

// hooks.list
struct HookView {
    std::string name;
    std::string source;
    std::string url;
    std::string problem;        // why it cannot receive: its secret has no value, …; "" = it can
    std::string last_received;  // "" = never
    std::int64_t received = 0;  // in the last day
    std::int64_t duplicates = 0;
    std::int64_t quarantined = 0;
    bool silent = false;  // something that should have been announced was not
    std::string silent_since;
    std::string paste;  // what to enter where
};
struct HookList {
    std::vector<HookView> hooks;
};

}  // namespace syncline::actions
