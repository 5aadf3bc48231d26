// The PostgreSQL programs of this machine.
#pragma once

#include <string>

#include "base/result.hpp"

namespace syncline::pg {

inline constexpr int kMajorVersionMin = 15;

// The folder with initdb and postgres: `wanted` when given; else of the version that made the cluster in `data`, or of
// the newest one installed when there is none. kNotConfigured with the package's name.
Result<std::string> find_programs(const std::string& wanted, const std::string& data,
                                  const std::string& root = "/usr/lib/postgresql");

}  // namespace syncline::pg
