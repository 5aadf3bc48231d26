// The planner: three trees in, decisions out. A pure function: no input or output, no clock.
//
// Promises, checked by merge/plan_test.cpp on random trees:
//   P2  planning again after the writes were made plans nothing
//   P3  each value that differs from base and loses is in `conflicts`
//   P7  no write goes against a field's owner
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "merge/policy.hpp"

namespace syncline::merge {

enum class Presence {
    kAbsent,  // never seen on this side
    kPresent,
    kArchived,  // there, put away
    kGone,      // was there, is not any more
};
std::string_view to_string(Presence presence);

// One side of a link as observed.
struct Tree {
    Presence presence = Presence::kAbsent;
    record::Fields fields;
    // When the entity (or one field of it) was last edited by somebody, by the best source known, corrected for the
    // peer's clock skew. Used only to rank two real edits of a shared field.
    std::optional<Time> edited_at;
    std::map<std::string, Time, std::less<>> field_edited_at;
    // Fields whose value could not be put into the product's vocabulary, with the reason: they are neither compared
    // nor written, and each becomes a Parked entry. The text is "reason" or "reason: detail".
    std::map<std::string, std::string, std::less<>> unreadable;
    // Sets of which some elements could not be put into the product's vocabulary, with the reason: the others are
    // compared and written, and each such field becomes a Parked entry as well.
    std::map<std::string, std::string, std::less<>> incomplete;
};

struct LinkInput {
    record::LinkKey key;
    std::optional<record::Fields> base;  // what both sides last agreed on; none before the first settle
    bool tombstone = false;              // the link was ended by a deletion or archive
    Tree odoo;
    Tree plane;
    // Which side may be given a record that exists only on the other: the profile's creation rule.
    bool create_in_odoo = false;
    bool create_in_plane = false;
    // Whether putting a record away (or deleting it) on one side puts it away on the other.
    bool archive_follows_odoo = true;
    bool archive_follows_plane = false;
};

enum class Action {
    kNone,
    kCreate,   // make the record on `side`, with `fields`
    kUpdate,   // write `fields` to `side`
    kArchive,  // put the record away on `side` (the other side's is archived or gone)
    kRestore,  // take it back
};
std::string_view to_string(Action action);

struct FieldChange {
    std::string field;
    record::Value from;  // what the side held when it was observed: the precondition
    record::Value to;
    auto operator<=>(const FieldChange&) const = default;
};

// What one side is to be told. At most one Step per side and link.
struct Step {
    record::Peer side = record::Peer::kPlane;
    Action action = Action::kNone;
    std::vector<FieldChange> fields;  // sorted by name; for kCreate `from` is null
};

struct Conflict {
    std::string field;
    record::Peer winner = record::Peer::kOdoo;
    record::Value winning;
    record::Value losing;
    std::string reason;  // "owner", "newer", "tie", "forced"
};

// Both versions wait for a person; nothing is written to this field until then.
struct Review {
    std::string field;
    record::Value odoo;
    record::Value plane;
    std::string reason;  // "edited on both sides within 5 s", …
};

struct Parked {
    std::string field;   // "" = the whole link
    std::string reason;  // machine-readable, from a fixed list: see profile/reasons.hpp
    std::string detail;
};

struct LinkPlan {
    record::LinkKey key;
    std::vector<Step> steps;
    std::vector<Conflict> conflicts;
    std::vector<Review> reviews;
    std::vector<Parked> parked;
    // What base becomes once every step has succeeded. Fields under review keep their old base.
    // Names that begin with '@' are the planner's own notes ("@ended", "@review:due"): store them with the rest, show
    // them to nobody. They are no fields.
    record::Fields agreed;
    // The link ends (or is taken up again) with this plan.
    bool tombstone = false;
    bool idle() const { return steps.empty() && conflicts.empty() && reviews.empty(); }
    // SHA-256 over the canonical form of everything above: the same decision has the same hash, on any machine.
    std::string hash() const;
    json::Object to_json() const;
};

// Whether some field of a link with this base is under review.
bool has_review_notes(const record::Fields& base);

LinkPlan plan_link(const LinkInput& input, const Policy& policy);

// A plan is the plans of its links, in the order in which they must be applied: its hash is over theirs.
std::string whole_hash(const std::vector<std::string>& link_hashes);

}  // namespace syncline::merge
