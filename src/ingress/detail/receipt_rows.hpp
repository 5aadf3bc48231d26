// Receipts as rows.
#pragma once

#include <string>
#include <vector>

#include "ingress/receipts.hpp"

namespace syncline::ingress::detail {

// Of ingress.receipts as r; read_receipt() needs all of them.
inline constexpr std::string_view kReceiptColumns =
    "r.receipt, r.endpoint, r.source, encode(r.digest, 'hex') as digest, r.event_id, r.delivery_id, r.correlation,"
    " r.kind, r.quarantine, r.headers, r.body, (extract(epoch from r.received_at) * 1000000)::bigint as received_us,"
    " r.duplicates ";

// Without subjects, state, reason and run. kInternal when the store holds what this program did not write.
Result<Receipt> read_receipt(const pg::Rows& rows, std::size_t row);

std::string headers_json(const net::Headers& headers);
// "plane/item/<uuid>" and its container.
Subject subject_from(std::string_view text, std::string_view container);
// Rows of the inbox for receipts that have just been stored, or understood anew. What is there stays as it is.
Result<void> add_to_inbox(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& receipts,
                          Time now);

}  // namespace syncline::ingress::detail
