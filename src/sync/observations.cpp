#include "sync/observations.hpp"

#include <iterator>

#include "sync/issues.hpp"

namespace syncline::sync {

namespace {

merge::Presence presence_of(std::string_view text) {
    if (text == "archived") return merge::Presence::kArchived;
    if (text == "gone") return merge::Presence::kGone;
    return merge::Presence::kPresent;
}

Result<std::vector<Observation>> observations_of(const pg::Rows& rows) {
    std::vector<Observation> found;
    found.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Observation observation;
        observation.entity = rows.text(i, "entity");
        observation.id = rows.text(i, "id");
        observation.container = rows.text(i, "container");
        observation.stamp = rows.text(i, "stamp");
        observation.presence = presence_of(rows.text(i, "presence"));
        if (json::Value seen = TRY(json::parse(rows.text(i, "seen"))); seen.is_object()) {
            observation.seen = std::move(seen.as_object());
        }
        observation.digest = rows.text(i, "digest");
        found.push_back(std::move(observation));
    }
    return found;
}

Result<SeenById> seen_by_id(const pg::Rows& rows) {
    SeenById found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Seen seen{std::string(rows.text(i, "stamp")),
                  std::string(rows.text(i, "digest")),
                  presence_of(rows.text(i, "presence")),
                  Time(Micros(rows.integer(i, "seen_us"))),
                  {}};
        if (!rows.is_null(i, "carried")) {
            json::Value carried = TRY(json::parse(rows.text(i, "carried")));
            if (carried.is_object()) seen.carried = std::move(carried.as_object());
        }
        found.emplace(rows.text(i, "id"), std::move(seen));
    }
    return found;
}

// The column "id" of each row.
Ids ids_of(const pg::Rows& rows) {
    Ids ids;
    ids.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) ids.emplace_back(rows.text(i, "id"));
    return ids;
}

constexpr std::string_view kColumns =
    "select entity, id, container, stamp, presence, seen, digest from sync.observations ";

}  // namespace

Result<SeenById> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           std::string_view container) {
    return seen_by_id(
        TRY(tx.exec("select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, "
                    "null as carried from sync.observations where org_id = $1 and profile = $2 and peer = $3 "
                    "and entity = $4 and ($5 = '' or container = $5)",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, container})));
}

Result<SeenById> load_seen_of(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                              std::string_view entity, const Ids& ids) {
    return seen_by_id(
        TRY(tx.exec("select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, "
                    "null as carried from sync.observations where org_id = $1 and profile = $2 and peer = $3 "
                    "and entity = $4 and id = any($5::text[])",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids)})));
}

Result<SeenById> load_carried(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                              std::string_view container, const Ids* ids) {
    static_assert(std::size(kCarried) == 2, "the statements below name each of them");
    if (ids) {
        return seen_by_id(TRY(tx.exec(
            "select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, "
            "jsonb_strip_nulls(jsonb_build_object('cycle', seen->'cycle', 'blocked_by', seen->'blocked_by')) as "
            "carried from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' and entity = $3 "
            "and id = any($4::text[])",
            {scope.org.text(), scope.profile, entity, pg::array_literal(*ids)})));
    }
    return seen_by_id(
        TRY(tx.exec("select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, "
                    "jsonb_strip_nulls(jsonb_build_object('cycle', seen->'cycle', 'blocked_by', seen->'blocked_by')) "
                    "as carried from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' "
                    "and entity = $3 and container = $4",
                    {scope.org.text(), scope.profile, entity, container})));
}

Result<std::map<std::string, InCycle, std::less<>>> items_in_cycles(pg::Transaction& tx, const access::Scope& scope,
                                                                    std::string_view entity,
                                                                    std::string_view container) {
    const pg::Rows rows =
        TRY(tx.exec("select id, seen->>'cycle' as cycle, presence = 'present' as present from sync.observations "
                    "where org_id = $1 and profile = $2 and peer = 'plane' and entity = $3 and container = $4 "
                    "and seen->>'cycle' <> ''",
                    {scope.org.text(), scope.profile, entity, container}));
    std::map<std::string, InCycle, std::less<>> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.emplace(rows.text(i, "id"), InCycle{std::string(rows.text(i, "cycle")), rows.boolean(i, "present")});
    }
    return found;
}

Result<std::map<std::string, std::string, std::less<>>> containers_of(pg::Transaction& tx, const access::Scope& scope,
                                                                      record::Peer peer, std::string_view entity,
                                                                      const Ids& ids) {
    const pg::Rows rows =
        TRY(tx.exec("select id, container from sync.observations where org_id = $1 and profile = $2 and peer = $3 "
                    "and entity = $4 and id = any($5::text[]) and container is not null",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids)}));
    std::map<std::string, std::string, std::less<>> found;
    for (std::size_t i = 0; i < rows.size(); ++i) found.emplace(rows.text(i, "id"), rows.text(i, "container"));
    return found;
}

Result<std::vector<Observation>> load_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                                                   std::string_view entity, const std::vector<std::string>& ids) {
    pg::Rows rows =
        TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and profile = $2 and peer = $3 and entity = $4 "
                                            "and id = any($5::text[])",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids)}));
    return observations_of(rows);
}

