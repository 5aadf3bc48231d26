#include "sync/deferred.hpp"

#include "profile/html.hpp"
#include "sync/cycle_members.hpp"
#include "sync/relation_writer.hpp"

namespace syncline::sync {

namespace {

using record::Peer;

Result<void> write_days(Follower& follower, PlaneWriter& plane, const std::vector<const Deferred*>& of_one_cycle) {
    PlannedLink& planned = *of_one_cycle.front()->planned;
    Outcome outcome;
    outcome.agreed = planned.link.base.value_or(record::Fields{});
    merge::Step step{Peer::kPlane, merge::Action::kUpdate, {}};
    record::Fields fields;
    for (const Deferred* one : of_one_cycle) {
        fields[one->change.field] = one->change.to;
        outcome.agreed[one->change.field] = one->change.to;
        step.fields.push_back(one->change);
    }
    const Result<void> written = plane.update(planned, fields, outcome);
    if (!written) return follower.on_failure(planned, written.error());
    for (const auto& [field, value] : outcome.instead) outcome.agreed[field] = value;
    outcome.done = {step};
    return follower.settle(planned, std::move(outcome), of_one_cycle.size());
}

Result<void> write_comment(Follower& follower, const Deferred& one) {
    if (record::is_null(one.change.to)) return follower.settle_field(one, one.change.to, "", nullptr, {});
    const std::string text = "<p>" + profile::escape_html(record::as_text(one.change.to)) + "</p>";
    const std::string name =
        external_id(*one.planned->entity, one.planned->link.index.odoo_id) + "/" + one.change.field;
    const Result<json::Object> made = follower.context.plane.create_comment(
        follower.project_id(*one.planned), one.planned->link.index.plane_id, text, name);
    if (!made) return follower.on_failure(*one.planned, made.error());
    return follower.settle_field(one, one.change.to, "", nullptr, {});
}

}  // namespace

bool is_cycle_day(const profile::FieldMap& field) { return field.plane == "start_date" || field.plane == "end_date"; }

bool closes_cycle(const Context& context, const PlannedLink& planned, const merge::Step& step) {
    if (planned.entity->plane_kind != "cycle") return false;
    const Day today = std::chrono::floor<std::chrono::days>(context.clock.now());
    for (const merge::FieldChange& change : step.fields) {
        const profile::FieldMap* field = planned.entity->field(change.field);
        if (!field || field->plane != "end_date") continue;
        const Result<Day> end = parse_day(record::as_text(change.to));
        if (end && *end < today) return true;
    }
    return false;
}

Result<Written> carry_out_deferred(Context& context, World& world, PlaneWriter& plane, Settler& settler,
                                   const std::vector<Deferred>& deferred, const OnFailure& on_failure) {
    Follower follower(context, world, settler, on_failure);
    std::vector<const Deferred*> cycles;
    std::vector<const Deferred*> relations;
    std::vector<const Deferred*> comments;
    std::map<const PlannedLink*, std::vector<const Deferred*>> days;
    for (const Deferred& one : deferred) {
        const profile::FieldMap* field = one.planned->entity->field(one.change.field);
        if (!field) continue;
        if (one.planned->entity->plane_kind == "cycle") {
            if (is_cycle_day(*field)) days[one.planned].push_back(&one);
        } else if (field->plane == "cycle") {
            cycles.push_back(&one);
        } else if (field->plane == "blocked_by") {
            relations.push_back(&one);
        } else {
            comments.push_back(&one);
        }
    }
    TRY(write_cycle_members(follower, cycles));
    for (const auto& [planned, both] : days) TRY(write_days(follower, plane, both));
    TRY(write_relations(follower, relations));
    for (const Deferred* one : comments) {
        if (context.stopping()) return make_error(Errc::kCancelled, "stopped; what was done is settled");
        TRY(write_comment(follower, *one));
    }
    return follower.written;
}

}  // namespace syncline::sync
