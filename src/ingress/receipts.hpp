// What was received, kept as it came: the bytes, the headers that matter, and what became of it. SQL of ingress.*.
//
//   received -> processing -> processed
//                          -> failed (tried again)  -> dead
//                          -> parked (waits for something named)
//   quarantined: verified, but not understood; `syncline inbox` shows it, nothing is thrown away
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/org.hpp"
#include "ingress/understand.hpp"
#include "pg/database.hpp"

namespace syncline::ingress {

struct Receipt {
    std::int64_t id = 0;  // given by the store
    std::string endpoint;
    Source source = Source::kPlane;
    std::string digest;       // SHA-256 of the body, hex: with the endpoint, its key
    std::string correlation;  // UUID: from here to the outbound header and the ledger
    Understood understood;
    net::Headers headers;  // those that verification and audit need; no credentials
    std::string body;
    Time received_at{};
    std::string state;  // see above
    std::string reason;
    std::string run;  // that processed it
    int duplicates = 0;
};

struct Stored {
    std::int64_t id = 0;
    bool duplicate = false;
    std::string correlation;  // of the first one, when it is a duplicate
};

// In the order given. Equal ones within `receipts` are duplicates of the first.
Result<std::vector<Stored>> store(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& receipts);

// Those of `subject` (a job's subject) that wait, oldest first, and marks them processing.
Result<std::vector<Receipt>> take(pg::Transaction& tx, const access::OrgId& org, const std::string& subject, Time now);
Result<void> finish(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::int64_t>& ids,
                    std::string_view state, const std::string& reason, const std::string& run, Time now);
// Subjects with receipts that wait since before `before` (a job was lost, or a process died): they need a new job.
Result<std::vector<std::string>> forgotten(pg::Transaction& tx, const access::OrgId& org, Time before, int most);

struct Filter {
    std::string state, endpoint, subject;  // "" = all
    std::optional<std::int64_t> id;
    std::optional<Time> from, to;
    int rows_max = 100;
};
// Newest first.
Result<std::vector<Receipt>> list(pg::Transaction& tx, const access::OrgId& org, const Filter& filter);
// Back to `received`, for replay. Answers the subjects that need a job.
Result<std::vector<std::string>> reopen(pg::Transaction& tx, const access::OrgId& org,
                                        const std::vector<std::int64_t>& ids, Time now);
// Delivery ids older than seven days are forgotten; bodies of processed receipts older than `bodies_before` too.
Result<std::int64_t> clean_up(pg::Transaction& tx, const access::OrgId& org, Time delivery_ids_before,
                              Time bodies_before);
// When each endpoint last received something that verified.
Result<std::vector<std::pair<std::string, Time>>> last_received(pg::Transaction& tx, const access::OrgId& org);

}  // namespace syncline::ingress