Result<std::vector<Observation>> load_all_observations(pg::Transaction& tx, const access::Scope& scope,
                                                       record::Peer peer, std::string_view entity,
                                                       std::string_view container) {
    pg::Rows rows =
        TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and profile = $2 and peer = $3 and entity = $4 "
                                            "and ($5 = '' or container = $5) order by id",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, container}));
    return observations_of(rows);
}

Result<Ids> save_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                              const std::vector<Observation>& observations, Time at, bool settled) {
    // One statement takes a bounded piece of them: the parameter is one JSON text.
    constexpr std::size_t kRowsPerStatement = 1000;
    Ids changed;
    for (std::size_t from = 0; from < observations.size(); from += kRowsPerStatement) {
        json::Array rows;
        json::Array issues;
        for (std::size_t i = from; i < std::min(from + kRowsPerStatement, observations.size()); ++i) {
            const Observation& observation = observations[i];
            rows.push_back(json::Object{{"entity", observation.entity},
                                        {"id", observation.id},
                                        {"container", observation.container},
                                        {"stamp", observation.stamp},
                                        {"presence", merge::to_string(observation.presence)},
                                        {"seen", observation.seen},
                                        {"digest", observation.digest}});
            if (peer != record::Peer::kPlane || observation.presence == merge::Presence::kGone) continue;
            if (std::optional<json::Object> issue = issue_of(observation.seen)) issues.push_back(std::move(*issue));
        }
        // `before` tells what differs; a row that was dirty stays so until a plan has taken it into account.
        pg::Rows answer = TRY(tx.exec(
            "with r as (select * from jsonb_to_recordset($4::jsonb) as r(entity text, id text, container text, "
            "stamp text, presence text, seen jsonb, digest text)), "
            "before as (select r.entity, r.id, o.digest is distinct from r.digest or o.presence is distinct from "
            "r.presence "
            "as differs from r left join sync.observations o on o.org_id = $1 and o.profile = $2 and o.peer = $3 "
            "and o.entity = r.entity and o.id = r.id), "
            "written as (insert into sync.observations as o (org_id, profile, peer, entity, id, container, stamp, "
            "presence, "
            "seen, digest, dirty, seen_at) select $1, $2, $3, r.entity, r.id, nullif(r.container, ''), r.stamp, "
            "r.presence, "
            "r.seen, r.digest, not $6::boolean, $5::timestamptz from r "
            "on conflict (org_id, profile, peer, entity, id) do update set container = excluded.container, "
            "stamp = excluded.stamp, presence = excluded.presence, seen = excluded.seen, digest = excluded.digest, "
            "seen_at = excluded.seen_at, dirty = case when $6::boolean then false else o.dirty or "
            "o.digest is distinct from excluded.digest or o.presence is distinct from excluded.presence end) "
            "select id from before where differs",
            {scope.org.text(), scope.profile, record::to_string(peer), json::canonical(rows), format_iso(at),
             settled}));
        TRY(keep_issues(tx, scope, std::move(issues)));
        Ids differ = ids_of(answer);
        changed.insert(changed.end(), std::make_move_iterator(differ.begin()), std::make_move_iterator(differ.end()));
    }
    return changed;
}

Result<Ids> mark_presence(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                          const Ids& ids, merge::Presence presence) {
    if (ids.empty()) return Ids{};
    Ids changed = ids_of(TRY(tx.exec(
        "update sync.observations set presence = $6, dirty = true where org_id = $1 and profile = $2 and peer = $3 "
        "and entity = $4 and id = any($5::text[]) and presence <> $6 returning id",
        {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids),
         merge::to_string(presence)})));
    const bool lost = peer == record::Peer::kPlane && presence == merge::Presence::kGone;
    if (lost) TRY(forget_issues(tx, scope, changed));
    return changed;
}

Result<Ids> forget_stamps(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                          const std::vector<std::string>& fields, const Ids& ids) {
    if (fields.empty() || ids.empty()) return Ids{};
    return ids_of(
        TRY(tx.exec("update sync.observations o set stamp = '' where org_id = $1 and profile = $2 and peer = $3 "
                    "and entity = $4 and presence <> 'gone' and " +
                        std::string(kNamesOneOf) + " returning id",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(fields),
                     pg::array_literal(ids)})));
}

Result<void> mark_planned(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& link_keys) {
    if (link_keys.empty()) return ok();
    // Each side by the observation's whole key: an "or" over both sides, or a condition on `dirty` that lets the
    // planner take the index of dirty rows, would walk all of them for every link.
    TRY(tx.exec(
        "with k as materialized (select l.entity, p.peer, case p.peer when 'odoo' then l.odoo_id::text else l.plane_id "
        "end as id from sync.links l cross join (values ('odoo'), ('plane')) as p(peer) where l.org_id = $1 and "
        "l.profile = $2 and l.link = any($3::text[])) "
        "update sync.observations o set dirty = false from k where o.org_id = $1 and o.profile = $2 and "
        "o.peer = k.peer and o.entity = k.entity and o.id = k.id and coalesce(o.dirty, false)",
        {scope.org.text(), scope.profile, pg::array_literal(link_keys)}));
    return ok();
}

}  // namespace syncline::sync
