// Looking back at what was received, and forgetting it in time.
#include <algorithm>
#include <map>

#include "ingress/detail/receipt_rows.hpp"
#include "ingress/receipts.hpp"

namespace syncline::ingress {
namespace {

bool is_uuid(std::string_view text) {
    return text.size() == 36 && text.find_first_not_of("0123456789abcdefABCDEF-") == text.npos && text[8] == '-' &&
           text[13] == '-' && text[18] == '-' && text[23] == '-' && std::count(text.begin(), text.end(), '-') == 4;
}

// Which entity of a receipt speaks for it.
constexpr std::string_view kFarthestToGo =
    " left join lateral (select i.state, i.reason, i.run from ingress.inbox i"
    "  where i.org_id = r.org_id and i.receipt = r.receipt order by array_position("
    "  array['processing', 'received', 'failed', 'parked', 'dead', 'processed'], i.state), i.subject limit 1) s on "
    "true";

// A query that grows by the conditions that are asked for: each is a constant text, with its value as a parameter.
class Query {
public:
    explicit Query(const access::OrgId& org) : params_{org.text()} {}
    void where(std::string_view before, pg::Param value, std::string_view after = {}) {
        params_.push_back(std::move(value));
        text_.append(" and ").append(before).append("$").append(std::to_string(params_.size())).append(after);
    }
    void where(std::string_view condition) { text_.append(" and ").append(condition); }
    std::string mark(pg::Param value) {
        params_.push_back(std::move(value));
        return "$" + std::to_string(params_.size());
    }
    const std::string& text() const { return text_; }
    const pg::Params& params() const { return params_; }

private:
    std::string text_;
    pg::Params params_;
};

void where_state(Query& query, const std::string& state) {
    if (state == "quarantined") {
        query.where("r.quarantine <> ''");
    } else if (state == "processed") {
        query.where(
            "r.quarantine = '' and not exists (select from ingress.inbox i where i.org_id = r.org_id"
            " and i.receipt = r.receipt and i.state <> 'processed')");
    } else {
        query.where(
            "exists (select from ingress.inbox i where i.org_id = r.org_id and i.receipt = r.receipt"
            " and i.state = ",
            state, ")");
    }
}

Query query_of(const access::OrgId& org, const Filter& filter) {
    Query query(org);
    if (filter.id) query.where("r.receipt = ", *filter.id);
    if (filter.before) query.where("r.receipt < ", *filter.before);
    if (!filter.endpoint.empty()) query.where("r.endpoint = ", filter.endpoint);
    if (!filter.correlation.empty()) query.where("r.correlation = ", filter.correlation, "::uuid");
    if (filter.from) query.where("r.received_at >= ", format_iso(*filter.from), "::timestamptz");
    if (filter.to) query.where("r.received_at < ", format_iso(*filter.to), "::timestamptz");
    if (!filter.state.empty()) where_state(query, filter.state);
    if (!filter.subject.empty()) {
        query.where(
            "exists (select from ingress.inbox i where i.org_id = r.org_id and i.receipt = r.receipt"
            " and i.subject = ",
            filter.subject, ")");
    }
    return query;
}

Result<void> add_subjects(pg::Transaction& tx, const access::OrgId& org, std::vector<Receipt>& receipts) {
    std::map<std::int64_t, Receipt*> by_id;
    std::vector<std::int64_t> ids;
    for (Receipt& receipt : receipts) {
        by_id[receipt.id] = &receipt;
        ids.push_back(receipt.id);
    }
    const pg::Rows rows =
        TRY(tx.exec("select receipt, subject, container from ingress.inbox where org_id = $1"
                    " and receipt = any($2::bigint[]) order by receipt, subject",
                    {org.text(), pg::array_literal(ids)}));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        by_id[rows.integer(i, "receipt")]->understood.subjects.push_back(
            detail::subject_from(rows.text(i, "subject"), rows.text(i, "container")));
    }
    return ok();
}

constexpr std::string_view kDeliveryIds = "delivery ids";
constexpr std::string_view kBodies = "bodies";

// From where the last clean-up of each ended; and notes that it has come to these times now.
Result<std::map<std::string, std::string, std::less<>>> advance(pg::Transaction& tx, const access::OrgId& org,
                                                                Time delivery_ids, Time bodies) {
    std::map<std::string, std::string, std::less<>> from{{std::string(kDeliveryIds), "-infinity"},
                                                         {std::string(kBodies), "-infinity"}};
    const pg::Rows rows =
        TRY(tx.exec("select what, upto::text as upto from ingress.cleaned where org_id = $1 and what in ($2, $3)"
                    " order by what for update",
                    {org.text(), kDeliveryIds, kBodies}));
    for (std::size_t i = 0; i < rows.size(); ++i) from[std::string(rows.text(i, "what"))] = rows.text(i, "upto");
    TRY(
        tx.exec("insert into ingress.cleaned as c (org_id, what, upto) values ($1, $3, $5::timestamptz),"
                " ($1, $2, $4::timestamptz)"
                " on conflict (org_id, what) do update set upto = greatest(c.upto, excluded.upto)",
                {org.text(), kDeliveryIds, kBodies, format_iso(delivery_ids), format_iso(bodies)}));
    return from;
}

}  // namespace

