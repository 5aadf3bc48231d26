// Webhooks, as the community edition sends them: one delivery per changed key of a request.
#pragma once

#include <vector>

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

enum class Event { kProject, kIssue, kCycle, kModule, kComment };

struct Change {
    std::string field;
    json::Value before;
    json::Value after;
};

// Those keys of a request whose value differs from what the record showed; keys that the record does not have never
// count, and values are compared as they were sent.
std::vector<Change> changes(const json::Object& before, const json::Object& asked);

// Queue what the server sends for a creation, an update (one delivery per change, in no particular order), a deletion.
void announce_created(World& world, Event event, std::string_view id, std::string_view actor);
void announce_updated(World& world, Event event, std::string_view id, std::string_view actor,
                      std::vector<Change> changes);
void announce_deleted(World& world, Event event, std::string_view id, std::string_view actor);

}  // namespace syncline::sim::plane
