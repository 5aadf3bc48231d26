// What goes into and comes out of the actions that show how things stand and prove it: alerts, the ledger's chain, the
// story of a change, the chain of reasons of one record. Plain data, as in types.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/json.hpp"

namespace syncline::actions {

// alerts.list
struct AlertsInput {
    bool all = false;  // those that are over, too
    std::int64_t rows_max = 200;
};
struct AlertView {
    std::int64_t id = 0;
    std::string severity;  // warning, critical
    std::string kind;      // the rule: docs/operations.md has a page for each
    std::string subject;   // what to look at: a link, an endpoint, a peer
    std::string title;
    std::string detail;
    std::string cure;  // one line: what to do
    std::string opened_at;
    std::string last_seen;
    std::int64_t count = 1;
    std::string closed_at;     // "" = open
    std::string notified_at;   // told wherever it had to be; "" = not yet
    std::string notify_error;  // why not
};
struct AlertList {
    std::vector<AlertView> alerts;
    bool more = false;
};

// trace.show
struct TraceInput {
    std::string id;  // a correlation, run, receipt ("receipt/12", "12"), job ("job/7"), link, subject, or a record's id
    std::int64_t rows_max = 1000;
};
struct TraceRowView {
    std::string at;
    std::string what;   // receipt, inbox, job, run, event, entry, conflict
    std::string about;  // a link, a subject, a run
    std::string title;  // of a link
    std::string detail;
};
struct TraceView {
    std::string id;
    std::string kind;  // what it was taken for
    std::vector<std::string> correlations;
    std::vector<std::string> links;
    std::vector<TraceRowView> rows;  // oldest first
    bool cut = false;                // older ones were left out
};

// links.explain: one link of the chain from a change to both sides having it.
struct ReasonView {
    std::string step;   // known, seen, announced, queue, peers, coverage, guard, parked, decision, tried, values
    std::string state;  // ok; note (works, but); waits (goes on by itself); stopped (a person has to do something)
    std::string says;
    std::string cure;  // what to do; "" = nothing
};

// ledger.verify
struct VerifyInput {
    std::string head;  // as noted before: "42:9f86d0…"; "" = none
};
struct VerifyReport {
    bool good = false;
    std::int64_t entries = 0;    // rows that are good, from the first on
    std::int64_t first_bad = 0;  // the place of the first that is not; 0 = all are
    std::string what;            // is wrong there
    std::string head;            // worth noting somewhere safe, when all are good
    bool against_head = false;   // compared with a head that was noted
};

// ledger export
struct ExportReport {
    std::string file;
    std::int64_t rows = 0;
    std::string head;
};

// conflicts.resolve
struct ResolveInput {
    std::int64_t id = 0;  // of the pair that waits
    std::string winner;   // odoo, plane
    std::string by;
};
struct ResolveReport {
    std::int64_t id = 0;
    std::string link;
    std::string title;
    std::string field;
    std::string winner;
    json::Value winning;
    json::Value losing;  // kept
};

}  // namespace syncline::actions
