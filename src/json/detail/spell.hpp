// The canonical spelling of a token of JSON text, without a tree. Pure.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::json::detail {

// `token` is one whole scalar (white space may follow), an array or an object, from a text that is valid UTF-8 and
// whose strings hold no bare control characters. Appends its canonical spelling; kInvalid when it is not JSON.
Result<void> spell(std::string& out, std::string_view token);
// The same where no tree is needed for it, which is nearly always; otherwise false, and `out` is as it was.
bool spell_simply(std::string& out, std::string_view token);

}  // namespace syncline::json::detail
