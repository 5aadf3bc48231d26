// The story of a change, across the rooms: what came in, which jobs it caused, which runs did them, what they said,
// wrote and lost. Reads only; a read model over the tables of ingress, jobs, ops and ledger.
#pragma once

#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"
#include "profile/profile.hpp"

namespace syncline::dispatch {

inline constexpr int kTraceRowsMax = 1000;    // of a story; the newest stay
inline constexpr int kTraceHandlesMax = 200;  // correlations, runs, links, subjects that are followed

struct TraceRow {
    Time at{};
    std::string what;    // "receipt", "inbox", "job", "run", "event", "entry", "conflict"
    std::string about;   // a link, a subject, a run: what the row is about
    std::string detail;  // for people, one line
};

struct Trace {
    std::string id;
    std::string kind;  // what the id was taken for: "correlation", "run", "receipt", "job", "link", "subject", "record"
    std::vector<std::string> correlations;
    std::vector<std::string> links;
    std::vector<TraceRow> rows;  // oldest first
    bool cut = false;            // there is more than rows_max
};

// `id`: a correlation or run (UUID), "receipt/12" or "12", "job/7", a link key ("task/odoo/42"), a subject
// ("plane/item/UUID", "odoo/project.task/42"), or a record's id at its peer. kNotFound when nothing is known of it.
Result<Trace> trace(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                    const std::string& id, int rows_max = kTraceRowsMax);

}  // namespace syncline::dispatch
