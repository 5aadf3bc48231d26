// The rounds of a run: plan what asks for it, carry it out; again while something was learnt on the way.
#include "sync/engine.hpp"
#include "sync/lacking.hpp"

namespace syncline::sync {

namespace {

using record::Peer;

// What a round learns (a parent that exists now, a record that was adopted) may free others; each round frees at least
// one level of a tree, and a tree of links that is not done by then waits for the next sync.
constexpr int kRoundsMax = 6;

// A look at what is about to be overwritten may ask for another plan, which overwrites something else.
constexpr int kFreshTriesMax = 3;

// Records that may be what others wait for came or went.
bool freed_others(const Applied& applied) {
    return applied.created + applied.adopted + applied.archived + applied.restored > 0;
}

bool writes_to_plane(const PlannedLink& planned) {
    if (!planned.executable() || planned.link.index.plane_id.empty()) return false;
    for (const merge::Step& step : planned.plan.steps) {
        if (step.side == Peer::kPlane && step.action != merge::Action::kCreate) return true;
    }
    return false;
}

std::string plane_project(const PlannedLink& planned, const World& world) {
    const LinkIndex* container = world.link(planned.link.index.container);
    return container ? container->plane_id : std::string();
}

// What the proposal would overwrite in Plane without having seen it in this run.
PlaneWanted unseen_by(const Proposal& proposal, const World& world, const Fresh& fresh) {
    PlaneWanted unseen;
    unseen.linked = true;
    for (const PlannedLink& planned : proposal.links) {
        if (!writes_to_plane(planned)) continue;
        const std::string project = plane_project(planned, world);
        const std::string& id = planned.link.index.plane_id;
        if (fresh.has(*planned.entity, project, id)) continue;
        if (planned.entity->plane_kind == "project") unseen.projects = true;
        if (planned.entity->plane_kind == "cycle") unseen.cycles_of.insert(project);
        if (planned.entity->plane_kind == "work_item") unseen.items[project].insert(id);
    }
    return unseen;
}

// What we wrote ourselves, we know.
void add_written(const Proposal& proposal, Fresh& fresh) {
    for (const PlannedLink& planned : proposal.links) {
        if (!planned.link.index.plane_id.empty() && planned.executable()) {
            fresh.records.insert(planned.link.index.plane_id);
        }
    }
}

// Nothing new to do about these: they are planned again when something changes, and at each close-out.
Result<void> leave_refused(Context& context, const Proposal& proposal) {
    PeerRecords refused;
    for (const PlannedLink& planned : proposal.links) {
        if (planned.refused && !planned.held) refused.add(planned.link.index);
    }
    if (refused.odoo.empty() && refused.plane.empty()) return ok();
    return context.transact(
        [&](pg::Transaction& tx) { return mark_planned(tx, context.scope(), refused.odoo, refused.plane); });
}

Named named_by(const profile::Profile& profile, const std::vector<Hint>& hints) {
    Named named;
    for (const Hint& hint : hints) {
        for (const profile::EntityMap& entity : profile.entities) {
            if (hint.peer == Peer::kOdoo && entity.odoo_model == hint.kind) {
                named.odoo_entities.push_back(entity.name);
                named.odoo_ids.push_back(hint.id);
            }
            if (hint.peer == Peer::kPlane && hint_kind(entity) == hint.kind) {
                named.plane_entities.push_back(entity.name);
                named.plane_ids.push_back(hint.id);
            }
        }
    }
    return named;
}

}  // namespace

Result<Ids> Engine::keys(const Looked& looked, const Asking& asking) {
    return context_.transact([&](pg::Transaction& tx) {
        return looked.hints ? keys_to_look_at(tx, context_.scope(), named_by(context_.profile, *looked.hints), asking)
                            : keys_to_plan(tx, context_.scope(), asking);
    });
}

// A look at named records has not seen all that a plan speaks of. What is learnt may ask for more plans.
Result<Engine::Planned> Engine::plan_on_known_ground(Ids& keys, const Asking& asking, Looked& looked) {
    while (true) {
        Planned planned;
        planned.world = std::make_unique<World>(context_);
        planned.proposal = TRY(propose(context_, known_, *planned.world, keys));
        if (looked.odoo_swept) return planned;
        const std::vector<Hint> lacking = lacking_in_odoo(planned.proposal, *planned.world, looked.told);
        TRY(planned.world->check());
        if (lacking.empty()) return planned;
        looked.odoo.add(TRY(look_at_odoo(context_, known_, lacking)));
        keys = TRY(this->keys(looked, asking));
    }
}

Result<Engine::Planned> Engine::plan_on_fresh_ground(Ids keys, const Asking& asking, Looked& looked) {
    for (int tries = 1;; ++tries) {
        Planned planned = TRY(plan_on_known_ground(keys, asking, looked));
        const PlaneWanted unseen = unseen_by(planned.proposal, *planned.world, looked.plane.fresh);
        if (unseen.empty() || tries == kFreshTriesMax) return planned;
        const std::int64_t changed = looked.plane.changed;
        TRY(look_at_plane(context_, unseen, looked.plane));
        if (looked.plane.changed == changed) return planned;
    }
}

void Engine::Shown::add(const PlannedLink& planned) {
    hashes.push_back(planned.hash());
    body.push_back(json::Object{{"link", planned.link.index.key},
                                {"title", planned.link.title},
                                {"hash", hashes.back()},
                                {"plan", planned.plan.to_json()}});
}

Result<std::string> Engine::save(Shown shown, std::string_view status, const std::string& reason) {
    SavedPlan saved;
    saved.hash = merge::whole_hash(shown.hashes);
    saved.body = std::move(shown.body);
    saved.status = status;
    saved.reason = reason;
    saved.created_at = context_.clock.now();
    saved.expires_at = saved.created_at + context_.settings.plan_life;
    TRY(context_.transact([&](pg::Transaction& tx) { return save_plan(tx, context_.scope(), saved); }));
    return saved.hash;
}

// What the guard stopped of all portions is one plan: it is kept when the last of them is known.
Result<void> Engine::hold(const Proposal& proposal, const Looked& looked, Round& round) {
    round.held.insert(round.held.end(), proposal.held.begin(), proposal.held.end());
    for (const PlannedLink& planned : proposal.links) {
        if (planned.held && !planned.idle()) round.stopped.add(planned);
    }
    std::vector<std::string> containers;
    std::string reason;
    for (const Held& held : round.held) {
        containers.push_back(held.container);
        reason += (reason.empty() ? "" : "; ") + held.container + ": " + held.reason;
    }
    // A look at named records says nothing of other projects.
    if (!looked.hints || !containers.empty()) {
        TRY(context_.transact([&](pg::Transaction& tx) {
            return looked.hints ? set_held(tx, context_.scope(), containers, true)
                                : set_only_held(tx, context_.scope(), containers, round.unjudged);
        }));
    }
    if (containers.empty() || !round.unjudged.empty()) return ok();
    round.report.held_plan = TRY(save(std::move(round.stopped), "held", reason));
    return ok();
}

// One, unless there is much to plan.
Result<std::vector<Portion>> Engine::portions_of(Ids keys, const Looked& looked) {
    const profile::EntityMap* container = container_entity(context_.profile);
    const std::size_t most = context_.settings.links_at_once;
    if (!looked.odoo_swept || !container || keys.size() <= most) {
        std::vector<Portion> whole(1);
        whole.front().keys = std::move(keys);
        return whole;
    }
    return context_.transact(
        [&](pg::Transaction& tx) { return portions(tx, context_.scope(), container->name, keys, most); });
}

Result<void> Engine::carry_out(Portion portion, const Asking& asking, Looked& looked, Round& round) {
    Planned planned = TRY(plan_on_fresh_ground(std::move(portion.keys), asking, looked));
    TRY(hold(planned.proposal, looked, round));
    round.idle = round.idle && planned.proposal.idle();
    const Applied applied = TRY(
        sync::apply(context_, known_, *planned.world, planned.proposal, round.report.run, looked.from, round.around));
    TRY(planned.world->check());
    round.applied.add(applied);
    round.report.applied.add(applied);
    add_written(planned.proposal, looked.plane.fresh);
    return leave_refused(context_, planned.proposal);
}

Result<void> Engine::rounds(Looked& looked, Report& report) {
    Asking asking{looked.depth == Depth::kFull, looked.odoo.added + looked.plane.adopted > 0};
    for (int number = 0; number < kRoundsMax; ++number) {
        Ids keys = TRY(this->keys(looked, asking));
        if (keys.empty()) break;
        const std::int64_t changed = looked.plane.changed;
        Round round(report);
        round.around.after = std::ssize(keys);
        std::vector<Portion> all = TRY(portions_of(std::move(keys), looked));
        for (const Portion& portion : all) {
            round.unjudged.insert(round.unjudged.end(), portion.homes.begin(), portion.homes.end());
        }
        for (Portion& portion : all) {
            const std::int64_t links = std::ssize(portion.keys);
            round.around.after -= links;
            round.unjudged.erase(round.unjudged.begin(), round.unjudged.begin() + std::ssize(portion.homes));
            TRY(carry_out(std::move(portion), asking, looked, round));
            round.around.done += links;
        }
        report.held = std::move(round.held);
        asking = {false, freed_others(round.applied)};
        // What failed just now is not tried again at once: the next sync does.
        const Applied& applied = round.applied;
        const bool progress = applied.writes() + applied.adopted + applied.moved > applied.failed + applied.refused;
        const bool learnt = looked.plane.changed > changed;
        if ((round.idle || !progress) && !learnt) break;
    }
    report.found = looked.odoo.found;
    report.found.insert(report.found.end(), looked.plane.found.begin(), looked.plane.found.end());
    return ok();
}

}  // namespace syncline::sync
