#include "sync/kept.hpp"

#include <algorithm>

#include "profile/reasons.hpp"

namespace syncline::sync {

namespace {

namespace reasons = profile::reasons;

bool is_parked(const Outcome& outcome, std::string_view field) {
    return std::any_of(outcome.parked.begin(), outcome.parked.end(),
                       [&](const merge::Parked& parked) { return parked.field == field; });
}

std::string shown(const record::Value& value) { return json::canonical(record::to_json(value)); }

}  // namespace

void note_what_was_kept(const Context& context, const PlannedLink& planned, const ProjectView& view,
                        const record::Fields& wanted, const record::Fields& sent, const json::Object& answer,
                        Outcome& outcome) {
    // Read as agreed: a name that had to be cut is kept, and so is text that the sanitiser put another way.
    const merge::Tree tree =
        profile::read_plane(context.profile, *planned.entity, answer, view, &wanted, outcome.echoes);
    for (const auto& [name, value] : sent) {
        const profile::FieldMap* field = planned.entity->field(name);
        // The identifier is ours to make: the wish is one of several tries.
        if (!field || field->transform == profile::Transform::kIdentifier) continue;
        const auto now = tree.fields.find(name);
        const auto wish = wanted.find(name);
        if (now == tree.fields.end() || wish == wanted.end() || now->second == wish->second) continue;
        outcome.instead[name] = now->second;
        if (is_parked(outcome, name)) continue;
        outcome.parked.push_back({name, std::string(reasons::kNotKept),
                                  "Plane was told " + shown(wish->second) + " and keeps " + shown(now->second)});
    }
}

bool was_in_vain(const PlannedLink& planned, const record::Fields& sent, const json::Object& answer,
                 const Outcome& outcome) {
    if (!planned.plane || planned.plan.steps.size() != 1 || planned.plan.steps.front().fields.size() != sent.size()) {
        return false;
    }
    return std::all_of(sent.begin(), sent.end(), [&](const auto& member) {
        const profile::FieldMap* field = planned.entity->field(member.first);
        if (!field || !outcome.instead.contains(member.first)) return false;
        const json::Value* before = planned.plane->seen.if_contains(field->plane);
        const json::Value* now = answer.if_contains(field->plane);
        return before && now && json::canonical(*before) == json::canonical(*now);
    });
}

}  // namespace syncline::sync
