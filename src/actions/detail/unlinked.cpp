#include "actions/detail/unlinked.hpp"

#include "actions/detail/chain.hpp"
#include "actions/detail/link_queries.hpp"
#include "actions/detail/subjects.hpp"
#include "profile/reasons.hpp"

namespace syncline::actions::detail {

namespace {

ReasonView reason_for(Part part, const std::string& record, const profile::EntityMap& entity) {
    const std::string filter = json::canonical(entity.odoo_domain);
    switch (part) {
        case Part::kFiltered:
            return {"known", "stopped", "Odoo has " + record + ", and the profile's filter leaves it out",
                    "it takes part when it matches " + filter + ": change the record, or the filter in the profile"};
        case Part::kTakesPart:
            return {"known", "waits", "Odoo has " + record + ", and it takes part; no look has seen it yet",
                    "`syncline sync` looks now; a running `syncline serve` does so by itself"};
        case Part::kNowhere:
        case Part::kUnknown: break;
    }
    return {"known", "stopped", record + " was never seen in Odoo, which cannot be asked now",
            "see `syncline doctor`; it takes part when it matches " + filter};
}

Result<std::optional<Explanation>> orphan_named(pg::Transaction& tx, const access::Scope& scope,
                                                const std::string& what) {
    const std::string id = what.starts_with("plane:") ? what.substr(what.rfind(':') + 1) : what;
    const pg::Rows rows =
        TRY(tx.exec("select o.plane_id, o.entity, o.title, o.reason, o.status, coalesce(p.title, '') as project "
                    "from sync.orphans o left join sync.links p on p.org_id = o.org_id and p.profile = o.profile "
                    "and p.container is null and p.plane_id = o.project where o.org_id = $1 and o.profile = $2 "
                    "and o.status <> 'linked' and (o.plane_id = $3 or lower(o.title) = lower($3)) "
                    "order by o.plane_id = $3 desc, o.plane_id limit 1",
                    {scope.org.text(), scope.profile, id}));
    if (rows.empty()) return std::optional<Explanation>();
    Explanation out;
    out.entity = rows.text(0, "entity");
    out.title = rows.text(0, "title");
    out.project = rows.text(0, "project");
    out.status = rows.text(0, "reason");
    out.plane = rows.text(0, "plane_id");
    out.odoo_presence = "absent";
    out.plane_presence = "present";
    const bool twin = rows.text(0, "reason") == "twin";
    const bool dismissed = rows.text(0, "status") == "dismissed";
    std::string says = twin ? "a second item with the external id of one that is linked" : "it exists in Plane only";
    if (dismissed) says += "; a person took it off the list of orphans";
    out.chain = {{"known", dismissed ? "note" : "stopped", says,
                  twin ? "delete one of the two items in Plane"
                       : std::string(profile::reasons::advice(profile::reasons::kOrphan))}};
    return std::optional(std::move(out));
}

}  // namespace

Part takes_part(Services& services, const profile::EntityMap& entity, const std::string& odoo_id) {
    Result<Peers> peers = services.peers();
    if (!peers) return Part::kUnknown;
    json::Array domain = {json::Array{"id", "=", std::stoll(odoo_id)}};
    const Result<std::vector<std::int64_t>> there = peers->odoo.search(entity.odoo_model, domain);
    if (!there) return Part::kUnknown;
    if (there->empty()) return Part::kNowhere;
    domain.insert(domain.end(), entity.odoo_domain.begin(), entity.odoo_domain.end());
    const Result<std::vector<std::int64_t>> taken = peers->odoo.search(entity.odoo_model, domain);
    if (!taken) return Part::kUnknown;
    return taken->empty() ? Part::kFiltered : Part::kTakesPart;
}

Result<std::optional<Explanation>> explain_unlinked(Services& services, const std::string& what) {
    std::optional<Explanation> found =
        TRY(services.transact([&](pg::Transaction& tx) { return orphan_named(tx, services.scope, what); }));
    const std::string named = key_named(services.profile, what);
    const Result<record::LinkKey> key = record::parse_link_key(named.empty() ? what : named);
    const profile::EntityMap* entity = key ? services.profile.entity(key->entity) : nullptr;
    const bool of_odoo = entity && key->origin == record::Peer::kOdoo && is_number(key->id);
    if (!found && of_odoo) {
        const std::string record = entity->odoo_model + ":" + key->id;
        const Part part = takes_part(services, *entity, key->id);
        if (part == Part::kNowhere) {
            return make_error(Errc::kNotFound, "Odoo has no " + record + ", or our key may not see it",
                              "see that the number is right; then that the user of our key may read this record");
        }
        Explanation out;
        out.entity = entity->name;
        out.title = what;
        out.status = "not linked";
        out.odoo = record;
        out.odoo_presence = "absent";
        out.plane_presence = "absent";
        out.chain = {reason_for(part, record, *entity)};
        found = std::move(out);
    }
    if (found) found->verdict = verdict_of(found->chain);
    return found;
}

}  // namespace syncline::actions::detail
