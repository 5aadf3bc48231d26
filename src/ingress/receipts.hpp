// What was received, kept as it came: the bytes, the headers that matter, and what became of it. SQL of ingress.*.
//
// A receipt is about some entities; each of them has a state of its own:
//   received -> processing -> processed
//                          -> failed (tried again)  -> dead
//                          -> parked (waits for something named)
// The state of a receipt is that of its entity that has farthest to go, "processed" when it is about none, and
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
    std::string digest;       // see digest_of(): with the endpoint, its key
    std::string correlation;  // UUID: from here to the outbound header and the ledger
    Understood understood;
    net::Headers headers;  // kept_headers()
    std::string body;      // "" when it was forgotten
    Time received_at{};
    std::string state;  // see above
    std::string reason;
    std::string run;  // that processed it
    int duplicates = 0;
};

// What makes two requests the same one: SHA-256 in hex over the body. For Standard Webhooks over id and body: there,
// saying the same thing twice is two events.
std::string digest_of(Source source, const net::Headers& headers, std::string_view body);

struct Stored {
    std::int64_t id = 0;
    bool duplicate = false;
    std::string correlation;  // of the first one, when it is a duplicate
};

// In the order given. The same again (by digest, or by event id; of Odoo by digest only) is a duplicate of the first,
// in the store or within `receipts`; it is counted, and its delivery id noted.
Result<std::vector<Stored>> store(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& receipts);

inline constexpr int kTakeMax = 500;  // at once; the rest is found by forgotten()

// Those of `subject` (a job's subject) that wait or failed, or that a worker which is gone had taken, oldest first; and
// marks them processing. Of their subjects only this one is told.
Result<std::vector<Receipt>> take(pg::Transaction& tx, const access::OrgId& org, const std::string& subject, Time now);
// What became of that entity of these receipts. Without `subject`: of all their entities that are being processed.
Result<void> finish(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::int64_t>& ids,
                    std::string_view state, const std::string& reason, const std::string& run, Time now,
                    const std::string& subject = {});
// Subjects that wait, or are being processed, since before `before` (a job was lost, or a process died): they need a
// new job. What failed is not among them: its job waits to be tried again, or lies with the dead.
Result<std::vector<std::string>> forgotten(pg::Transaction& tx, const access::OrgId& org, Time before, int most);

struct Filter {
    std::string state, endpoint, subject, correlation;  // "" = all
    std::optional<std::int64_t> id;
    std::optional<std::int64_t> before;  // only those with lower numbers: the next page
    std::optional<Time> from, to;
    int rows_max = 100;
};
// Newest first.
Result<std::vector<Receipt>> list(pg::Transaction& tx, const access::OrgId& org, const Filter& filter);
// Back to `received`, for replay. What is in quarantine is read anew: this program may understand it. One whose body
// was forgotten keeps its state. Answers the subjects that need a job, of all of them.
Result<std::vector<std::string>> reopen(pg::Transaction& tx, const access::OrgId& org,
                                        const std::vector<std::int64_t>& ids, Time now);
// Delivery ids older than `delivery_ids_before` are forgotten; bodies and headers of receipts that were processed and
// are older than `bodies_before` too. Answers how many rows were touched.
Result<std::int64_t> clean_up(pg::Transaction& tx, const access::OrgId& org, Time delivery_ids_before,
                              Time bodies_before);
// When each endpoint last received something that verified.
Result<std::vector<std::pair<std::string, Time>>> last_received(pg::Transaction& tx, const access::OrgId& org);

}  // namespace syncline::ingress
