#include "actions/detail/receipts.hpp"

namespace syncline::actions::detail {

ReceiptRow receipt_row(const ingress::Receipt& receipt) {
    ReceiptRow row;
    row.id = receipt.id;
    row.received_at = format_iso(receipt.received_at);
    row.endpoint = receipt.endpoint;
    row.source = ingress::to_string(receipt.source);
    row.kind = receipt.understood.kind;
    for (const ingress::Subject& subject : receipt.understood.subjects) row.subjects.push_back(subject.text());
    row.state = receipt.state;
    row.reason = receipt.reason.empty() ? receipt.understood.quarantine : receipt.reason;
    row.duplicates = receipt.duplicates;
    row.correlation = receipt.correlation;
    return row;
}

Result<ingress::Receipt> load_receipt(pg::Transaction& tx, const access::Scope& scope, std::int64_t id) {
    ingress::Filter filter;
    filter.id = id;
    filter.rows_max = 1;
    std::vector<ingress::Receipt> found = TRY(ingress::list(tx, scope.org, filter));
    if (found.empty()) {
        return make_error(Errc::kNotFound, "there is no receipt " + std::to_string(id),
                          "`syncline inbox` lists them with their numbers");
    }
    return std::move(found.front());
}

}  // namespace syncline::actions::detail
