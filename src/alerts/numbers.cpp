#include "alerts/numbers.hpp"

namespace syncline::alerts {

Result<Failing> failing_links(pg::Transaction& tx, const access::OrgId& org) {
    const pg::Rows rows =
        TRY(tx.exec("select l.profile, l.link, l.title, l.failures, coalesce(l.last_error, '') as error, "
                    "coalesce(c.plane_id, case when l.container is null then l.plane_id end, '') as project, "
                    "count(*) over () as total from sync.links l left join sync.links c on c.org_id = l.org_id "
                    "and c.profile = l.profile and c.link = l.container where l.org_id = $1 and l.failures >= $2 "
                    "order by exists (select from ops.alerts a where a.org_id = l.org_id and a.kind = $3 "
                    "and a.subject = l.link and a.closed_at is null) desc, l.failures desc, l.profile, l.link limit $4",
                    {org.text(), kFailuresMin, kEntityFailing, kFailingShown}));
    Failing found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.total = rows.integer(i, "total");
        found.links.push_back({std::string(rows.text(i, "profile")), std::string(rows.text(i, "link")),
                               std::string(rows.text(i, "title")), std::string(rows.text(i, "project")),
                               static_cast<int>(rows.integer(i, "failures")), std::string(rows.text(i, "error"))});
    }
    return found;
}

Result<Attempts> attempts_since(pg::Transaction& tx, const access::OrgId& org, Time since) {
    const pg::Rows rows =
        TRY(tx.exec("select count(*) as tried, count(*) filter (where action in ('failed', 'refused')) as failed "
                    "from ledger.entries where org_id = $1 and at >= $2 and action in "
                    "('created', 'updated', 'archived', 'restored', 'adopted', 'failed', 'refused')",
                    {org.text(), format_iso(since)}));
    return Attempts{rows.integer(0, "tried"), rows.integer(0, "failed")};
}

}  // namespace syncline::alerts
