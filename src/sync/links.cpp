#include "sync/links.hpp"

#include <set>

namespace syncline::sync {

std::string_view to_string(LinkStatus status) {
    switch (status) {
        case LinkStatus::kNew: return "new";
        case LinkStatus::kIntended: return "intended";
        case LinkStatus::kActive: return "active";
        case LinkStatus::kTombstone: return "tombstone";
    }
    return "new";
}

void PeerRecords::add(const LinkIndex& link) {
    if (!link.odoo_id.empty()) odoo.emplace_back(link.entity, link.odoo_id);
    if (!link.plane_id.empty()) plane.emplace_back(link.entity, link.plane_id);
}

Result<LinkStatus> parse_link_status(std::string_view text) {
    if (text == "new") return LinkStatus::kNew;
    if (text == "intended") return LinkStatus::kIntended;
    if (text == "active") return LinkStatus::kActive;
    if (text == "tombstone") return LinkStatus::kTombstone;
    return make_error(Errc::kStore, "unknown link status '" + std::string(text) + "' in the store");
}

namespace {

Result<LinkIndex> index_of(const pg::Rows& rows, std::size_t row) {
    LinkIndex index;
    index.key = rows.text(row, "link");
    index.entity = rows.text(row, "entity");
    index.container = rows.text(row, "container");
    index.odoo_id = rows.text(row, "odoo_id");
    index.plane_id = rows.text(row, "plane_id");
    index.status = TRY(parse_link_status(rows.text(row, "status")));
    return index;
}

json::Array to_json(const std::vector<merge::Parked>& parked) {
    json::Array array;
    for (const merge::Parked& entry : parked) {
        array.push_back(json::Object{{"field", entry.field}, {"reason", entry.reason}, {"detail", entry.detail}});
    }
    return array;
}

std::vector<merge::Parked> parked_of(const json::Value& value) {
    std::vector<merge::Parked> parked;
    if (!value.is_array()) return parked;
    for (const json::Value& entry : value.as_array()) {
        parked.push_back({std::string(json::text_or(entry, "field")), std::string(json::text_or(entry, "reason")),
                          std::string(json::text_or(entry, "detail"))});
    }
    return parked;
}

// A refusal is kept as "HASH at TIME": it is not for ever.
constexpr std::string_view kAt = " at ";

void take_refusal(std::string_view text, Link& link) {
    const std::size_t at = text.find(kAt);
    link.refused_hash = text.substr(0, at);
    if (at == std::string_view::npos) return;
    if (const Result<Time> time = parse_time(text.substr(at + kAt.size()))) link.refused_at = *time;
}

std::string refusal_of(const Link& link) {
    if (link.refused_hash.empty()) return {};
    return link.refused_hash + std::string(kAt) + format_iso(link.refused_at);
}

// The peer failed, but not for good: the next sync tries again.
bool fails(const Link& link) { return link.failures > 0 && link.refused_hash.empty(); }

}  // namespace

Result<std::vector<LinkIndex>> load_link_index(pg::Transaction& tx, const access::Scope& scope) {
    pg::Rows rows =
        TRY(tx.exec("select link, entity, container, odoo_id, plane_id, status from sync.links "
                    "where org_id = $1 and profile = $2",
                    {scope.org.text(), scope.profile}));
    std::vector<LinkIndex> links;
    links.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) links.push_back(TRY(index_of(rows, i)));
    return links;
}

