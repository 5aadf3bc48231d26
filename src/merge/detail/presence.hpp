// What the presence of a link's two records asks for, before any field is looked at. Pure.
#pragma once

#include "merge/plan.hpp"

namespace syncline::merge::detail {

// The name, in base, of the note that both records were put away together. Without it, "archived in Plane while Odoo
// has it" could not be told from "Odoo took it back after both were put away".
inline constexpr std::string_view kEndedTogether = "@ended";

enum class Course {
    kNothing,
    kCompare,  // both are there: field by field
    kCreate,   // `side` is to get the record
    kArchive,  // `side` is to put its record away
    kRestore,  // `side` is to take its record back
    kParked,   // `reason` says why nothing is done
};

struct PresenceDecision {
    Course course = Course::kNothing;
    record::Peer side = record::Peer::kPlane;
    bool tombstone = false;
    bool ended_together = false;  // what base is to say about it
    std::string_view reason;
    std::string_view detail;
};

PresenceDecision decide_presence(const LinkInput& input);

}  // namespace syncline::merge::detail
