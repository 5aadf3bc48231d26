// What Plane made of what it was told. It drops some values without a word (an assignee who is a guest, a label of
// another project) and answers as if all were well: its answer is compared with what was sent, and what differs is
// parked, not pretended.
#pragma once

#include "sync/settle.hpp"

namespace syncline::sync {

// `wanted` is what the plan says, `sent` what of it went out. What Plane shows instead of a field that was sent goes to
// `outcome.instead`, and the field to `outcome.parked` unless it is there.
void note_what_was_kept(const Context& context, const PlannedLink& planned, const ProjectView& view,
                        const record::Fields& wanted, const record::Fields& sent, const json::Object& answer,
                        Outcome& outcome);

// The plan was to write these fields and nothing else, and Plane holds what it held before: sent again it would do as
// little.
bool was_in_vain(const PlannedLink& planned, const record::Fields& sent, const json::Object& answer,
                 const Outcome& outcome);

}  // namespace syncline::sync
