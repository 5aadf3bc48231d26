// Why a change is not applied: the fixed list. Used in Parked entries, `explain` and the ledger.
#pragma once

#include <string_view>

namespace syncline::profile::reasons {

inline constexpr std::string_view kWaitsForParent = "waits_for_parent";   // the record it refers to is not linked yet
inline constexpr std::string_view kUserUnmapped = "user_unmapped";        // no counterpart for this person
inline constexpr std::string_view kStateUnknown = "state_unknown";        // a stage or state outside the state table
inline constexpr std::string_view kValueUnknown = "value_unknown";        // a value outside its table
inline constexpr std::string_view kUnsupported = "unsupported";           // the peer or edition cannot do it
inline constexpr std::string_view kFrozen = "frozen";                     // a completed cycle cannot be edited
inline constexpr std::string_view kRefused = "refused";                   // the peer refused the value
inline constexpr std::string_view kNotKept = "not_kept";                  // the peer took it and stored something else
inline constexpr std::string_view kParentElsewhere = "parent_elsewhere";  // Plane wants parent and child in one project
inline constexpr std::string_view kProjectMoved = "project_moved";        // Plane cannot move an item between projects
inline constexpr std::string_view kOrphan = "orphan";  // born in Plane, and the profile creates nothing in Odoo
inline constexpr std::string_view kGoneInPlane = "gone_in_plane";
inline constexpr std::string_view kGoneInOdoo = "gone_in_odoo";
inline constexpr std::string_view kNameTaken = "name_taken";
inline constexpr std::string_view kHeld = "held";      // the blast-radius guard waits for a person
inline constexpr std::string_view kFailed = "failed";  // the peer failed; tried again at the next sync

// One sentence for people: what it means and what to do.
std::string_view advice(std::string_view reason);

}  // namespace syncline::profile::reasons
