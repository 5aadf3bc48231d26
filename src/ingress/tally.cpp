#include "ingress/tally.hpp"

namespace syncline::ingress {

Result<std::vector<Tally>> tally(pg::Transaction& tx, const access::OrgId& org,
                                 const std::vector<std::string>& endpoints, Time since) {
    const pg::Rows rows =
        TRY(tx.exec("select g.endpoint, (select count(*) from (select from ingress.receipts r where r.org_id = $1"
                    "  and r.endpoint = g.endpoint and r.received_at >= $3::timestamptz limit $4) c) as received,"
                    " (select count(*) from (select from ingress.redeliveries d where d.org_id = $1"
                    "  and d.endpoint = g.endpoint and d.received_at >= $3::timestamptz limit $4) c) as duplicates,"
                    " (select count(*) from (select from ingress.receipts r where r.org_id = $1 and r.quarantine <> ''"
                    "  and r.endpoint = g.endpoint and r.received_at >= $3::timestamptz limit $4) c) as quarantined"
                    " from unnest($2::text[]) with ordinality as g (endpoint, n) order by g.n",
                    {org.text(), pg::array_literal(endpoints), format_iso(since), kTallyMax}));
    std::vector<Tally> tallies;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        tallies.push_back({std::string(rows.text(i, "endpoint")), rows.integer(i, "received"),
                           rows.integer(i, "duplicates"), rows.integer(i, "quarantined")});
    }
    return tallies;
}

Result<Waiting> waiting(pg::Transaction& tx, const access::OrgId& org) {
    const pg::Rows rows =
        TRY(tx.exec("select count(*) filter (where state = 'received') as received,"
                    " count(*) filter (where state = 'processing') as processing,"
                    " count(*) filter (where state = 'failed') as failed,"
                    " (select count(*) from (select from ingress.receipts r where r.org_id = $1 and r.quarantine <> ''"
                    "  limit $2) q) as quarantined"
                    " from (select state from ingress.inbox where org_id = $1 and open limit $2) i",
                    {org.text(), kTallyMax}));
    return Waiting{rows.integer(0, "received"), rows.integer(0, "processing"), rows.integer(0, "failed"),
                   rows.integer(0, "quarantined")};
}

}  // namespace syncline::ingress
