#pragma once

#include <string_view>

namespace syncline::cli {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace syncline::cli
