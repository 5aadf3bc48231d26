#include "ledger/detail/chain_store.hpp"

#include <algorithm>

namespace syncline::ledger {

namespace {

// Both tables with their columns side by side; $1 is the org, $2 and $3 the places.
constexpr std::string_view kRows =
    "select 'entry' as kind, seq, encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash, entry as id, "
    "run, "
    "to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as at, profile, link, side as a, action as b, "
    "changes::text as c, detail as d, null as e from ledger.entries where org_id = $1 and seq > $2 and seq <= $3 "
    "union all "
    "select 'conflict', seq, encode(prev_hash, 'hex'), encode(hash, 'hex'), conflict, run, "
    "to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), profile, link, field, winner, "
    "winning::text, losing::text, reason from ledger.conflicts where org_id = $1 and seq > $2 and seq <= $3 "
    "order by seq, kind limit $4";

ChainRow row_at(const pg::Rows& rows, std::size_t i) {
    ChainRow row;
    row.conflict = rows.text(i, "kind") == "conflict";
    row.seq = rows.integer(i, "seq");
    row.prev_hash = rows.text(i, "prev_hash");
    row.hash = rows.text(i, "hash");
    for (const char* column : {"id", "run", "at", "profile", "link", "a", "b", "c", "d", "e"}) {
        row.fields.push_back(rows.optional_text(i, column));
    }
    if (!row.conflict) row.fields.pop_back();
    return row;
}

}  // namespace

Result<ChainEnds> chain_ends(pg::Database& store, const access::OrgId& org) {
    return store.transact(org.text(), [&](pg::Transaction& tx) -> Result<ChainEnds> {
        const pg::Rows rows = TRY(tx.exec(
            "with head as (select coalesce((select seq from ledger.heads where org_id = $1), 0) as seq) select "
            "head.seq, "
            "(select encode(hash, 'hex') from ledger.heads where org_id = $1) as hash, "
            "(select count(*) from ledger.entries where org_id = $1 and (seq > head.seq or seq < 1 or seq is null)) + "
            "(select count(*) from ledger.conflicts where org_id = $1 and (seq > head.seq or seq < 1 or seq is null)) "
            "as outside from head",
            {org.text()}));
        ChainEnds found;
        found.head.seq = rows.integer(0, "seq");
        if (!rows.is_null(0, "hash")) found.head.hash = rows.text(0, "hash");
        found.outside = rows.integer(0, "outside");
        return found;
    });
}

Result<std::vector<ChainRow>> rows_after(pg::Database& store, const access::OrgId& org, std::int64_t after,
                                         std::int64_t last) {
    return store.transact(org.text(), [&](pg::Transaction& tx) -> Result<std::vector<ChainRow>> {
        // Twins of a place can lie in both tables, and a store that was tampered with may hold any number of them.
        const pg::Rows rows =
            TRY(tx.exec(kRows, {org.text(), after, std::min(after + kChainPageRows, last), 2 * kChainPageRows}));
        std::vector<ChainRow> page;
        for (std::size_t i = 0; i < rows.size(); ++i) page.push_back(row_at(rows, i));
        return page;
    });
}

}  // namespace syncline::ledger
