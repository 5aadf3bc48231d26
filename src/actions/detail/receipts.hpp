// Receipts as actions answer them. Reads only.
#pragma once

#include "access/scope.hpp"
#include "actions/event_types.hpp"
#include "ingress/receipts.hpp"

namespace syncline::actions::detail {

ReceiptRow receipt_row(const ingress::Receipt& receipt);
// kNotFound.
Result<ingress::Receipt> load_receipt(pg::Transaction& tx, const access::Scope& scope, std::int64_t id);

}  // namespace syncline::actions::detail