Result<std::vector<LinkIndex>> find_links(pg::Transaction& tx, const access::Scope& scope,
                                          const std::vector<std::string>& keys, const PeerIds& odoo,
                                          const PeerIds& plane) {
    // Only what is asked for: mostly that is one of the three, and PostgreSQL readies each before it runs any.
    std::string sql;
    pg::Params params{scope.org.text(), scope.profile};
    const auto mark = [&](std::string value) {
        params.emplace_back(std::move(value));
        return "$" + std::to_string(params.size());
    };
    if (!keys.empty()) {
        sql +=
            "select link, entity, container, odoo_id, plane_id, status from sync.links where org_id = $1 "
            "and profile = $2 and link = any(" +
            mark(pg::array_literal(keys)) + "::text[])";
    }
    const auto add = [&](const PeerIds& all, std::string_view column, std::string_view type) {
        if (all.empty()) return;
        std::vector<std::string> entities;
        std::vector<std::string> ids;
        for (const auto& [entity, id] : all) {
            entities.push_back(entity);
            ids.push_back(id);
        }
        const std::string of_entities = mark(pg::array_literal(entities));
        const std::string with_ids = mark(pg::array_literal(ids));
        sql += std::string(sql.empty() ? "" : " union all ") +
               "select l.link, l.entity, l.container, l.odoo_id, l.plane_id, l.status from unnest(" + of_entities +
               "::text[], " + with_ids + "::" + std::string(type) +
               "[]) as n(entity, id) join sync.links l on l.org_id = $1 and l.profile = $2 " +
               "and l.entity = n.entity and l." + std::string(column) + " = n.id";
    };
    add(odoo, "odoo_id", "bigint");
    add(plane, "plane_id", "text");
    std::vector<LinkIndex> links;
    if (sql.empty()) return links;
    const pg::Rows rows = TRY(tx.exec(sql, params));
    links.reserve(rows.size());
    std::set<std::string_view> found;  // several names may be one link's
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (found.insert(rows.text(i, "link")).second) links.push_back(TRY(index_of(rows, i)));
    }
    return links;
}

Result<std::vector<Link>> load_links(pg::Transaction& tx, const access::Scope& scope,
                                     const std::vector<std::string>& keys) {
    pg::Rows rows =
        TRY(tx.exec("select link, entity, container, odoo_id, plane_id, status, title, base, echoes, parked, "
                    "refused_hash, failures, "
                    "last_error, replan from sync.links where org_id = $1 and profile = $2 and link = any($3::text[])",
                    {scope.org.text(), scope.profile, pg::array_literal(keys)}));
    std::vector<Link> links;
    links.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Link link;
        link.index = TRY(index_of(rows, i));
        link.title = rows.text(i, "title");
        if (!rows.is_null(i, "base")) {
            link.base = TRY(record::fields_from_json(TRY(json::parse(rows.text(i, "base")))));
        }
        link.echoes = TRY(profile::echoes_from_json(TRY(json::parse(rows.text(i, "echoes")))));
        link.parked = parked_of(TRY(json::parse(rows.text(i, "parked"))));
        take_refusal(rows.text(i, "refused_hash"), link);
        link.failures = static_cast<int>(rows.integer(i, "failures"));
        link.last_error = rows.text(i, "last_error");
        link.asked = rows.boolean(i, "replan");
        links.push_back(std::move(link));
    }
    return links;
}

Result<std::int64_t> add_new_odoo_links(pg::Transaction& tx, const access::Scope& scope, std::string_view entity) {
    pg::Rows rows = TRY(
        tx.exec("insert into sync.links (org_id, profile, link, entity, title, odoo_id) "
                "select o.org_id, o.profile, o.entity || '/odoo/' || o.id, o.entity, coalesce(o.seen->>'name', ''), "
                "o.id::bigint "
                "from sync.observations o where o.org_id = $1 and o.profile = $2 and o.peer = 'odoo' and o.entity = $3 "
                "and o.dirty and o.presence = 'present' on conflict do nothing",
                {scope.org.text(), scope.profile, entity}));
    return rows.affected();
}

namespace {

std::vector<std::string> keys_of(const pg::Rows& rows) {
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) keys.emplace_back(rows.text(i, "link"));
    return keys;
}

// Of those: all with $3, those that wait for another record with $4.
constexpr const char* kWhichParked =
    " and ($3::boolean or ($4::boolean and parked @> '[{\"reason\": \"waits_for_parent\"}]'))";

}  // namespace

Result<std::vector<std::string>> keys_to_plan(pg::Transaction& tx, const access::Scope& scope, const Asking& asking) {
    static const std::string sql = std::string(kAskingForPlan) + " union " + std::string(kParked) + kWhichParked;
    return keys_of(TRY(tx.exec(sql, {scope.org.text(), scope.profile, asking.parked, asking.waiting})));
}

