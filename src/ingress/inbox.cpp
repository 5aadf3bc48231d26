// What waits because of receipts. SQL of ingress.inbox.
#include "ingress/detail/receipt_rows.hpp"
#include "ingress/receipts.hpp"

namespace syncline::ingress {
namespace {

std::vector<std::string> texts(const pg::Rows& rows) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < rows.size(); ++i) all.emplace_back(rows.text(i, std::size_t(0)));
    return all;
}

// Reads again what was in quarantine.
Result<void> understand_anew(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::int64_t>& ids,
                             Time now) {
    const pg::Rows rows =
        TRY(tx.exec("select " + std::string(detail::kReceiptColumns) +
                        "from ingress.receipts r where r.org_id = $1 and r.receipt = any($2::bigint[])"
                        " and r.quarantine <> '' and r.body is not null order by r.receipt",
                    {org.text(), pg::array_literal(ids)}));
    std::vector<Receipt> receipts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Receipt receipt = TRY(detail::read_receipt(rows, i));
        const Result<Understood> understood = understand(receipt.source, receipt.headers, receipt.body);
        if (!understood) continue;  // stays where it is, with its reason
        receipt.understood = *understood;
        TRY(tx.exec("update ingress.receipts set kind = $3, quarantine = $4 where org_id = $1 and receipt = $2",
                    {org.text(), receipt.id, receipt.understood.kind, receipt.understood.quarantine}));
        receipts.push_back(std::move(receipt));
    }
    return detail::add_to_inbox(tx, org, receipts, now);
}

}  // namespace

Result<std::vector<Receipt>> take(pg::Transaction& tx, const access::OrgId& org, const std::string& subject, Time now) {
    const pg::Rows rows = TRY(tx.exec(
        // Materialized: a subquery would be run again for each row, and its limit with it.
        "with due as materialized (select o.receipt from ingress.inbox o"
        "       where o.org_id = $1 and o.subject = $2 and o.open order by o.receipt limit $4 for update),"
        " mine as (update ingress.inbox i set state = 'processing', changed_at = $3::timestamptz from due"
        "       where i.org_id = $1 and i.subject = $2 and i.receipt = due.receipt returning i.receipt, i.container)"
        " select mine.container, " +
            std::string(detail::kReceiptColumns) +
            "from mine join ingress.receipts r on r.org_id = $1 and r.receipt = mine.receipt order by r.receipt",
        {org.text(), subject, format_iso(now), kTakeMax}));
    std::vector<Receipt> taken;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Receipt receipt = TRY(detail::read_receipt(rows, i));
        receipt.understood.subjects.push_back(detail::subject_from(subject, rows.text(i, "container")));
        receipt.state = "processing";
        taken.push_back(std::move(receipt));
    }
    return taken;
}

Result<void> finish(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::int64_t>& ids,
                    std::string_view state, const std::string& reason, const std::string& run, Time now,
                    const std::string& subject) {
    if (ids.empty()) return ok();
    TRY(
        tx.exec("update ingress.inbox i set state = $3, reason = $4, run = nullif($5, '')::uuid,"
                " changed_at = $6::timestamptz"
                " from (select o.receipt, o.subject from ingress.inbox o"
                "       where o.org_id = $1 and o.receipt = any($2::bigint[])"
                "       and (o.subject = $7 or ($7 = '' and o.state = 'processing'))"
                "       order by o.receipt, o.subject for update) due"
                " where i.org_id = $1 and i.receipt = due.receipt and i.subject = due.subject",
                {org.text(), pg::array_literal(ids), state, reason, run, format_iso(now), subject}));
    return ok();
}

Result<std::vector<std::string>> forgotten(pg::Transaction& tx, const access::OrgId& org, Time before, int most) {
    return texts(
        TRY(tx.exec("select subject from ingress.inbox where org_id = $1 and open"
                    " and state in ('received', 'processing') and changed_at < $2::timestamptz"
                    " group by subject order by min(changed_at), subject limit $3",
                    {org.text(), format_iso(before), most})));
}

Result<std::vector<std::string>> reopen(pg::Transaction& tx, const access::OrgId& org,
                                        const std::vector<std::int64_t>& ids, Time now) {
    TRY(understand_anew(tx, org, ids, now));
    TRY(
        tx.exec("update ingress.inbox i set state = 'received', reason = '', run = null, changed_at = $3::timestamptz"
                " from (select o.receipt, o.subject from ingress.inbox o join ingress.receipts r"
                "       on r.org_id = $1 and r.receipt = o.receipt and r.body is not null"
                "       where o.org_id = $1 and o.receipt = any($2::bigint[])"
                "       order by o.receipt, o.subject for update of o) due"
                " where i.org_id = $1 and i.receipt = due.receipt and i.subject = due.subject",
                {org.text(), pg::array_literal(ids), format_iso(now)}));
    return texts(
        TRY(tx.exec("select distinct subject from ingress.inbox where org_id = $1"
                    " and receipt = any($2::bigint[]) order by subject",
                    {org.text(), pg::array_literal(ids)})));
}

}  // namespace syncline::ingress
