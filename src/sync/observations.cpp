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
        observation.dirty = rows.boolean(i, "dirty");
        found.push_back(std::move(observation));
    }
    return found;
}

Result<Seen> seen_of(const pg::Rows& rows, std::size_t row) {
    Seen seen{std::string(rows.text(row, "stamp")),
              std::string(rows.text(row, "digest")),
              presence_of(rows.text(row, "presence")),
              Time(Micros(rows.integer(row, "seen_us"))),
              rows.boolean(row, "dirty"),
              {}};
    if (!rows.is_null(row, "carried")) {
        json::Value carried = TRY(json::parse(rows.text(row, "carried")));
        if (carried.is_object()) seen.carried = std::move(carried.as_object());
    }
    return seen;
}

Result<SeenById> seen_by_id(const pg::Rows& rows) {
    SeenById found;
    for (std::size_t i = 0; i < rows.size(); ++i) found.emplace(rows.text(i, "id"), TRY(seen_of(rows, i)));
    return found;
}

// The column "id" of each row.
Ids ids_of(const pg::Rows& rows) {
    Ids ids;
    ids.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) ids.emplace_back(rows.text(i, "id"));
    return ids;
}

// Records of both peers, as the arrays that a statement takes.
struct Addresses {
    Addresses(const PeerIds& odoo, const PeerIds& plane) {
        Ids of_peers;
        Ids of_entities;
        Ids all_ids;
        const auto add = [&](std::string_view peer, const PeerIds& records) {
            for (const auto& [entity, id] : records) {
                of_peers.emplace_back(peer);
                of_entities.push_back(entity);
                all_ids.push_back(id);
            }
        };
        add("odoo", odoo);
        add("plane", plane);
        peers = pg::array_literal(of_peers);
        entities = pg::array_literal(of_entities);
        ids = pg::array_literal(all_ids);
    }
    std::string peers;
    std::string entities;
    std::string ids;
};

constexpr std::string_view kSeenColumns =
    "select entity, id, container, stamp, presence, seen, digest, dirty from sync.observations ";

}  // namespace

Result<SeenById> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           std::string_view container) {
    SeenByEntity found = TRY(load_seen(tx, scope, peer, Ids{std::string(entity)}, container));
    return std::move(found.begin()->second);
}

Result<SeenByEntity> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, const Ids& entities,
                               std::string_view container) {
    const pg::Rows rows = TRY(
        tx.exec("select entity, id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as "
                "seen_us, dirty, null as carried from sync.observations where org_id = $1 and profile = $2 and "
                "peer = $3 and entity = any($4::text[]) and ($5 = '' or container = $5)",
                {scope.org.text(), scope.profile, record::to_string(peer), pg::array_literal(entities), container}));
    SeenByEntity found;
    for (const std::string& entity : entities) found.try_emplace(entity);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Seen seen = TRY(seen_of(rows, i));
        found.find(rows.text(i, "entity"))->second.emplace(rows.text(i, "id"), std::move(seen));
    }
    return found;
}

Result<SeenById> load_seen_of(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                              std::string_view entity, const Ids& ids) {
    return seen_by_id(TRY(tx.exec(
        "select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, dirty, "
        "null as carried from sync.observations where org_id = $1 and profile = $2 and peer = $3 "
        "and entity = $4 and id = any($5::text[])",
        {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids)})));
}

Result<SeenById> load_carried(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                              std::string_view container, const Ids* ids) {
    static_assert(std::size(kCarried) == 2, "the statements below name each of them");
    if (ids) {
        return seen_by_id(TRY(tx.exec(
            "select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, dirty, "
            "jsonb_strip_nulls(jsonb_build_object('cycle', seen->'cycle', 'blocked_by', seen->'blocked_by')) as "
            "carried from sync.observations where org_id = $1 and profile = $2 and peer = 'plane' and entity = $3 "
            "and id = any($4::text[])",
            {scope.org.text(), scope.profile, entity, pg::array_literal(*ids)})));
    }
    return seen_by_id(TRY(tx.exec(
        "select id, stamp, digest, presence, (extract(epoch from seen_at) * 1000000)::bigint as seen_us, dirty, "
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
        TRY(tx.exec(std::string(kSeenColumns) + "where org_id = $1 and profile = $2 and peer = $3 and entity = $4 "
                                                "and id = any($5::text[])",
                    {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(ids)}));
    return observations_of(rows);
}

Result<Observations> load_observations(pg::Transaction& tx, const access::Scope& scope, const PeerIds& odoo,
                                       const PeerIds& plane) {
    Observations found;
    if (odoo.empty() && plane.empty()) return found;
    const Addresses named(odoo, plane);
    const pg::Rows rows = TRY(tx.exec(
        "select o.entity, o.id, o.container, o.stamp, o.presence, o.seen, o.digest, o.dirty, o.peer = 'odoo' as "
        "of_odoo from unnest($3::text[], $4::text[], $5::text[]) as n(peer, entity, id) join sync.observations o "
        "on o.org_id = $1 and o.profile = $2 and o.peer = n.peer and o.entity = n.entity and o.id = n.id",
        {scope.org.text(), scope.profile, named.peers, named.entities, named.ids}));
    std::vector<Observation> all = TRY(observations_of(rows));
    for (std::size_t i = 0; i < all.size(); ++i) {
        (rows.boolean(i, "of_odoo") ? found.odoo : found.plane).push_back(std::move(all[i]));
    }
    return found;
}

Result<std::vector<Observation>> load_all_observations(pg::Transaction& tx, const access::Scope& scope,
                                                       record::Peer peer, std::string_view entity,
                                                       std::string_view container) {
    pg::Rows rows =
        TRY(tx.exec(std::string(kSeenColumns) + "where org_id = $1 and profile = $2 and peer = $3 and entity = $4 "
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

Result<void> mark_planned(pg::Transaction& tx, const access::Scope& scope, const PeerIds& odoo, const PeerIds& plane) {
    if (odoo.empty() && plane.empty()) return ok();
    const Addresses named(odoo, plane);
    // By each observation's whole key: a condition on `dirty` that lets the planner take the index of dirty rows would
    // walk all of them for every record.
    TRY(
        tx.exec("update sync.observations o set dirty = false "
                "from unnest($3::text[], $4::text[], $5::text[]) as n(peer, entity, id) where o.org_id = $1 "
                "and o.profile = $2 and o.peer = n.peer and o.entity = n.entity and o.id = n.id "
                "and coalesce(o.dirty, false)",
                {scope.org.text(), scope.profile, named.peers, named.entities, named.ids}));
    return ok();
}

}  // namespace syncline::sync
