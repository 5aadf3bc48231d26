#include "merge/detail/presence.hpp"

#include <algorithm>

#include "merge/detail/field.hpp"

namespace syncline::merge::detail {

namespace {

using record::Peer;

bool put_away(Presence presence) { return presence == Presence::kArchived || presence == Presence::kGone; }

// A side that is said never to have been seen, although both sides agreed on something once, is gone. Believing
// "never seen" here would make the record a second time.
Presence effective(Presence presence, const LinkInput& input) {
    if (presence != Presence::kAbsent || !input.base) return presence;
    const bool agreed_once = std::any_of(input.base->begin(), input.base->end(),
                                         [](const auto& field) { return !field.first.starts_with('@'); });
    return agreed_once ? Presence::kGone : presence;
}

PresenceDecision parked(const LinkInput& input, std::string_view reason, std::string_view detail, bool ended_together) {
    const bool tombstone = reason == kOrphan ? input.tombstone : true;
    return {Course::kParked, Peer::kPlane, tombstone, ended_together, reason, detail};
}

// Only `holder` has the record; the other side never had it.
PresenceDecision one_sided(const LinkInput& input, Peer holder) {
    const bool create = holder == Peer::kOdoo ? input.create_in_plane : input.create_in_odoo;
    if (create) return {Course::kCreate, record::other(holder), false, false, {}, {}};
    return parked(input, kOrphan, holder == Peer::kOdoo ? "only in odoo" : "only in plane", false);
}

// `holder` has the record; the other side has put it away.
PresenceDecision half_ended(const LinkInput& input, Peer holder, Presence there, bool ended_together) {
    const Peer away = record::other(holder);
    const bool holder_leads = holder == Peer::kOdoo ? input.archive_follows_odoo : input.archive_follows_plane;
    const bool away_leads = holder == Peer::kOdoo ? input.archive_follows_plane : input.archive_follows_odoo;
    const bool came_back = input.tombstone && ended_together;
    if (came_back && holder_leads && there == Presence::kArchived) {
        return {Course::kRestore, away, false, false, {}, {}};
    }
    const bool follow = away_leads && !(came_back && holder_leads);
    if (follow) return {Course::kArchive, holder, true, true, {}, {}};
    return parked(input, away == Peer::kOdoo ? kGoneInOdoo : kGoneInPlane, to_string(there), came_back);
}

}  // namespace

PresenceDecision decide_presence(const LinkInput& input) {
    const Presence odoo = effective(input.odoo.presence, input);
    const Presence plane = effective(input.plane.presence, input);
    const bool ended_together = input.base && input.base->contains(kEndedTogether);
    if (odoo == Presence::kPresent && plane == Presence::kPresent)
        return {Course::kCompare, Peer::kPlane, false, false, {}, {}};
    if (odoo == Presence::kPresent && plane == Presence::kAbsent) return one_sided(input, Peer::kOdoo);
    if (odoo == Presence::kAbsent && plane == Presence::kPresent) return one_sided(input, Peer::kPlane);
    if (odoo == Presence::kPresent) return half_ended(input, Peer::kOdoo, plane, ended_together);
    if (plane == Presence::kPresent) return half_ended(input, Peer::kPlane, odoo, ended_together);
    const bool both_away = put_away(odoo) && put_away(plane);
    const bool any_away = put_away(odoo) || put_away(plane);
    return {Course::kNothing, Peer::kPlane, input.tombstone || any_away, both_away, {}, {}};
}

}  // namespace syncline::merge::detail
