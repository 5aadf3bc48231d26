#include "sync/adoption.hpp"

#include <set>

#include "sync/links.hpp"
#include "sync/orphans.hpp"

namespace syncline::sync {

namespace {

using record::Peer;

// "project.task:42" -> "task/odoo/42" when the entity is that model's.
std::string link_named_by(const Context& context, const profile::EntityMap& entity, const json::Object& seen) {
    if (json::text_or(seen, "external_source") != context.settings.external_source) return {};
    const std::string_view external = json::text_or(seen, "external_id");
    const std::string prefix = entity.odoo_model + ":";
    if (!external.starts_with(prefix)) return {};
    return record::LinkKey{entity.name, Peer::kOdoo, std::string(external.substr(prefix.size()))}.text();
}

}  // namespace

Result<Adopted> adopt_or_register(pg::Transaction& tx, const Context& context, const profile::EntityMap& entity,
                                  const std::string& project, const std::vector<Observation>& seen) {
    Adopted done;
    if (seen.empty()) return done;
    Ids ids;
    PeerIds records;
    for (const Observation& record : seen) {
        ids.push_back(record.id);
        records.emplace_back(entity.name, record.id);
    }
    std::set<std::string, std::less<>> linked;
    for (const LinkIndex& link : TRY(find_links(tx, context.scope(), {}, {}, records))) linked.insert(link.plane_id);
    // The links that the others name.
    std::vector<std::string> keys;
    for (const Observation& record : seen) {
        if (linked.contains(record.id)) continue;
        if (std::string key = link_named_by(context, entity, record.seen); !key.empty()) keys.push_back(std::move(key));
    }
    std::set<std::string, std::less<>> known_keys;
    for (const LinkIndex& link : TRY(find_links(tx, context.scope(), keys, {}, {}))) known_keys.insert(link.key);
    std::vector<Orphan> strays;
    for (const Observation& record : seen) {
        if (linked.contains(record.id)) continue;
        const std::string key = link_named_by(context, entity, record.seen);
        if (known_keys.contains(key) && TRY(adopt(tx, context.scope(), key, record.id))) {
            ++done.adopted;
            continue;
        }
        // A twin carries the external id of a link that has its counterpart already.
        const std::string reason = known_keys.contains(key) ? "twin" : "orphan";
        strays.push_back(
            {record.id, project, entity.name, std::string(json::text_or(record.seen, "name")), reason, "", ""});
    }
    if (!project.empty()) {
        done.orphans += static_cast<std::int64_t>(strays.size());
        TRY(save_orphans(tx, context.scope(), strays));
    }
    // One that is linked in another way is closed with the next close-out.
    if (done.adopted > 0) TRY(close_linked_orphans(tx, context.scope(), &ids));
    return done;
}

Result<std::vector<std::string>> items_with_relations(pg::Transaction& tx, const access::Scope& scope,
                                                      std::string_view entity, std::string_view project, int rows_max) {
    pg::Rows rows = TRY(
        tx.exec("select o.id from sync.observations o left join sync.cursors c on c.org_id = o.org_id and c.profile = "
                "o.profile "
                "and c.scope = 'plane/relations/' || o.id where o.org_id = $1 and o.profile = $2 and o.peer = 'plane' "
                "and o.entity = $3 and o.container = $4 and o.presence = 'present' and jsonb_array_length("
                "case jsonb_typeof(o.seen->'blocked_by') when 'array' then o.seen->'blocked_by' else '[]' end) > 0 "
                "order by c.updated_at nulls first, o.id limit $5",
                {scope.org.text(), scope.profile, entity, project, rows_max}));
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.emplace_back(rows.text(i, "id"));
    return ids;
}

}  // namespace syncline::sync
