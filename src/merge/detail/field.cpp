#include "merge/detail/field.hpp"

#include "merge/detail/sets.hpp"

namespace syncline::merge::detail {

namespace {

using record::Peer;
using record::Value;

bool is_set(const FieldPolicy& policy) { return policy.set != SetRule::kNone; }

// What both sides should hold, before it is asked whether they can be written. None: what it holds.
struct Wish {
    std::optional<Value> odoo;
    std::optional<Value> plane;
    std::string_view reason = "owner";
    std::string_view review;  // non-empty: nothing is written, a person decides
};

Wish both(const Value& value, std::string_view reason) { return Wish{value, value, reason, {}}; }

Wish leave(std::string_view review) { return Wish{{}, {}, "owner", review}; }

const Set& base_set(const FieldInput& in) {
    static const Set kEmpty;
    return in.base ? record::as_set(*in.base) : kEmpty;
}

Wish shared_set(const FieldInput& in) {
    return both(three_way(base_set(in), record::as_set(in.odoo), record::as_set(in.plane)), "owner");
}

// Two values in dispute, short enough to stand in base.
std::string dispute(const FieldInput& in) {
    return record::digest(record::Fields{{"odoo", in.odoo}, {"plane", in.plane}}).substr(0, 32);
}

// Both sides hold something that somebody put there: the clocks decide, or a person does.
Wish rank_edits(const FieldInput& in) {
    const std::size_t space = in.review_note.find(' ');
    if (space != std::string_view::npos && in.review_note.substr(0, space) == dispute(in)) {
        return leave(in.review_note.substr(space + 1));
    }
    // The clock may name a winner that cannot be written over the loser; it would name another one next time.
    if (!in.policy.odoo_writable || !in.policy.plane_writable) {
        return leave("edited on both sides, and one side cannot be written");
    }
    if (!in.odoo_edited_at || !in.plane_edited_at) return leave("edited on both sides, the time of an edit unknown");
    const Time odoo = *in.odoo_edited_at;
    const Time plane = *in.plane_edited_at;
    const Micros apart = odoo > plane ? odoo - plane : plane - odoo;
    if (apart < in.conflict_window) return leave("edited on both sides within the conflict window");
    if (odoo == plane) return both(in.plane, "tie");
    return both(odoo > plane ? in.odoo : in.plane, "newer");
}

Wish shared_whole(const FieldInput& in) {
    if (in.base) {
        if (in.odoo == *in.base) return both(in.plane, "newer");
        if (in.plane == *in.base) return both(in.odoo, "newer");
    } else {
        if (record::is_null(in.odoo)) return both(in.plane, "newer");
        if (record::is_null(in.plane)) return both(in.odoo, "newer");
    }
    return rank_edits(in);
}

// The owner's elements must be there; of the others only those go that the owner took away.
Wish additive(const FieldInput& in, const Set& owner, const Set& other, Peer owner_side) {
    Set target = unite(owner, without(other, without(base_set(in), owner)));
    if (owner_side == Peer::kOdoo) return Wish{{}, std::move(target), "owner", {}};
    return Wish{std::move(target), {}, "owner", {}};
}

// The product's own record is the base. An additive set must hold its elements on both sides.
Wish app_owned(const FieldInput& in) {
    if (!in.base) return in.odoo == in.plane ? leave({}) : leave("the product has no value of its own yet");
    if (in.policy.set != SetRule::kAdditive) return both(normal(in.policy, *in.base), "owner");
    const Set& base = base_set(in);
    return Wish{unite(base, record::as_set(in.odoo)), unite(base, record::as_set(in.plane)), "owner", {}};
}

Wish wish_for(const FieldInput& in) {
    const FieldPolicy& policy = in.policy;
    if (in.forced) return both(normal(policy, policy.force->value), "forced");
    if (policy.owner == Owner::kApp) return app_owned(in);
    if (in.odoo == in.plane) return leave({});
    if (policy.owner == Owner::kShared) return is_set(policy) ? shared_set(in) : shared_whole(in);
    const bool odoo_owns = policy.owner == Owner::kOdoo;
    if (policy.set == SetRule::kAdditive) {
        const Set& odoo = record::as_set(in.odoo);
        const Set& plane = record::as_set(in.plane);
        return odoo_owns ? additive(in, odoo, plane, Peer::kOdoo) : additive(in, plane, odoo, Peer::kPlane);
    }
    return both(odoo_owns ? in.odoo : in.plane, "owner");
}

// Turns what is wished on one side into what can be written there.
std::optional<Value> doable(const FieldInput& in, Peer side, const Value& held, std::optional<Value> wished,
                            std::vector<Parked>& parked) {
    if (!wished || *wished == held) return std::nullopt;
    const std::string where(record::to_string(side));
    if (!writable(in.policy, side)) {
        parked.push_back({in.policy.name, std::string(kUnsupported), "cannot be written in " + where});
        return std::nullopt;
    }
    if (side == Peer::kOdoo || in.policy.plane_removable || !is_set(in.policy)) return wished;
    const Set stuck = without(record::as_set(held), record::as_set(*wished));
    if (stuck.empty()) return wished;
    parked.push_back(
        {in.policy.name, std::string(kUnsupported), "cannot be taken out in plane: " + record::display(stuck)});
    Value rest = unite(record::as_set(*wished), stuck);
    return rest == held ? std::nullopt : std::optional<Value>(std::move(rest));
}

// Whether writing `now` over `held` loses something that somebody typed.
bool loses(const FieldInput& in, const Value& held, const Value& now) {
    if (is_set(in.policy)) return undoes(base_set(in), record::as_set(held), record::as_set(now));
    return in.base ? held != *in.base : !record::is_null(held);
}

std::optional<Value> agreement(const FieldInput& in, const FieldOutcome& out) {
    if (out.review || (in.policy.owner == Owner::kApp && in.base)) return std::nullopt;
    const Value& odoo = out.odoo ? *out.odoo : in.odoo;
    const Value& plane = out.plane ? *out.plane : in.plane;
    if (in.base && odoo == *in.base && plane == *in.base) return std::nullopt;
    if (is_set(in.policy)) {
        return Value(agreed_set(base_set(in), record::as_set(odoo), record::as_set(plane)));
    }
    return odoo == plane ? std::optional<Value>(odoo) : std::nullopt;
}

}  // namespace

const Value& normal(const FieldPolicy& policy, const Value& value) {
    static const Value kNothing = Set{};
    return is_set(policy) && !std::holds_alternative<Set>(value) ? kNothing : value;
}

bool writable(const FieldPolicy& policy, Peer side) {
    return side == Peer::kOdoo ? policy.odoo_writable : policy.plane_writable;
}

FieldOutcome decide_field(const FieldInput& in) {
    Wish wish = wish_for(in);
    FieldOutcome out;
    if (!wish.review.empty()) {
        out.review = Review{in.policy.name, in.odoo, in.plane, std::string(wish.review)};
        out.review_note = dispute(in) + " " + out.review->reason;
    }
    out.odoo = doable(in, Peer::kOdoo, in.odoo, std::move(wish.odoo), out.parked);
    out.plane = doable(in, Peer::kPlane, in.plane, std::move(wish.plane), out.parked);
    const std::string reason(wish.reason);
    if (out.odoo && loses(in, in.odoo, *out.odoo)) {
        out.conflicts.push_back({in.policy.name, Peer::kPlane, *out.odoo, in.odoo, reason});
    }
    if (out.plane && loses(in, in.plane, *out.plane)) {
        out.conflicts.push_back({in.policy.name, Peer::kOdoo, *out.plane, in.plane, reason});
    }
    out.agreed = agreement(in, out);
    return out;
}

}  // namespace syncline::merge::detail