Result<std::vector<Receipt>> list(pg::Transaction& tx, const access::OrgId& org, const Filter& filter) {
    if (!filter.correlation.empty() && !is_uuid(filter.correlation)) return std::vector<Receipt>();
    Query query = query_of(org, filter);
    const std::string limit = query.mark(filter.rows_max);
    const pg::Rows rows = TRY(tx.exec(
        "select " + std::string(detail::kReceiptColumns) +
            ", case when r.quarantine <> '' then 'quarantined' else coalesce(s.state, 'processed') end as state,"
            " case when r.quarantine <> '' then r.quarantine else coalesce(s.reason, '') end as reason, s.run"
            " from ingress.receipts r" +
            std::string(kFarthestToGo) + " where r.org_id = $1" + query.text() + " order by r.receipt desc limit " +
            limit,
        query.params()));
    std::vector<Receipt> receipts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Receipt receipt = TRY(detail::read_receipt(rows, i));
        receipt.state = rows.text(i, "state");
        receipt.reason = rows.text(i, "reason");
        receipt.run = rows.text(i, "run");
        receipts.push_back(std::move(receipt));
    }
    TRY(add_subjects(tx, org, receipts));
    return receipts;
}

Result<std::int64_t> clean_up(pg::Transaction& tx, const access::OrgId& org, Time delivery_ids_before,
                              Time bodies_before) {
    const auto from = TRY(advance(tx, org, delivery_ids_before, bodies_before));
    const pg::Rows ids =
        TRY(tx.exec("update ingress.receipts set delivery_id = null where org_id = $1 and delivery_id is not null"
                    " and received_at >= $2::timestamptz and received_at < $3::timestamptz",
                    {org.text(), from.find(kDeliveryIds)->second, format_iso(delivery_ids_before)}));
    const pg::Rows redeliveries =
        TRY(tx.exec("delete from ingress.redeliveries where org_id = $1"
                    " and received_at < $2::timestamptz",
                    {org.text(), format_iso(delivery_ids_before)}));
    const pg::Rows bodies = TRY(
        tx.exec("update ingress.receipts r set body = null, headers = '[]' where r.org_id = $1 and r.body is not null"
                " and r.received_at >= $2::timestamptz and r.received_at < $3::timestamptz and r.quarantine = ''"
                " and not exists (select from ingress.inbox i where i.org_id = $1 and i.receipt = r.receipt"
                "                 and i.state <> 'processed')",
                {org.text(), from.find(kBodies)->second, format_iso(bodies_before)}));
    return ids.affected() + redeliveries.affected() + bodies.affected();
}

// Jumps from endpoint to endpoint in the index: there are few of them, and very many receipts.
Result<std::vector<std::pair<std::string, Time>>> last_received(pg::Transaction& tx, const access::OrgId& org) {
    const pg::Rows rows = TRY(
        tx.exec("with recursive e as ("
                " (select endpoint from ingress.receipts where org_id = $1 order by endpoint limit 1)"
                " union all"
                " select (select r.endpoint from ingress.receipts r where r.org_id = $1 and r.endpoint > e.endpoint"
                "         order by r.endpoint limit 1) from e where e.endpoint is not null)"
                " select e.endpoint, (extract(epoch from greatest("
                "  (select r.received_at from ingress.receipts r where r.org_id = $1 and r.endpoint = e.endpoint"
                "   order by r.received_at desc limit 1),"
                "  (select d.received_at from ingress.redeliveries d where d.org_id = $1 and d.endpoint = e.endpoint"
                "   order by d.received_at desc limit 1))) * 1000000)::bigint as last_us"
                " from e where e.endpoint is not null order by e.endpoint",
                {org.text()}));
    std::vector<std::pair<std::string, Time>> last;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        last.emplace_back(rows.text(i, "endpoint"), Time(Micros(rows.integer(i, "last_us"))));
    }
    return last;
}

}  // namespace syncline::ingress
