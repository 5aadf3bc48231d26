#include "sync/planning.hpp"

#include <algorithm>
#include <unordered_map>

#include "profile/reasons.hpp"
#include "sync/guard.hpp"
#include "sync/references.hpp"

namespace syncline::sync {

namespace {

using merge::Presence;
using record::Peer;
namespace reasons = profile::reasons;

// Above this, all links are read at once instead of those that the planned ones name.
constexpr std::size_t kLinksWorthAll = 5000;

using ObservationsById = std::unordered_map<std::string, Observation>;
using ObservationsByEntity = std::map<std::string, ObservationsById, std::less<>>;

const Observation* find(const ObservationsByEntity& all, const std::string& entity, const std::string& id) {
    const auto of_entity = all.find(entity);
    if (of_entity == all.end()) return nullptr;
    const auto found = of_entity->second.find(id);
    return found == of_entity->second.end() ? nullptr : &found->second;
}

// Each is one link's: it is taken, not copied, because a plan of many links holds them all.
std::optional<Observation> take(ObservationsByEntity& all, const std::string& entity, const std::string& id) {
    const auto of_entity = all.find(entity);
    if (of_entity == all.end()) return std::nullopt;
    auto node = of_entity->second.extract(id);
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
}

// A plan of many links is held as a whole: of a record that was translated, it keeps no more than what orders them.
std::vector<std::string> parents_of(const profile::EntityMap& entity, const record::Fields& fields) {
    std::vector<std::string> parents;
    for (const profile::FieldMap& field : entity.fields) {
        if (field.transform != profile::Transform::kRef || field.entity != entity.name) continue;
        const auto value = fields.find(field.name());
        if (value != fields.end()) parents.emplace_back(record::as_text(value->second));
    }
    return parents;
}

class Planner {
public:
    Planner(Context& context, const KnownFields& known, World& world)
        : context_(context), known_(known), world_(world) {}

    Result<void> prepare(const std::vector<std::string>& keys);
    Result<std::vector<PlannedLink>> plan_all();

private:
    Result<void> add_siblings(pg::Transaction& tx, std::set<std::string, std::less<>>& wanted);
    Result<void> load_observations_for(pg::Transaction& tx);
    Result<void> learn_world(pg::Transaction& tx);
    Result<ProjectView*> view_of(const std::string& container);
    Result<PlannedLink> plan_one(Link link);
    void find_container(PlannedLink& planned);
    Result<void> add_cycle_days(PlannedLink& planned, json::Object& raw);
    merge::Policy policy_of(const PlannedLink& planned) const;
    void park_for_container(PlannedLink& planned) const;

