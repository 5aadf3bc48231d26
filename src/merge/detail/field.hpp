// One field of one link: what each side is to hold, and what is lost by that. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "merge/plan.hpp"

namespace syncline::merge::detail {

// Reasons that the planner itself gives; profile/reasons.hpp has the whole list and a test that these are in it.
inline constexpr std::string_view kUnsupported = "unsupported";
inline constexpr std::string_view kOrphan = "orphan";
inline constexpr std::string_view kGoneInOdoo = "gone_in_odoo";
inline constexpr std::string_view kGoneInPlane = "gone_in_plane";

struct FieldInput {
    const FieldPolicy& policy;
    const record::Value* base = nullptr;  // null: the two sides never agreed on this field
    // The note that an earlier plan left in base when it put this field under review, or "".
    std::string_view review_note;
    const record::Value& odoo;
    const record::Value& plane;
    std::optional<Time> odoo_edited_at;
    std::optional<Time> plane_edited_at;
    bool forced = false;  // the policy's Force applies
    Micros conflict_window{0};
};

struct FieldOutcome {
    std::optional<record::Value> odoo;  // what is to be written there; none: it stays as it is
    std::optional<record::Value> plane;
    std::vector<Conflict> conflicts;
    std::optional<Review> review;
    std::string review_note;  // to be kept in base with the review
    std::vector<Parked> parked;
    std::optional<record::Value> agreed;  // what base is to hold; none: it stays as it is
};

// The name in base of a field's review note begins so. A review stays open for as long as both sides hold what they
// held when it was opened: the next write of another field would move the record's edit time, and the clock would
// decide alone.
inline constexpr std::string_view kReviewNote = "@review:";

// A set field that holds nothing holds the empty set. What comes back is `value` or lives for ever.
const record::Value& normal(const FieldPolicy& policy, const record::Value& value);

bool writable(const FieldPolicy& policy, record::Peer side);

FieldOutcome decide_field(const FieldInput& input);

}  // namespace syncline::merge::detail
