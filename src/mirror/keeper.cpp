#include "mirror/keeper.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace syncline::mirror {
namespace {

// Rows that changed wait here for their statement: COPY is not allowed into a table with row level security. Each
// session has its own.
constexpr std::string_view kStage =
    "create temp table if not exists mirror_stage (external_id bigint, hash bytea, stamp timestamp(0), active boolean, "
    "name text, sku text, email text, number text, sync_data text) on commit delete rows";

// What is stored of these ids, which mostly follow each other: one walk along the key's index: the order
// keeps the planner from the other indexes that end in the id, where it would walk through all of the entity for each
// chunk. So it does for a join with the ids and for a list of them, as long as the table has no statistics.
constexpr std::string_view kStoredBetween =
    "select external_id, hash, gone_at is null from odoo.records "
    "where org_id = $1 and connector = $2 and entity = $3 and external_id between $4 and $5 "
    "order by external_id";
// Where many others lie between them: one look into that index for each.
constexpr std::string_view kStoredEach =
    "select r.external_id, r.hash, r.gone_at is null from unnest($4::bigint[]) as i(id) cross join lateral ("
    "select external_id, hash, gone_at from odoo.records where org_id = $1 and connector = $2 and entity = $3 "
    "and external_id = i.id limit 1) r";
constexpr std::int64_t kGapMax = 3;  // ids that may lie between two for a walk to be worth it

constexpr std::string_view kKeepOld =
    "insert into odoo.versions (org_id, connector, entity, external_id, version, hash, stamp, gone, run, seen_at, "
    "until, "
    "sync_data) select r.org_id, r.connector, r.entity, r.external_id, r.version, r.hash, r.stamp, "
    "r.gone_at is not null, r.run, r.seen_at, $4, r.sync_data from odoo.records r ";

constexpr std::string_view kPutNew =
    "insert into odoo.records as r (org_id, connector, entity, external_id, version, hash, stamp, active, name, sku, "
    "email, "
    "number, run, seen_at, sync_data) select $1, $2, $3, s.external_id, 1, s.hash, s.stamp, s.active, s.name, s.sku, "
    "s.email, s.number, $5::uuid, $4, s.sync_data::json from mirror_stage s ";
// Only where some are known: looking for a conflict costs a new row a tenth more.
constexpr std::string_view kOverOld =
    "on conflict (org_id, connector, entity, external_id) do update set version = r.version + 1, hash = excluded.hash, "
    "stamp = excluded.stamp, active = excluded.active, gone_at = null, gone_why = null, name = excluded.name, "
    "sku = excluded.sku, email = excluded.email, number = excluded.number, run = excluded.run, "
    "seen_at = excluded.seen_at, sync_data = excluded.sync_data";

pg::Params staged(const Row& row) {
    std::optional<std::string> stamp;
    if (!row.stamp.empty()) stamp = row.stamp;
    return {row.id, pg::bytea_literal(row.hash), stamp, row.active, row.name, row.sku, row.email, row.number, row.data};
}

struct Differing {
    std::vector<pg::Params> stage;    // rows that are not stored as they are now
    std::vector<std::int64_t> known;  // those of them that have an older version
};

Differing compare(const std::vector<Row>& rows, const pg::Rows& stored) {
    std::vector<std::pair<std::int64_t, std::size_t>> places;
    places.reserve(stored.size());
    for (std::size_t i = 0; i < stored.size(); ++i) places.emplace_back(stored.integer(i, 0), i);
    std::ranges::sort(places);
    Differing differing;
    for (const Row& row : rows) {
        const auto place = std::ranges::lower_bound(places, std::pair(row.id, std::size_t(0)));
        const bool known = place != places.end() && place->first == row.id;
        if (known && stored.boolean(place->second, 2) && stored.text(place->second, 1) == pg::bytea_literal(row.hash)) {
            continue;
        }
        differing.stage.push_back(staged(row));
        if (known) differing.known.push_back(row.id);
    }
    return differing;
}

}  // namespace

KeptCounts& KeptCounts::operator+=(const KeptCounts& other) {
    created += other.created;
    updated += other.updated;
    deleted += other.deleted;
    unchanged += other.unchanged;
    return *this;
}

std::string label(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    if (text.size() <= kLabelBytesMax) return std::string(text);
    std::size_t end = kLabelBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end));
}

Result<pg::Rows> Keeper::stored(pg::Transaction& tx, const std::vector<Row>& rows) const {
    const auto [first, last] = std::ranges::minmax_element(rows, {}, &Row::id);
    if ((last->id - first->id) / (kGapMax + 1) < std::ssize(rows)) {
        return tx.exec(kStoredBetween, {source_.org.text(), source_.connector, entity_, first->id, last->id});
    }
    std::vector<std::int64_t> ids;
    for (const Row& row : rows) ids.push_back(row.id);
    return tx.exec(kStoredEach, {source_.org.text(), source_.connector, entity_, pg::array_literal(ids)});
}

Result<KeptCounts> Keeper::keep(pg::Transaction& tx, const std::vector<Row>& rows) {
    KeptCounts counts;
    if (rows.empty()) return counts;
    const auto [stage, known] = compare(rows, TRY(stored(tx, rows)));
    counts.unchanged = static_cast<std::int64_t>(rows.size() - stage.size());
    if (stage.empty()) return counts;

    TRY(tx.exec(kStage));
    TRY(tx.copy_in("mirror_stage", stage));
    const std::string now = format_iso(clock_.now());
    if (!known.empty()) {
        static const std::string kSql =
            std::string(kKeepOld) +
            "where r.org_id = $1 and r.connector = $2 and r.entity = $3 and r.external_id = any($5::bigint[])";
        TRY(tx.exec(kSql, {source_.org.text(), source_.connector, entity_, now, pg::array_literal(known)}));
    }
    static const std::string kPutAny = std::string(kPutNew) + std::string(kOverOld);
    const std::string_view put = known.empty() ? kPutNew : std::string_view(kPutAny);
    TRY(tx.exec(put, {source_.org.text(), source_.connector, entity_, now, run_}));
    counts.updated = static_cast<std::int64_t>(known.size());
    counts.created = static_cast<std::int64_t>(stage.size() - known.size());
    return counts;
}

Result<KeptCounts> Keeper::gone(pg::Transaction& tx, const std::vector<std::int64_t>& ids, std::string_view why) {
    KeptCounts counts;
    if (ids.empty()) return counts;
    const std::string now = format_iso(clock_.now());
    const std::string list = pg::array_literal(ids);
    static const std::string kOld =
        std::string(kKeepOld) +
        "where r.org_id = $1 and r.connector = $2 and r.entity = $3 and r.external_id = any($5::bigint[]) "
        "and r.gone_at is null";
    TRY(tx.exec(kOld, {source_.org.text(), source_.connector, entity_, now, list}));
    const pg::Rows rows = TRY(tx.exec(
        "update odoo.records set version = version + 1, gone_at = $4, gone_why = $6, seen_at = $4, run = $7 "
        "where org_id = $1 and connector = $2 and entity = $3 and external_id = any($5::bigint[]) and gone_at is null",
        {source_.org.text(), source_.connector, entity_, now, list, why, run_}));
    counts.deleted = rows.affected();
    return counts;
}

Result<void> Keeper::take_all(pg::Transaction& tx) {
    TRY(
        tx.exec("update odoo.records set taken = version where org_id = $1 and connector = $2 and entity = $3 "
                "and status <> 'in_sync'",
                {source_.org.text(), source_.connector, entity_}));
    return ok();
}

}  // namespace syncline::mirror