    Context& context_;
    const KnownFields& known_;
    World& world_;
    plane::Capabilities capabilities_;
    std::vector<Link> links_;
    ObservationsByEntity odoo_;
    ObservationsByEntity plane_;
    std::set<std::string, std::less<>> loaded_projects_;
    std::map<std::string, std::vector<Observation>, std::less<>> siblings_;  // Odoo records of "entity/project id"
    std::map<std::string, std::vector<Observation>, std::less<>> projects_;  // Odoo's record of each, or none
};

Result<void> Planner::load_observations_for(pg::Transaction& tx) {
    PeerRecords records;
    for (const Link& link : links_) records.add(link.index);
    Observations found = TRY(load_observations(tx, context_.scope(), records.odoo, records.plane));
    const auto fill = [](std::vector<Observation>& seen, ObservationsByEntity& target) {
        for (Observation& one : seen) {
            std::string entity = one.entity;
            std::string id = one.id;
            target[std::move(entity)].emplace(std::move(id), std::move(one));
        }
    };
    fill(found.odoo, odoo_);
    fill(found.plane, plane_);
    return ok();
}

// A cycle begins where the one before it ends: when one milestone moves, its siblings are planned again.
Result<void> Planner::add_siblings(pg::Transaction& tx, std::set<std::string, std::less<>>& wanted) {
    const profile::EntityMap* container = container_entity(context_.profile);
    for (const profile::EntityMap& entity : context_.profile.entities) {
        const bool computed = std::any_of(
            entity.fields.begin(), entity.fields.end(),
            [](const profile::FieldMap& field) { return field.transform == profile::Transform::kCycleStart; });
        if (!computed) continue;
        Ids moved;
        for (const std::string& key : wanted) {
            const bool is_project = container && key.starts_with(container->name + "/");
            if (is_project || key.starts_with(entity.name + "/")) moved.push_back(key);
        }
        if (moved.empty()) continue;
        for (std::string& key : TRY(siblings(tx, context_.scope(), entity.name, moved))) wanted.insert(std::move(key));
    }
    return ok();
}

Result<void> Planner::learn_world(pg::Transaction& tx) {
    if (links_.size() > kLinksWorthAll) return world_.learn_all(tx);
    References references;
    for (const Link& link : links_) {
        const profile::EntityMap* entity = context_.profile.entity(link.index.entity);
        if (!entity) continue;
        add_references(context_.profile, *entity, known_.find(entity->name)->second, link,
                       find(odoo_, link.index.entity, link.index.odoo_id),
                       find(plane_, link.index.entity, link.index.plane_id), references);
    }
    return world_.learn(tx, references);
}

Result<void> Planner::prepare(const std::vector<std::string>& keys) {
    capabilities_ = TRY(context_.plane.probe());
    return context_.transact([&](pg::Transaction& tx) -> Result<void> {
        std::set<std::string, std::less<>> wanted(keys.begin(), keys.end());
        TRY(add_siblings(tx, wanted));
        links_ = TRY(load_links(tx, context_.scope(), Ids(wanted.begin(), wanted.end())));
        TRY(load_observations_for(tx));
        return learn_world(tx);
    });
}

Result<ProjectView*> Planner::view_of(const std::string& container) {
    if (loaded_projects_.insert(container).second) TRY(world_.load_project(container));
    return &world_.project(container);
}

// Whose project it is follows from the Odoo record; once linked it stays, because Plane cannot move an item.
void Planner::find_container(PlannedLink& planned) {
    const profile::EntityMap& entity = *planned.entity;
    if (entity.container.empty() || !planned.odoo) return;
    const profile::EntityMap* container = container_entity(context_.profile);
    if (planned.odoo->container.empty() || !container) return;
    const std::string now = record::LinkKey{container->name, Peer::kOdoo, planned.odoo->container}.text();
    if (planned.link.index.container.empty() || planned.link.index.plane_id.empty()) {
        planned.link.index.container = now;
        world_.set_container(planned.link.index.key, now);
    }
}

Result<void> Planner::add_cycle_days(PlannedLink& planned, json::Object& raw) {
    const profile::FieldMap* start = nullptr;
    for (const profile::FieldMap& field : planned.entity->fields) {
        if (field.transform == profile::Transform::kCycleStart) start = &field;
    }
    if (!start || start->odoo.empty() || !planned.odoo) return ok();
    const std::string& deadline = start->odoo.front();
    const std::string project = planned.odoo->container;
    auto [siblings, fresh] = siblings_.try_emplace(planned.entity->name + "/" + project);
    if (fresh) {
        siblings->second = TRY(context_.transact([&](pg::Transaction& tx) {
            return load_all_observations(tx, context_.scope(), Peer::kOdoo, planned.entity->name, project);
        }));
    }
    const std::string own(json::text_or(raw, deadline));
    std::string previous;
    for (const Observation& sibling : siblings->second) {
        const std::string_view day = json::text_or(sibling.seen, deadline);
        if (sibling.presence == Presence::kPresent && sibling.id != planned.odoo->id && day < own && day > previous) {
            previous = day;
        }
    }
    raw["_previous_deadline"] = previous.empty() ? json::Value(false) : json::Value(previous);
    raw["_project_start"] = false;
    const profile::EntityMap* container = container_entity(context_.profile);
    auto [project_seen, unread] = projects_.try_emplace(project);
    if (unread) {
        project_seen->second = TRY(context_.transact([&](pg::Transaction& tx) {
            return load_observations(tx, context_.scope(), Peer::kOdoo, container->name, {project});
        }));
    }
    const std::vector<Observation>& itself = project_seen->second;
    for (const std::string_view field : kProjectStartFields) {
        const std::string_view day = itself.empty() ? "" : json::text_or(itself.front().seen, field);
        if (day.empty()) continue;
        raw["_project_start"] = day;
        break;
    }
    raw["_today"] = format_day(TRY(day_in_zone(context_.clock.now(), context_.profile.time_zone)));
    return ok();
}

merge::Policy Planner::policy_of(const PlannedLink& planned) const {
    merge::Policy policy = profile::policy_for(*planned.entity, known_.find(planned.entity->name)->second);
    // A completed cycle is frozen: Plane refuses every edit of it.
    bool frozen = false;
    if (planned.entity->plane_kind == "cycle" && planned.plane) {
        Result<Time> end = parse_time(json::text_or(planned.plane->seen, "end_date"));
        frozen = end.ok() && *end < context_.clock.now();
    }
    for (merge::FieldPolicy& field : policy.fields) {
        const profile::FieldMap* map = planned.entity->field(field.name);
        if (frozen) field.plane_writable = false;
        if (map && map->plane == "blocked_by") {
            field.plane_writable = field.plane_writable && capabilities_.relations;
            field.plane_removable = capabilities_.relations_delete;
        }
    }
    return policy;
}

// Nothing can be done to a record whose project is not there.
void Planner::park_for_container(PlannedLink& planned) const {
    const std::string& key = planned.link.index.container;
    if (planned.entity->container.empty() || planned.plan.steps.empty()) return;
    const LinkIndex* container = world_.link(key);
    if (!container || container->status == LinkStatus::kTombstone) {
        planned.plan.steps.clear();
        planned.plan.conflicts.clear();
        planned.plan.parked = {
            {"", std::string(reasons::kWaitsForParent),
             key.empty() ? "it belongs to no project" : "its project " + key + " does not take part"}};
        if (planned.link.base) planned.plan.agreed = *planned.link.base;
    }
}

Result<PlannedLink> Planner::plan_one(Link link) {
    PlannedLink planned;
    planned.entity = context_.profile.entity(link.index.entity);
    if (!planned.entity) {
        return make_error(Errc::kInvalid,
                          "the store has links of '" + link.index.entity + "', which the profile " +
                              context_.profile.name + " does not know",
                          "use the profile they were made with");
    }
    planned.link = std::move(link);
    planned.odoo = take(odoo_, planned.link.index.entity, planned.link.index.odoo_id);
    planned.plane = take(plane_, planned.link.index.entity, planned.link.index.plane_id);
    find_container(planned);

    const std::string view_key =
        planned.entity->container.empty() ? planned.link.index.key : planned.link.index.container;
    ProjectView* view = TRY(view_of(view_key));
    const record::Fields* base = planned.link.base ? &*planned.link.base : nullptr;

    merge::LinkInput input;
    input.key = TRY(record::parse_link_key(planned.link.index.key));
    input.base = planned.link.base;
    input.tombstone = planned.link.index.status == LinkStatus::kTombstone;
    input.create_in_odoo = planned.entity->create_in_odoo;
    input.create_in_plane = planned.entity->create_in_plane;
    // Plane can put away projects and items only; a cycle whose milestone is gone stays, and the link ends.
    input.archive_follows_odoo = planned.entity->archive_follows_odoo && planned.entity->plane_kind != "cycle";
    input.archive_follows_plane = planned.entity->archive_follows_plane;
    if (planned.odoo) {
        json::Object raw = planned.odoo->seen;
        TRY(add_cycle_days(planned, raw));
        input.odoo = profile::read_odoo(context_.profile, *planned.entity, known_.find(planned.entity->name)->second,
                                        raw, *view, base);
        input.odoo.presence = planned.odoo->presence;
        planned.link.title = std::string(json::text_or(planned.odoo->seen, "name", planned.link.title));
    }
    if (planned.plane) {
        input.plane = profile::read_plane(context_.profile, *planned.entity, planned.plane->seen, *view, base,
                                          planned.link.echoes);
        input.plane.presence = planned.plane->presence;
    }
    planned.plan = merge::plan_link(input, policy_of(planned));
    planned.edited_at = std::max(input.odoo.edited_at, input.plane.edited_at);
    planned.parents = parents_of(*planned.entity, input.odoo.fields);
    if (planned.odoo && !planned.entity->container.empty() && !planned.link.index.plane_id.empty()) {
        const LinkIndex* container = world_.link(planned.link.index.container);
        if (container && !planned.odoo->container.empty() && container->odoo_id != planned.odoo->container) {
            planned.plan.parked.push_back({"", std::string(reasons::kProjectMoved),
                                           "Odoo has it in project " + planned.odoo->container + " now"});
        }
    }
    park_for_container(planned);
    if (!planned.plan.steps.empty()) planned.plan_hash = planned.plan.hash();
    planned.refused = !planned.plan.steps.empty() && planned.plan_hash == planned.link.refused_hash &&
                      context_.clock.now() < planned.link.refused_at + context_.settings.refused_for;
    return planned;
}

constexpr int kFailuresBeforeLast = 3;

// Parents first: a record of the same entity that this one refers to comes before it.
void order(const Context& context, std::vector<PlannedLink>& links) {
    std::unordered_map<std::string, PlannedLink*> by_key;
    for (PlannedLink& planned : links) by_key.emplace(planned.link.index.key, &planned);
    constexpr int kDepthMax = 64;  // a cycle of parents ends here
    for (PlannedLink& planned : links) {
        const PlannedLink* at = &planned;
        while (at && planned.depth < kDepthMax) {
            const PlannedLink* parent = nullptr;
            for (const std::string& key : at->parents) {
                const auto found = by_key.find(key);
                if (found != by_key.end()) parent = found->second;
            }
            if (!parent) break;
            ++planned.depth;
            at = parent;
        }
    }
    std::unordered_map<std::string_view, int> rank;
    for (const profile::EntityMap& entity : context.profile.entities)
        rank.emplace(entity.name, static_cast<int>(rank.size()));
    // What is put away goes the other way round, after all else: Plane shows nothing of what is in an archived project.
    const auto puts_away = [](const PlannedLink& planned) {
        return std::any_of(planned.plan.steps.begin(), planned.plan.steps.end(),
                           [](const merge::Step& step) { return step.action == merge::Action::kArchive; });
    };
    const auto place = [&](const PlannedLink& planned) {
        const bool away = puts_away(planned);
        const int sign = away ? -1 : 1;
        // What fails again and again must not keep the rest from its turn.
        const bool poison = planned.link.failures >= kFailuresBeforeLast;
        return std::tuple(away, poison, sign * rank[planned.entity->name], sign * planned.depth,
                          planned.link.index.odoo_id.size(), planned.link.index.odoo_id, planned.link.index.key);
    };
    std::sort(links.begin(), links.end(),
              [&](const PlannedLink& a, const PlannedLink& b) { return place(a) < place(b); });
}

Result<std::vector<PlannedLink>> Planner::plan_all() {
    // Containers are needed while the others are planned: entities in the profile's order.
    std::vector<PlannedLink> planned;
    planned.reserve(links_.size());
    for (const profile::EntityMap& entity : context_.profile.entities) {
        for (Link& link : links_) {
            if (link.index.entity == entity.name) planned.push_back(TRY(plan_one(std::move(link))));
        }
    }
    order(context_, planned);
    return planned;
}

}  // namespace

bool Proposal::idle() const {
    return std::all_of(links.begin(), links.end(),
                       [](const PlannedLink& planned) { return planned.idle() || !planned.executable(); });
}

std::string Proposal::hash() const {
    std::vector<std::string> hashes;
    for (const PlannedLink& planned : links) {
        if (!planned.idle()) hashes.push_back(planned.hash());
    }
    return merge::whole_hash(hashes);
}

Result<Proposal> propose(Context& context, const KnownFields& known, World& world, std::vector<std::string> keys,
                         const Approved* approved) {
    if (approved) {
        for (const auto& [key, hash] : *approved) keys.push_back(key);
    }
    Proposal proposal;
    Planner planner(context, known, world);
    TRY(planner.prepare(keys));
    proposal.links = TRY(planner.plan_all());
    TRY(world.check());

    if (approved) {
        for (PlannedLink& planned : proposal.links) {
            const auto hash = approved->find(planned.link.index.key);
            planned.held = hash == approved->end() || hash->second != planned.hash();
        }
    } else {
        proposal.held = TRY(apply_guard(proposal.links, context.profile.guard, [&](const std::string& container) {
            return context.transact([&](pg::Transaction& tx) { return count_active(tx, context.scope(), container); });
        }));
    }
    return proposal;
}

}  // namespace syncline::sync
