#include "ingress/detail/receipt_rows.hpp"

#include "json/json.hpp"

namespace syncline::ingress::detail {
namespace {

Result<net::Headers> read_headers(std::string_view text) {
    const json::Value list = TRY(json::parse(text));
    net::Headers headers;
    if (!list.is_array()) return make_error(Errc::kInternal, "the headers of a receipt are no list");
    for (const json::Value& pair : list.get_array()) {
        const bool good = pair.is_array() && pair.get_array().size() == 2 && pair.get_array()[0].is_string() &&
                          pair.get_array()[1].is_string();
        if (!good) return make_error(Errc::kInternal, "the headers of a receipt are no list of pairs");
        headers.add(std::string(pair.get_array()[0].get_string()), std::string(pair.get_array()[1].get_string()));
    }
    return headers;
}

}  // namespace

Result<Receipt> read_receipt(const pg::Rows& rows, std::size_t row) {
    Receipt receipt;
    receipt.id = rows.integer(row, "receipt");
    receipt.endpoint = rows.text(row, "endpoint");
    receipt.source = TRY(parse_source(rows.text(row, "source")));
    receipt.digest = rows.text(row, "digest");
    receipt.correlation = rows.text(row, "correlation");
    receipt.understood.kind = rows.text(row, "kind");
    receipt.understood.event_id = rows.text(row, "event_id");
    receipt.understood.delivery_id = rows.text(row, "delivery_id");
    receipt.understood.quarantine = rows.text(row, "quarantine");
    receipt.headers = TRY(read_headers(rows.text(row, "headers")));
    receipt.body = rows.bytes(row, "body");
    receipt.received_at = Time(Micros(rows.integer(row, "received_us")));
    receipt.duplicates = static_cast<int>(rows.integer(row, "duplicates"));
    return receipt;
}

std::string headers_json(const net::Headers& headers) {
    json::Array list;
    for (const auto& [name, value] : headers) {
        json::Array pair;
        pair.push_back(json::Value(name));
        pair.push_back(json::Value(value));
        list.push_back(std::move(pair));
    }
    return json::canonical(list);
}

Subject subject_from(std::string_view text, std::string_view container) {
    const std::size_t first = text.find('/');
    const std::size_t last = text.rfind('/');
    if (first == text.npos || first == last) return {};
    return {std::string(text.substr(0, first)), std::string(text.substr(first + 1, last - first - 1)),
            std::string(text.substr(last + 1)), std::string(container)};
}

Result<void> add_to_inbox(pg::Transaction& tx, const access::OrgId& org, const std::vector<Receipt>& receipts,
                          Time now) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> subjects, containers;
    for (const Receipt& receipt : receipts) {
        for (const Subject& subject : receipt.understood.subjects) {
            ids.push_back(receipt.id);
            subjects.push_back(subject.text());
            containers.push_back(subject.container);
        }
    }
    if (ids.empty()) return ok();
    TRY(
        tx.exec("insert into ingress.inbox (org_id, receipt, subject, container, changed_at)"
                " select $1, g.receipt, g.subject, g.container, $2::timestamptz"
                " from unnest($3::bigint[], $4::text[], $5::text[]) as g (receipt, subject, container)"
                " on conflict do nothing",
                {org.text(), format_iso(now), pg::array_literal(ids), pg::array_literal(subjects),
                 pg::array_literal(containers)}));
    return ok();
}

}  // namespace syncline::ingress::detail
