#include "sync/coverage.hpp"

#include "sync/links.hpp"

namespace syncline::sync {

namespace {

std::optional<Time> instant(const pg::Rows& rows, std::size_t row, std::string_view column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return Time(Micros(rows.integer(row, column)));
}

// $3 the container entity, $4 now, $5 when the look at Plane began and $6, $7 the projects that it saw lightly and
// whole, $8 when the sweep of Odoo began: null where there was none.
std::string statement() {
    return "with looked as (select l.link as container, 'plane' as peer, n.method, $5::timestamptz as since "
           "from (select id, 'light' as method from unnest($6::text[]) as id union all select id, 'full' from "
           "unnest($7::text[]) as id) as n join sync.links l on l.org_id = $1 and l.profile = $2 and l.entity = $3 "
           "and l.plane_id = n.id and l.status <> 'tombstone' "
           "union all select link, 'odoo', 'sweep', $8::timestamptz from sync.links where org_id = $1 "
           "and profile = $2 and entity = $3 and container is null and odoo_id is not null "
           "and status <> 'tombstone' and $8::timestamptz is not null), "
           "unsettled as (select coalesce(l.container, case when l.entity <> $3 then $3 || '/odoo/' || o.container "
           "end, l.link) as container from (" +
           std::string(kAskingForPlan) + " union " + std::string(kParked) +
           ") as u join sync.links l on l.org_id = $1 and l.profile = $2 and l.link = u.link "
           "left join sync.observations o on o.org_id = $1 and o.profile = $2 and o.peer = 'odoo' "
           "and o.entity = l.entity and o.id = l.odoo_id::text), "
           "waiting as (select container, count(*) as links from unsettled group by container) "
           "insert into sync.coverage as c (org_id, profile, container, peer, covered_until, seen_until, "
           "complete_until, waiting, looked_at, method) "
           "select $1, $2, l.container, l.peer, case when w.links is null then l.since end, l.since, "
           "case when l.method <> 'light' then l.since end, coalesce(w.links, 0), $4::timestamptz, l.method "
           "from looked l left join waiting w using (container) "
           "on conflict (org_id, profile, container, peer) do update set "
           "covered_until = greatest(c.covered_until, excluded.covered_until), "
           "seen_until = greatest(c.seen_until, excluded.seen_until), "
           "complete_until = greatest(c.complete_until, excluded.complete_until), "
           "waiting = excluded.waiting, looked_at = excluded.looked_at, method = excluded.method";
}

}  // namespace

Result<void> cover(pg::Transaction& tx, const access::Scope& scope, const Proof& proof) {
    static const std::string sql = statement();
    std::optional<std::string> swept;
    if (proof.odoo_swept) swept = format_iso(*proof.odoo_swept);
    TRY(tx.exec(
        sql, {scope.org.text(), scope.profile, proof.container_entity, format_iso(proof.now),
              format_iso(proof.plane_began), pg::array_literal(proof.light), pg::array_literal(proof.whole), swept}));
    return ok();
}

Result<std::vector<Coverage>> coverage(pg::Transaction& tx, const access::Scope& scope) {
    const pg::Rows rows =
        TRY(tx.exec("select c.container, l.title, c.peer, c.waiting, c.method, "
                    "(extract(epoch from c.covered_until) * 1000000)::bigint as covered_us, "
                    "(extract(epoch from c.seen_until) * 1000000)::bigint as seen_us, "
                    "(extract(epoch from c.complete_until) * 1000000)::bigint as complete_us, "
                    "(extract(epoch from c.looked_at) * 1000000)::bigint as looked_us "
                    "from sync.coverage c join sync.links l on l.org_id = c.org_id and l.profile = c.profile "
                    "and l.link = c.container where c.org_id = $1 and c.profile = $2 and l.status <> 'tombstone' "
                    "order by l.title, c.container, c.peer",
                    {scope.org.text(), scope.profile}));
    std::vector<Coverage> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Coverage one;
        one.container = rows.text(i, "container");
        one.title = rows.text(i, "title");
        one.peer = rows.text(i, "peer") == "odoo" ? record::Peer::kOdoo : record::Peer::kPlane;
        one.covered_until = instant(rows, i, "covered_us");
        one.seen_until = instant(rows, i, "seen_us");
        one.complete_until = instant(rows, i, "complete_us");
        one.waiting = rows.integer(i, "waiting");
        one.looked_at = Time(Micros(rows.integer(i, "looked_us")));
        one.method = rows.text(i, "method");
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace syncline::sync
