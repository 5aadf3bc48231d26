// A port for somebody who has to name it before he listens.
#pragma once

#include "base/result.hpp"

namespace syncline::net {

// One of 127.0.0.1 that was free a moment ago; somebody else may have taken it since. kUnreachable when there is none.
Result<int> free_port();

}  // namespace syncline::net
