#include "sync/apply.hpp"

#include <algorithm>

#include "profile/reasons.hpp"
#include "sync/deferred.hpp"
#include "sync/failures.hpp"
#include "sync/ground.hpp"
#include "sync/links.hpp"
#include "sync/observe_plane.hpp"
#include "sync/plane_writer.hpp"
#include "sync/settle.hpp"
#include "vault/digest.hpp"

namespace syncline::sync {

namespace {

using merge::Action;
using merge::Step;
using record::Peer;

// What was seen becomes what we know without another plan, so that what somebody changed between our look and our
// write must not get in unnoticed.
bool somebody_was_there(const PlannedLink& planned, const Outcome& outcome) {
    if (!outcome.plane || !planned.plane) return false;
    merge::Presence expected = planned.plane->presence;
    std::set<std::string, std::less<>> written;
    for (const Step& step : outcome.done) {
        if (step.side != Peer::kPlane) continue;
        if (step.action == Action::kArchive) expected = merge::Presence::kArchived;
        if (step.action == Action::kRestore) expected = merge::Presence::kPresent;
        for (const merge::FieldChange& change : step.fields) written.insert(change.field);
    }
    if (outcome.plane->presence != expected) return true;
    return std::any_of(planned.entity->fields.begin(), planned.entity->fields.end(),
                       [&](const profile::FieldMap& field) {
                           if (field.plane.empty() || written.contains(field.name())) return false;
                           const json::Value* before = planned.plane->seen.if_contains(field.plane);
                           const json::Value* now = outcome.plane->seen.if_contains(field.plane);
                           return before && now && json::canonical(*before) != json::canonical(*now);
                       });
}

// What was put away was not compared: its fields come with another plan.
bool took_back(const Outcome& outcome) {
    return std::any_of(outcome.done.begin(), outcome.done.end(),
                       [](const Step& step) { return step.action == Action::kRestore; });
}

class Executor {
public:
    Executor(Context& context, const KnownFields& known, World& world, Proposal& proposal, const std::string& run,
             Time seen_from, Around around)
        : context_(context),
          known_(known),
          world_(world),
          proposal_(proposal),
          run_(run),
          around_(around),
          settler_(context, run),
          ground_(context, known, world, proposal, settler_, seen_from),
          plane_(context, world) {}

    Result<Applied> run();

private:
    Result<void> carry_out_all();
    Result<void> carry_out(PlannedLink& planned);
    // Takes out of `step` what is to be done later.
    Result<void> do_step(PlannedLink& planned, Step& step, Outcome& outcome);
    Result<void> write_odoo(PlannedLink& planned, const Step& step, Outcome& outcome);
    Result<void> fail(PlannedLink& planned, Peer side, const Error& error);
    Result<bool> vanished(const PlannedLink& planned);
    bool waits_for_project(const PlannedLink& planned) const;
    void count(const PlannedLink& planned, const Outcome& outcome);
    void wait_with_closing_days();

