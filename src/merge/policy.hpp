// Who may decide what: the part of a profile that the planner needs. Data only.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "record/link_key.hpp"
#include "record/value.hpp"

namespace syncline::merge {

enum class Owner {
    kOdoo,    // Odoo's value goes to Plane; a value typed in Plane is put back, and kept in the conflict ledger
    kPlane,   // the other way round
    kApp,     // neither peer decides; both are written from the product's own record
    kShared,  // whoever edited; both edited: see conflict_window
};
std::string_view to_string(Owner owner);  // "odoo", "plane", "app", "shared"

enum class SetRule {
    kNone,      // not a set: compared and written whole
    kExact,     // the owner's set is the set
    kAdditive,  // the owner's elements must be there; elements that only the other side has are left alone,
                // unless they were agreed before and the owner took them away
};

// While the Odoo tree's `when` is true, the field's value is `value` on both sides, whoever owns it
// (a shipped task is done).
struct Force {
    std::string when;
    record::Value value;
};

struct FieldPolicy {
    std::string name;
    Owner owner = Owner::kOdoo;
    SetRule set = SetRule::kNone;
    bool create_only = false;   // written when the entity is created, never compared again
    bool odoo_writable = true;  // false: a write that would be needed becomes a Parked entry
    bool plane_writable = true;
    bool plane_removable = true;  // false: elements cannot be taken out of this set in Plane (relations on CE)
    std::optional<Force> force;
};

struct Policy {
    std::vector<FieldPolicy> fields;  // each name once; fields of the trees that are not named here are ignored
    // Two edits of one shared field closer than this go to a person. Zero: ties go to Plane.
    Micros conflict_window = std::chrono::seconds(5);
};

}  // namespace syncline::merge
