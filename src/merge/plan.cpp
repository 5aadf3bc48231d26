#include "merge/plan.hpp"

#include <algorithm>

#include "merge/detail/field.hpp"
#include "merge/detail/presence.hpp"

namespace syncline::merge {

namespace {

using detail::Course;
using record::Fields;
using record::Peer;
using record::Value;

const Tree& tree_of(const LinkInput& input, Peer side) { return side == Peer::kOdoo ? input.odoo : input.plane; }

const Value* find(const Fields& fields, std::string_view name) {
    const auto place = fields.find(name);
    return place == fields.end() ? nullptr : &place->second;
}

const Value* base_value(const LinkInput& input, std::string_view name) {
    return input.base ? find(*input.base, name) : nullptr;
}

std::string review_note_name(const FieldPolicy& field) { return std::string(detail::kReviewNote) + field.name; }

std::optional<Time> edit_time(const Tree& tree, std::string_view name) {
    const auto place = tree.field_edited_at.find(name);
    return place == tree.field_edited_at.end() ? tree.edited_at : std::optional<Time>(place->second);
}

bool is_forced(const FieldPolicy& policy, const Tree& odoo) {
    if (!policy.force || odoo.presence != Presence::kPresent) return false;
    const Value* when = find(odoo.fields, policy.force->when);
    return when && *when == Value(true);
}

// "reason" or "reason: detail".
void park(const std::string& text, Peer side, std::string_view name, std::vector<Parked>& parked) {
    const std::size_t colon = text.find(": ");
    const std::string detail =
        colon == std::string::npos ? "in " + std::string(record::to_string(side)) : text.substr(colon + 2);
    parked.push_back({std::string(name), text.substr(0, colon), detail});
}

// True when the field is unreadable on that side.
bool park_unreadable(const Tree& tree, Peer side, std::string_view name, std::vector<Parked>& parked) {
    const auto incomplete = tree.incomplete.find(name);
    if (incomplete != tree.incomplete.end()) park(incomplete->second, side, name, parked);
    const auto unreadable = tree.unreadable.find(name);
    if (unreadable == tree.unreadable.end()) return false;
    park(unreadable->second, side, name, parked);
    return true;
}

void add_step(LinkPlan& plan, Peer side, Action action, std::vector<FieldChange> fields) {
    std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.field < b.field; });
    plan.steps.push_back({side, action, std::move(fields)});
}

void compare(const LinkInput& input, const Policy& policy, LinkPlan& plan) {
    std::vector<FieldChange> to_odoo;
    std::vector<FieldChange> to_plane;
    const bool reviewed = input.base && has_review_notes(*input.base);
    for (const FieldPolicy& field : policy.fields) {
        if (field.create_only) continue;
        const bool odoo_unreadable = park_unreadable(input.odoo, Peer::kOdoo, field.name, plan.parked);
        const bool plane_unreadable = park_unreadable(input.plane, Peer::kPlane, field.name, plan.parked);
        const Value* odoo = find(input.odoo.fields, field.name);
        const Value* plane = find(input.plane.fields, field.name);
        if (odoo_unreadable || plane_unreadable || !odoo || !plane) continue;
        const Value* note = reviewed ? base_value(input, review_note_name(field)) : nullptr;
        const detail::FieldInput in{field,
                                    base_value(input, field.name),
                                    note ? record::as_text(*note) : std::string_view(),
                                    detail::normal(field, *odoo),
                                    detail::normal(field, *plane),
                                    edit_time(input.odoo, field.name),
                                    edit_time(input.plane, field.name),
                                    is_forced(field, input.odoo),
                                    policy.conflict_window};
        detail::FieldOutcome out = detail::decide_field(in);
        if (out.odoo) to_odoo.push_back({field.name, in.odoo, std::move(*out.odoo)});
        if (out.plane) to_plane.push_back({field.name, in.plane, std::move(*out.plane)});
        std::move(out.conflicts.begin(), out.conflicts.end(), std::back_inserter(plan.conflicts));
        std::move(out.parked.begin(), out.parked.end(), std::back_inserter(plan.parked));
        if (note) plan.agreed.erase(review_note_name(field));
        if (out.review) {
            plan.agreed[review_note_name(field)] = std::move(out.review_note);
            plan.reviews.push_back(std::move(*out.review));
        }
        if (out.agreed) plan.agreed[field.name] = std::move(*out.agreed);
    }
    if (!to_odoo.empty()) add_step(plan, Peer::kOdoo, Action::kUpdate, std::move(to_odoo));
    if (!to_plane.empty()) add_step(plan, Peer::kPlane, Action::kUpdate, std::move(to_plane));
}

