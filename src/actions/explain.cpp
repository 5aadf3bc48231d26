// links.explain: what both sides hold, field by field, and why it is as it is.
#include <algorithm>
#include <set>

#include "actions/detail/chain_facts.hpp"
#include "actions/detail/link_queries.hpp"
#include "actions/detail/unlinked.hpp"
#include "actions/detail/views.hpp"
#include "actions/handlers.hpp"
#include "profile/translate.hpp"
#include "sync/links.hpp"
#include "sync/observations.hpp"
#include "sync/observe_odoo.hpp"
#include "sync/people.hpp"
#include "sync/world.hpp"

namespace syncline::actions {

namespace {

using record::Peer;

constexpr int kHistoryRows = 100;
constexpr int kConflictRows = 50;
constexpr int kReviewRows = 1000;

struct Sides {
    std::optional<sync::Observation> odoo;
    std::optional<sync::Observation> plane;
    merge::Tree odoo_tree;
    merge::Tree plane_tree;
};

Result<std::optional<sync::Observation>> seen_of(Services& services, Peer peer, const std::string& entity,
                                                 const std::string& id) {
    if (id.empty()) return std::optional<sync::Observation>();
    std::vector<sync::Observation> seen = TRY(services.transact(
        [&](pg::Transaction& tx) { return sync::load_observations(tx, services.scope, peer, entity, {id}); }));
    if (seen.empty()) return std::optional<sync::Observation>();
    return std::optional(std::move(seen.front()));
}

// Both records as last seen, in the product's vocabulary. Needs Odoo's list of fields: without the peers only what was
// agreed can be told.
Result<void> translate(Services& services, const sync::Link& link, const profile::EntityMap& entity, Sides& sides) {
    Peers peers = TRY(services.peers());
    const sync::KnownFields known = TRY(sync::known_fields(peers.context));
    sync::World world(peers.context);
    const std::string container = entity.container.empty() ? link.index.key : link.index.container;
    TRY(world.load_project(container));
    const sync::ProjectView& view = world.project(container);
    const record::Fields* base = link.base ? &*link.base : nullptr;
    if (sides.odoo) {
        sides.odoo_tree =
            profile::read_odoo(services.profile, entity, known.find(entity.name)->second, sides.odoo->seen, view, base);
    }
    if (sides.plane) {
        sides.plane_tree = profile::read_plane(services.profile, entity, sides.plane->seen, view, base, link.echoes);
    }
    return ok();
}

json::Value value_in(const record::Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? json::Value(nullptr) : record::to_json(found->second);
}

std::vector<FieldView> field_views(const profile::EntityMap& entity, const sync::Link& link, const Sides& sides) {
    std::vector<FieldView> views;
    for (const profile::FieldMap& field : entity.fields) {
        const std::string& name = field.name();
        FieldView view;
        view.field = name;
        view.owner = merge::to_string(field.policy.owner);
        view.odoo = value_in(sides.odoo_tree.fields, name);
        view.plane = value_in(sides.plane_tree.fields, name);
        if (link.base) view.base = value_in(*link.base, name);
        const bool in_odoo = sides.odoo_tree.fields.contains(name);
        const bool in_plane = sides.plane_tree.fields.contains(name);
        view.state = in_odoo && in_plane && view.odoo != view.plane ? "differs" : "agreed";
        if (field.policy.create_only) view.state = "once";
        for (const merge::Tree* tree : {&sides.odoo_tree, &sides.plane_tree}) {
            const auto why = tree->unreadable.find(name);
            if (why == tree->unreadable.end()) continue;
            view.state = "parked";
            view.note = why->second;
        }
        for (const merge::Parked& parked : link.parked) {
            if (parked.field != name) continue;
            view.state = "parked";
            view.note = parked.reason + (parked.detail.empty() ? "" : ": " + parked.detail);
        }
        if (!in_odoo && !in_plane && view.base.is_null() && view.state == "agreed") continue;  // not on this server
        views.push_back(std::move(view));
    }
    return views;
}

std::string presence_of(const std::optional<sync::Observation>& seen) {
    return std::string(seen ? merge::to_string(seen->presence) : merge::to_string(merge::Presence::kAbsent));
}

Result<void> add_books(Services& services, Explanation& out) {
    return services.transact([&](pg::Transaction& tx) -> Result<void> {
        for (const ledger::Entry& entry : TRY(ledger::history(tx, services.scope, out.link, kHistoryRows))) {
            out.history.push_back(detail::history_view(entry));
        }
        for (const ledger::Conflict& conflict : TRY(ledger::conflicts(tx, services.scope, out.link, kConflictRows))) {
            out.conflicts.push_back(detail::conflict_view(conflict));
        }
        for (const ledger::Review& review : TRY(ledger::open_reviews(tx, services.scope, kReviewRows))) {
            if (review.link == out.link) out.reviews.push_back(detail::review_view(review, out.title));
        }
        return ok();
    });
}

Result<void> add_chain(Services& services, const LinkRow& row, const sync::Link& link, const profile::EntityMap& entity,
                       Explanation& out) {
    detail::ChainFacts facts =
        TRY(services.transact([&](pg::Transaction& tx) { return detail::chain_facts(tx, services, row, link); }));
    const bool ended = link.index.status == sync::LinkStatus::kTombstone && facts.odoo.presence == "gone";
    facts.odoo_filtered = ended && detail::takes_part(services, entity, link.index.odoo_id) == detail::Part::kFiltered;
    facts.parked = out.parked;
    facts.reviews = out.reviews;
    facts.fields = out.fields;
    out.chain = detail::chain_of(facts);
    out.verdict = detail::verdict_of(out.chain);
    return ok();
}

// Link keys and users that a value refers to.
void collect(const json::Value& value, std::set<std::string>& keys) {
    if (value.is_string() && std::count(value.get_string().begin(), value.get_string().end(), '/') == 2) {
        keys.emplace(value.get_string());
    }
    if (!value.is_array()) return;
    for (const json::Value& element : value.get_array()) collect(element, keys);
}

Result<void> add_names(Services& services, Explanation& out) {
    std::set<std::string> keys;
    for (const FieldView& field : out.fields) {
        for (const json::Value* value : {&field.odoo, &field.plane, &field.base}) collect(*value, keys);
    }
    for (const HistoryView& entry : out.history) {
        for (const json::Value& change : entry.changes) {
            for (const char* side : {"from", "to"}) {
                if (const json::Value* value = json::find(change, side)) collect(*value, keys);
            }
        }
    }
    if (keys.empty()) return ok();
    return services.transact([&](pg::Transaction& tx) -> Result<void> {
        const std::vector<std::string> wanted(keys.begin(), keys.end());
        detail::Titles titles = TRY(detail::load_titles(tx, services.scope, wanted));
        for (const sync::Person& person : TRY(sync::load_people(tx, services.scope))) {
            titles.emplace("user/odoo/" + person.odoo_id, person.name);
        }
        for (const std::string& key : keys) {
            if (const auto title = titles.find(key); title != titles.end()) out.names.push_back({key, title->second});
        }
        return ok();
    });
}

}  // namespace

Result<Explanation> links_explain(Services& services, const ExplainInput& input) {
    std::vector<LinkRow> found = TRY(services.transact(
        [&](pg::Transaction& tx) { return detail::find_links(tx, services.scope, services.profile, input.what); }));
    if (found.empty()) {
        std::optional<Explanation> unlinked = TRY(detail::explain_unlinked(services, input.what));
        if (unlinked) return std::move(*unlinked);
        return make_error(Errc::kNotFound, "nothing is known of '" + input.what + "'",
                          "give a link such as task/odoo/42, odoo:project.task:42, a Plane id or a piece of the "
                          "title; `syncline links` lists all");
    }
    Explanation out;
    if (found.size() > 1) {
        out.candidates = std::move(found);
        return out;
    }
    const LinkRow& row = found.front();
    std::vector<sync::Link> links =
        TRY(services.transact([&](pg::Transaction& tx) { return sync::load_links(tx, services.scope, {row.link}); }));
    const profile::EntityMap* entity = services.profile.entity(row.entity);
    if (links.empty() || !entity) {
        return make_error(Errc::kInvalid, "the profile " + services.profile.name + " knows no " + row.entity,
                          "use the profile that the links were made with");
    }
    const sync::Link& link = links.front();
    Sides sides;
    sides.odoo = TRY(seen_of(services, Peer::kOdoo, row.entity, link.index.odoo_id));
    sides.plane = TRY(seen_of(services, Peer::kPlane, row.entity, link.index.plane_id));
    out.link = row.link;
    out.entity = row.entity;
    out.title = row.title;
    out.project = row.project;
    out.status = row.status;
    if (!row.odoo_id.empty()) out.odoo = entity->odoo_model + ":" + row.odoo_id;
    out.odoo_presence = presence_of(sides.odoo);
    out.plane = row.plane_id;
    out.plane_presence = presence_of(sides.plane);
    out.last_error = link.last_error;
    if (Result<void> told = translate(services, link, *entity, sides); !told) {
        out.last_error += (out.last_error.empty() ? "" : "; ") + ("values are as last agreed: " + told.error().message);
    }
    out.fields = field_views(*entity, link, sides);
    out.parked = detail::parked_views(link.parked);
    TRY(add_books(services, out));
    TRY(add_chain(services, row, link, *entity, out));
    TRY(add_names(services, out));
    return out;
}

}  // namespace syncline::actions
