// The fewest calls that make a set of relations. Plane takes many targets in one call, from either end: `blocked_by`
// from the item that waits, `blocking` from the one it waits for, and both are stored as the same row. So each call is
// one end of its relations, and the fewest calls are a minimum vertex cover of the graph of blockers and blocked ones.
// Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace syncline::sync {

struct Relation {
    std::string blocker;  // Plane's ids
    std::string blocked;
    bool own_call = false;  // may be made from the blocked item only
};

struct RelationCall {
    std::string item;
    bool blocking = false;            // sent by the blocker; else by the item that waits
    std::vector<std::size_t> covers;  // indices of the relations that it makes, ascending; never empty
};

// Each relation is in exactly one call. In the order of their first relations.
std::vector<RelationCall> fewest_calls(const std::vector<Relation>& relations);

}  // namespace syncline::sync
