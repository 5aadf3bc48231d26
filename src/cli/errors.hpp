// An Error on standard error: what happened, what to do; for programs as JSON.
#pragma once

#include <string>

#include "base/error.hpp"

namespace syncline::cli {

// Ends with a line end.
std::string render_error(const Error& error, bool as_json, bool color);

}  // namespace syncline::cli