// A forced value that the holder of the record does not have yet goes to the holder too.
const Value& force_on_holder(const FieldPolicy& field, Peer holder, const Value& held,
                             std::vector<FieldChange>& changes, LinkPlan& plan) {
    const Value& forced = detail::normal(field, field.force->value);
    if (held == forced) return forced;
    if (!detail::writable(field, holder)) {
        plan.parked.push_back({field.name, std::string(detail::kUnsupported),
                               "cannot be written in " + std::string(record::to_string(holder))});
        return forced;
    }
    const bool blank = record::is_null(held) || held == Value(record::Set{});
    if (!blank) plan.conflicts.push_back({field.name, record::other(holder), forced, held, "forced"});
    changes.push_back({field.name, held, forced});
    return forced;
}

// All that the holder has goes over, whoever owns it from then on: the new record has nothing of its own to defend.
void create(const LinkInput& input, const Policy& policy, Peer side, LinkPlan& plan) {
    const Peer holder = record::other(side);
    const Tree& source = tree_of(input, holder);
    std::vector<FieldChange> fields;
    std::vector<FieldChange> back;
    for (const FieldPolicy& field : policy.fields) {
        if (park_unreadable(source, holder, field.name, plan.parked)) continue;
        const Value* observed = find(source.fields, field.name);
        if (!observed) continue;
        const Value& held = detail::normal(field, *observed);
        const std::size_t changes_before = back.size();
        const bool forced = is_forced(field, input.odoo) && !field.create_only;
        const Value& value = forced ? force_on_holder(field, holder, held, back, plan) : held;
        const bool holder_has_it = held == value || back.size() > changes_before;
        const bool blank = record::is_null(value) || value == Value(record::Set{});
        if (!detail::writable(field, side)) {
            if (!blank && !field.create_only) {
                plan.parked.push_back({field.name, std::string(detail::kUnsupported),
                                       "cannot be written in " + std::string(record::to_string(side))});
            }
            continue;
        }
        // An empty set is said aloud: both peers put somebody of their own choice where no assignees are named.
        if (!record::is_null(value)) fields.push_back({field.name, Value(), value});
        if (holder_has_it) plan.agreed[field.name] = value;
    }
    if (!back.empty()) add_step(plan, holder, Action::kUpdate, std::move(back));
    add_step(plan, side, Action::kCreate, std::move(fields));
    std::sort(plan.steps.begin(), plan.steps.end(), [](const Step& a, const Step& b) { return a.side < b.side; });
}

}  // namespace

bool has_review_notes(const Fields& base) {
    const auto first = base.lower_bound(detail::kReviewNote);
    return first != base.end() && first->first.starts_with(detail::kReviewNote);
}

LinkPlan plan_link(const LinkInput& input, const Policy& policy) {
    LinkPlan plan;
    plan.key = input.key;
    if (input.base) plan.agreed = *input.base;
    const detail::PresenceDecision decision = detail::decide_presence(input);
    plan.tombstone = decision.tombstone;
    plan.agreed.erase(std::string(detail::kEndedTogether));
    if (decision.ended_together) plan.agreed[std::string(detail::kEndedTogether)] = true;
    switch (decision.course) {
        case Course::kNothing: break;
        case Course::kCompare: compare(input, policy, plan); break;
        case Course::kCreate: create(input, policy, decision.side, plan); break;
        case Course::kArchive: plan.steps.push_back({decision.side, Action::kArchive, {}}); break;
        case Course::kRestore: plan.steps.push_back({decision.side, Action::kRestore, {}}); break;
        case Course::kParked:
            plan.parked.push_back({"", std::string(decision.reason), std::string(decision.detail)});
            break;
    }
    return plan;
}

}  // namespace syncline::merge
