// An alert as a work item of Plane's project for operations.
#pragma once

#include <string>

#include "alerts/detail/delivery_store.hpp"
#include "plane/client.hpp"

namespace syncline::alerts {

std::string external_id(const Alert& alert);  // "syncline.alert:KEY"

// Makes it, or opens the one of an earlier alert of this key again. Answers its id.
Result<std::string> open_item(plane::Client& plane, const std::string& project, const Delivery& delivery,
                              const std::string& from);
// Says that it is over, and moves it to the project's first completed state. Nothing when it is not there (any more).
Result<void> close_item(plane::Client& plane, const std::string& project, const Delivery& delivery);

}  // namespace syncline::alerts
