// What a person does in the web app: other names for the same columns, and no API in between.
#pragma once

#include "sim/plane/detail/world.hpp"

namespace syncline::sim::plane {

// Fields by their API names or the app's ("state" or "state_id", "assignees" or "assignee_ids" …). A bad value is a
// mistake of the test: the program stops.
void edit_as_person(World& world, Row& row, const json::Object& fields, const std::string& user);
std::string add_as_person(World& world, const std::string& project, const json::Object& fields,
                          const std::string& user);
void archive_as_person(World& world, Row& row, bool archived, const std::string& user);

// A second item with the same external pair, as unlocked check-and-insert makes it.
std::string add_twin(World& world, const Row& row);

}  // namespace syncline::sim::plane