Result<std::vector<Portion>> portions(pg::Transaction& tx, const access::Scope& scope, std::string_view container,
                                      const std::vector<std::string>& keys, std::size_t most) {
    const pg::Rows rows =
        TRY(tx.exec("select l.link, coalesce(l.container, c.link, l.link) as home from sync.links l "
                    "left join sync.observations o on l.container is null and o.org_id = $1 and o.profile = $2 "
                    "and o.peer = 'odoo' and o.entity = l.entity and o.id = l.odoo_id::text "
                    "left join sync.links c on c.org_id = $1 and c.profile = $2 and c.entity = $3 "
                    "and c.odoo_id = nullif(o.container, '')::bigint "
                    "where l.org_id = $1 and l.profile = $2 and l.link = any($4::text[]) order by home, l.link",
                    {scope.org.text(), scope.profile, container, pg::array_literal(keys)}));
    std::vector<Portion> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view home = rows.text(i, "home");
        const bool new_home = all.empty() || all.back().homes.back() != home;
        if (all.empty() || (new_home && all.back().keys.size() >= most)) all.emplace_back();
        if (new_home) all.back().homes.emplace_back(home);
        all.back().keys.emplace_back(rows.text(i, "link"));
    }
    return all;
}

Result<std::vector<std::string>> keys_to_look_at(pg::Transaction& tx, const access::Scope& scope, const Named& named,
                                                 const Asking& asking) {
    static const std::string sql =
        "with asking as (" + std::string(kAskingForPlan) + " union " + std::string(kParked) + kWhichParked +
        "), named as (select l.link, l.parked <> '[]' or l.failures > 0 as unsettled from unnest($5::text[], "
        "$6::bigint[]) as n(entity, id) join sync.links l on l.org_id = $1 and l.profile = $2 "
        "and l.entity = n.entity and l.odoo_id = n.id "
        "union select l.link, l.parked <> '[]' or l.failures > 0 from unnest($7::text[], $8::text[]) as n(entity, id) "
        "join sync.links l on l.org_id = $1 and l.profile = $2 and l.entity = n.entity and l.plane_id = n.id), "
        "keys as (select link from asking union select link from named where unsettled) "
        "select l.link from keys join sync.links l using (link) where l.org_id = $1 and l.profile = $2 "
        "and (l.failures = 0 or exists (select from named where named.link = l.link)) "
        "and not exists (select from sync.links c where c.org_id = $1 and c.profile = $2 "
        "and c.link = coalesce(l.container, l.link) and c.held)";
    return keys_of(TRY(tx.exec(sql, {scope.org.text(), scope.profile, asking.parked, asking.waiting,
                                     pg::array_literal(named.odoo_entities), pg::array_literal(named.odoo_ids),
                                     pg::array_literal(named.plane_entities), pg::array_literal(named.plane_ids)})));
}

Result<void> set_held(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& containers,
                      bool held) {
    TRY(
        tx.exec("update sync.links set held = $4 where org_id = $1 and profile = $2 and link = any($3::text[]) "
                "and held <> $4",
                {scope.org.text(), scope.profile, pg::array_literal(containers), held}));
    return ok();
}

Result<void> set_only_held(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& containers,
                           const std::vector<std::string>& unjudged) {
    TRY(
        tx.exec("update sync.links set held = not held where org_id = $1 and profile = $2 and container is null "
                "and held <> (link = any($3::text[])) and link <> all($4::text[])",
                {scope.org.text(), scope.profile, pg::array_literal(containers), pg::array_literal(unjudged)}));
    return ok();
}

Result<std::vector<std::string>> siblings(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                          const std::vector<std::string>& keys) {
    return keys_of(
        TRY(tx.exec("select distinct s.link from sync.links l join sync.links s on s.org_id = l.org_id "
                    "and s.profile = l.profile and s.container = coalesce(l.container, l.link) and s.entity = $3 "
                    "where l.org_id = $1 and l.profile = $2 and l.link = any($4::text[])",
                    {scope.org.text(), scope.profile, entity, pg::array_literal(keys)})));
}

Result<std::int64_t> count_active(pg::Transaction& tx, const access::Scope& scope, std::string_view container) {
    return TRY(tx.exec("select count(*) as links from sync.links where org_id = $1 and profile = $2 "
                       "and container = $3 and status = 'active'",
                       {scope.org.text(), scope.profile, container}))
        .integer(0, "links");
}

