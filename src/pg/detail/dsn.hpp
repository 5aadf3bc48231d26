// The address of a server, as the operator wrote it.
#pragma once

#include <string>

#include "base/result.hpp"

namespace syncline::pg {

// kInvalid when libpq cannot read it. The text is not repeated: it may hold a password.
Result<void> check_dsn(const std::string& dsn);

}  // namespace syncline::pg