    Context& context_;
    const KnownFields& known_;
    World& world_;
    Proposal& proposal_;
    const std::string& run_;
    const Around around_;
    Settler settler_;
    Ground ground_;
    PlaneWriter plane_;
    std::vector<PlannedLink*> waiting_;  // for their project
    std::vector<Deferred> deferred_;
    std::set<const PlannedLink*> counted_;
    Applied applied_;
    int failures_in_a_row_ = 0;
};

Result<void> Executor::write_odoo(PlannedLink& planned, const Step& step, Outcome& outcome) {
    if (step.action == Action::kArchive || step.action == Action::kRestore) {
        const bool active = step.action == Action::kRestore;
        TRY(context_.odoo.write(planned.entity->odoo_model, std::stoll(planned.link.index.odoo_id),
                                {{"active", active}}));
        outcome.odoo = planned.odoo;
        outcome.odoo->presence = active ? merge::Presence::kPresent : merge::Presence::kArchived;
        return ok();
    }
    record::Fields fields;
    for (const merge::FieldChange& change : step.fields) fields.emplace(change.field, change.to);
    ProjectView& view =
        world_.project(planned.entity->container.empty() ? planned.link.index.key : planned.link.index.container);
    const profile::OdooFields& known = known_.find(planned.entity->name)->second;
    json::Object body;
    while (true) {
        Result<json::Object> made = profile::write_odoo(context_.profile, *planned.entity, known, fields, view);
        if (made) {
            body = std::move(made).value();
            break;
        }
        const std::string name(made.error().detail("field"));
        if (name.empty() || fields.erase(name) == 0) return std::move(made).error();
        outcome.parked.push_back({name, std::string(made.error().detail("reason")), made.error().message});
    }
    if (body.empty()) return ok();
    TRY(context_.odoo.write(planned.entity->odoo_model, std::stoll(planned.link.index.odoo_id), body));
    outcome.odoo = planned.odoo;
    for (const auto& [key, value] : body) outcome.odoo->seen[key] = value;
    json::Object compared = outcome.odoo->seen;
    compared.erase("write_date");
    outcome.odoo->digest = vault::sha256_hex(json::canonical(compared));
    return ok();
}

Result<void> Executor::do_step(PlannedLink& planned, Step& step, Outcome& outcome) {
    if (step.side == Peer::kOdoo) {
        if (step.action == Action::kCreate) {
            return make_error(Errc::kUnsupported, "this profile creates nothing in Odoo");
        }
        return write_odoo(planned, step, outcome);
    }
    if (step.action == Action::kArchive) return plane_.archive(planned, true, outcome);
    if (step.action == Action::kRestore) return plane_.archive(planned, false, outcome);
    record::Fields now;
    for (const merge::FieldChange& change : step.fields) now.emplace(change.field, change.to);
    plane_.leave_out_strangers(planned, now, outcome);
    std::vector<merge::FieldChange> later;
    const bool closing = closes_cycle(context_, planned, step);
    for (const merge::FieldChange& change : step.fields) {
        const profile::FieldMap* field = planned.entity->field(change.field);
        const bool waits = field && (has_own_call(*field) || (closing && is_cycle_day(*field)));
        if (waits && now.erase(change.field) > 0) later.push_back(change);
    }
    if (step.action == Action::kCreate) {
        TRY(plane_.create(planned, now, outcome));
    } else if (!now.empty()) {
        TRY(plane_.update(planned, now, outcome));
    }
    // A record that was there already is compared as a whole at the next round.
    if (outcome.adopted) return ok();
    std::erase_if(step.fields, [&](const merge::FieldChange& change) {
        return std::find(later.begin(), later.end(), change) != later.end();
    });
    for (merge::FieldChange& change : later) {
        // A record just made is in no cycle and has no relations: nothing is done by leaving it so.
        const bool nothing = record::is_null(change.to) || change.to == record::Value(record::Set{});
        if (step.action == Action::kCreate && nothing) continue;
        deferred_.push_back({&planned, std::move(change)});
    }
    return ok();
}

void Executor::count(const PlannedLink& planned, const Outcome& outcome) {
    // Nobody lost what could not be overwritten.
    applied_.conflicts += std::count_if(
        planned.plan.conflicts.begin(), planned.plan.conflicts.end(), [&](const merge::Conflict& conflict) {
            return std::none_of(outcome.parked.begin(), outcome.parked.end(),
                                [&](const merge::Parked& parked) { return parked.field == conflict.field; });
        });
    if (outcome.adopted) {
        ++applied_.adopted;
        return;
    }
    if (!outcome.done.empty()) counted_.insert(&planned);
    for (const Step& step : outcome.done) {
        if (step.action == Action::kCreate) ++applied_.created;
        if (step.action == Action::kUpdate) {
            ++applied_.updated;
            if (planned.edited_at && applied_.lags.size() < kLagsMax) {
                applied_.lags.push_back({step.side, context_.clock.now() - *planned.edited_at});
            }
        }
        if (step.action == Action::kArchive) ++applied_.archived;
        if (step.action == Action::kRestore) ++applied_.restored;
    }
}

// "Not found" may mean the record itself, or something that the call named besides.
Result<bool> Executor::vanished(const PlannedLink& planned) {
    if (!planned.plane) return false;
    const LinkIndex* container = world_.link(planned.link.index.container);
    return check_vanished(context_, *planned.entity, container ? container->plane_id : std::string(), *planned.plane);
}

bool Executor::waits_for_project(const PlannedLink& planned) const {
    if (planned.entity->container.empty()) return false;
    const LinkIndex* container = world_.link(planned.link.index.container);
    return !container || container->plane_id.empty();
}

Result<void> Executor::fail(PlannedLink& planned, Peer side, const Error& error) {
    const Failure failure = judge(error);
    // What is found out about it now must not be overwritten by what was seen before.
    TRY(settler_.flush());
    if (failure.ends_run) return error;
    if (error.code == Errc::kMoved) {  // somebody else wrote it meanwhile: seen and planned again
        ++applied_.moved;
        return ok();
    }
    // A record that Odoo lost is missing in its next sweep.
    if (failure.vanished && (side == Peer::kOdoo || TRY(vanished(planned)))) {
        ++applied_.moved;
        return ok();
    }
    ++(failure.for_good ? applied_.refused : applied_.failed);
    failures_in_a_row_ = failure.for_good ? 0 : failures_in_a_row_ + 1;
    TRY(settler_.fail(planned, error, failure.reason, failure.for_good));
    if (failures_in_a_row_ >= context_.settings.failures_in_a_row_max) return error;
    return ok();
}

Result<void> Executor::carry_out(PlannedLink& planned) {
    Outcome outcome;
    outcome.agreed = planned.plan.agreed;
    const std::size_t deferred_before = deferred_.size();
    if (waits_for_project(planned)) {
        waiting_.push_back(&planned);
        return ok();
    }
    TRY(settler_.keep_losers(planned));
    for (Step step : planned.plan.steps) {
        Result<void> done = do_step(planned, step, outcome);
        if (!done) return fail(planned, step.side, done.error());
        const auto is_parked = [&](const merge::FieldChange& change) {
            return std::any_of(outcome.parked.begin(), outcome.parked.end(),
                               [&](const merge::Parked& parked) { return parked.field == change.field; });
        };
        std::erase_if(step.fields, is_parked);
        if (step.action != Action::kUpdate || !step.fields.empty()) outcome.done.push_back(std::move(step));
    }
    failures_in_a_row_ = 0;
    // What is still to come, or could not be written, keeps its old base: it will be seen to differ again.
    const auto keep_old = [&](const std::string& field) {
        if (planned.link.base && planned.link.base->contains(field)) {
            outcome.agreed[field] = planned.link.base->find(field)->second;
        } else {
            outcome.agreed.erase(field);
        }
    };
    for (std::size_t i = deferred_before; i < deferred_.size(); ++i) keep_old(deferred_[i].change.field);
    for (const merge::Parked& parked : outcome.parked) {
        if (!parked.field.empty()) keep_old(parked.field);
    }
    for (const auto& [field, value] : outcome.instead) outcome.agreed[field] = value;
    // Met, not made: what the existing record holds is compared at the next round.
    if (outcome.adopted) outcome.agreed = planned.link.base.value_or(record::Fields{});
    // Until they are made, the link asks for another plan: a crash before them must not go unnoticed.
    planned.pending = deferred_.size() - deferred_before;
    outcome.look_again = somebody_was_there(planned, outcome) || took_back(outcome);
    count(planned, outcome);
    TRY(settler_.settle(planned, outcome));
    if (outcome.plane) planned.plane = std::move(outcome.plane);
    if (planned.pending > 0) return ok();
    // Nothing more comes: many plans are held together, and most of what they hold is what was seen.
    planned.odoo.reset();
    planned.plane.reset();
    return ok();
}

// A cycle is closed only when nothing of its project is on the way any more: an item that arrives in a later round
// could not join it.
void Executor::wait_with_closing_days() {
    std::set<std::string, std::less<>> busy;
    for (const PlannedLink& planned : proposal_.links) {
        if (planned.entity->plane_kind != "cycle" && planned.executable() && !planned.plan.steps.empty()) {
            busy.insert(planned.link.index.container);
        }
    }
    std::erase_if(deferred_, [&](const Deferred& one) {
        const profile::FieldMap* field = one.planned->entity->field(one.change.field);
        return field && one.planned->entity->plane_kind == "cycle" && is_cycle_day(*field) &&
               busy.contains(one.planned->link.index.container);
    });
}

Result<void> Executor::carry_out_all() {
    std::vector<PlannedLink*> idle;
    std::vector<std::string> intended;
    std::int64_t total = 0;
    for (PlannedLink& planned : proposal_.links) {
        if (planned.plan.steps.empty() && !planned.held) idle.push_back(&planned);
        if (!planned.executable() || planned.plan.steps.empty()) continue;
        ++total;
        for (const Step& step : planned.plan.steps) {
            if (step.action == Action::kCreate) intended.push_back(planned.link.index.key);
        }
    }
    for (const PlannedLink* planned : idle) {
        applied_.conflicts += static_cast<std::int64_t>(planned->plan.conflicts.size());
    }
    TRY(settle_idle(context_, run_, idle));
    // The intent is on disk before the first call: a crash leaves a name to look for, never a silent twin.
    if (!intended.empty()) {
        TRY(context_.transact([&](pg::Transaction& tx) { return intend(tx, context_.scope(), intended); }));
    }

    deferred_.reserve(static_cast<std::size_t>(total));
    std::int64_t done = 0;
    for (PlannedLink& planned : proposal_.links) {
        if (!planned.executable() || planned.plan.steps.empty()) continue;
        if (context_.stopping()) return make_error(Errc::kCancelled, "stopped; what was done is settled");
        if (!TRY(ground_.holds(planned))) {
            ++applied_.moved;
            continue;
        }
        TRY(carry_out(planned));
        context_.progress("writing", around_.done + ++done, around_.done + total + around_.after);
    }
    TRY(settle_waiting(context_, run_, waiting_));
    wait_with_closing_days();
    const Written written = TRY(carry_out_deferred(
        context_, world_, plane_, settler_, deferred_,
        [&](PlannedLink& planned, const Error& error) { return fail(planned, Peer::kPlane, error); }));
    for (const PlannedLink* planned : written) applied_.updated += counted_.contains(planned) ? 0 : 1;
    return ok();
}

Result<Applied> Executor::run() {
    const Result<void> done = carry_out_all();
    const Result<void> settled = settler_.flush();  // what was done is settled however the run ended
    if (!done) return done.error();
    if (!settled) return settled.error();
    return applied_;
}

}  // namespace

void Applied::add(const Applied& other) {
    created += other.created;
    adopted += other.adopted;
    updated += other.updated;
    archived += other.archived;
    restored += other.restored;
    refused += other.refused;
    failed += other.failed;
    moved += other.moved;
    conflicts += other.conflicts;
    const std::size_t room = kLagsMax - std::min(kLagsMax, lags.size());
    lags.insert(lags.end(), other.lags.begin(),
                other.lags.begin() + static_cast<std::ptrdiff_t>(std::min(room, other.lags.size())));
}

Result<Applied> apply(Context& context, const KnownFields& known, World& world, Proposal& proposal,
                      const std::string& run, Time seen_from, Around around) {
    return Executor(context, known, world, proposal, run, seen_from, around).run();
}

}  // namespace syncline::sync
