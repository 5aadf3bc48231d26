// When a cycle begins: Odoo's milestones have an end only.
#pragma once

#include "json/json.hpp"
#include "record/value.hpp"

namespace syncline::profile::detail {

// The day after "_previous_deadline", else "_project_start", else the agreed start, else "_today"; never after the
// deadline. Nothing without a deadline: Plane wants both dates or none. A start that came from "today" stays where it
// was first put, or it would move every night.
record::Value cycle_start(std::string_view deadline, const json::Object& raw, std::string_view agreed);

}  // namespace syncline::profile::detail
