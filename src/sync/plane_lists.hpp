// The lists beside the profile's entities in Plane: members of the workspace; states, labels and members of a project.
#pragma once

#include "sync/plane_seen.hpp"

namespace syncline::sync {

Result<void> observe_members(Context& context);

// The lists of one project: states, labels, members. Needed right after a project is created or adopted.
Result<void> observe_project_lists(Context& context, const std::string& project);

// A label that was just made.
Result<void> keep_label(Context& context, const std::string& project, json::Object label);

}  // namespace syncline::sync
