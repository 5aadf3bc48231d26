// Work items: what the API, the web app's side and the other handlers share.
#pragma once

#include "sim/plane/detail/call.hpp"
#include "sim/plane/detail/pages.hpp"

namespace syncline::sim::plane {

// Each new item of a state sorts this far behind the last one.
inline constexpr double kOrderStep = 10000;
// The first of its kind in a project (items, cycles, modules, labels).
inline constexpr double kFirstOrder = 65535;

// Archived items, drafts, triage and everything in an archived project hide from lists and from GET.
bool visible(World& world, const Row& item);

// The visible items of a project.
Rows visible_items(World& world, std::string_view project);

// Sorts by a column, or by the few orders that the server knows besides. False: it crashes.
bool order_items(World& world, Rows& rows, std::string_view order_by);

// Values as the validator left them, made fit for storage: dates in order, one HTML root, people and labels of this
// project only, state and parent of this project. An answer when they cannot be.
std::optional<Answer> settle_values(World& world, std::string_view project, json::Object& values);

Row& insert_item(World& world, std::string_view project, std::string_view user, const json::Object& values);

// Writes and keeps what depends: completed_at follows the state, sort orders, the pair index.
void update_item(World& world, Row& row, std::string_view user, const json::Object& values);

// With its children, relations and places in cycles and modules. Nobody is told.
void remove_item(World& world, Row& row);

std::string default_state(World& world, std::string_view project);
std::int64_t children_count(World& world, const Row& item);

// The cycle of an item; null when it has none.
const Row* cycle_place(World& world, const Row& item);

}  // namespace syncline::sim::plane