Result<void> replan_naming(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           const std::vector<std::string>& fields, const std::vector<std::string>& ids) {
    if (fields.empty() || ids.empty()) return ok();
    const std::string_view same = peer == record::Peer::kOdoo ? "l.odoo_id = o.id::bigint" : "l.plane_id = o.id";
    TRY(
        tx.exec("update sync.links l set replan = true from sync.observations o where l.org_id = $1 and l.profile = $2 "
                "and o.org_id = $1 and o.profile = $2 and o.peer = $3 and o.entity = $4 and l.entity = $4 and " +
                    std::string(same) + " and not l.replan and " + std::string(kNamesOneOf),
                {scope.org.text(), scope.profile, record::to_string(peer), entity, pg::array_literal(fields),
                 pg::array_literal(ids)}));
    return ok();
}

Result<void> replan_parked(pg::Transaction& tx, const access::Scope& scope) {
    TRY(
        tx.exec("update sync.links set replan = true where org_id = $1 and profile = $2 and parked <> '[]' "
                "and not replan",
                {scope.org.text(), scope.profile}));
    return ok();
}

Result<void> replan_project(pg::Transaction& tx, const access::Scope& scope, std::string_view plane_id) {
    TRY(
        tx.exec("update sync.links l set replan = true from sync.links p where l.org_id = $1 and l.profile = $2 "
                "and p.org_id = $1 and p.profile = $2 and p.plane_id = $3 and p.container is null "
                "and (l.container = p.link or l.link = p.link)",
                {scope.org.text(), scope.profile, plane_id}));
    return ok();
}

Result<bool> adopt(pg::Transaction& tx, const access::Scope& scope, std::string_view key, std::string_view plane_id) {
    pg::Rows rows =
        TRY(tx.exec("update sync.links set plane_id = $4, replan = true where org_id = $1 and profile = $2 "
                    "and link = $3 and plane_id is null",
                    {scope.org.text(), scope.profile, key, plane_id}));
    return rows.affected() == 1;
}

Result<void> intend(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& keys) {
    if (keys.empty()) return ok();
    TRY(
        tx.exec("update sync.links set status = 'intended' where org_id = $1 and profile = $2 "
                "and link = any($3::text[]) and status = 'new'",
                {scope.org.text(), scope.profile, pg::array_literal(keys)}));
    return ok();
}

Result<void> save_links(pg::Transaction& tx, const access::Scope& scope, const std::vector<Link>& links) {
    if (links.empty()) return ok();
    json::Array rows;
    for (const Link& link : links) {
        json::Object row{{"link", link.index.key},
                         {"container", link.index.container},
                         {"title", link.title},
                         {"plane_id", link.index.plane_id},
                         {"status", to_string(link.index.status)},
                         {"echoes", profile::to_json(link.echoes)},
                         {"parked", to_json(link.parked)},
                         {"refused_hash", refusal_of(link)},
                         {"replan", link.replan || fails(link)},
                         {"failures", link.failures},
                         {"last_error", link.last_error}};
        if (link.base) row["base"] = record::to_json(*link.base);
        rows.push_back(std::move(row));
    }
    TRY(tx.exec(
        "update sync.links l set container = nullif(r.container, ''), title = r.title, "
        "plane_id = nullif(r.plane_id, ''), status = r.status, base = r.base, echoes = r.echoes, "
        "parked = r.parked, refused_hash = nullif(r.refused_hash, ''), failures = r.failures, "
        "last_error = nullif(r.last_error, ''), replan = r.replan, "
        "settled_at = case when r.base is null then l.settled_at else now() end "
        "from jsonb_to_recordset($3::jsonb) as r(link text, container text, title text, plane_id text, status text, "
        "base jsonb, echoes jsonb, parked jsonb, refused_hash text, replan boolean, failures integer, last_error text) "
        "where l.org_id = $1 and l.profile = $2 and l.link = r.link",
        {scope.org.text(), scope.profile, json::canonical(rows)}));
    return ok();
}

}  // namespace syncline::sync
