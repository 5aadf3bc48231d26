#pragma once

#include <string>
#include <string_view>

namespace syncline::watch {

// A text as the inside of a JSON string; line ends cannot break a line in two.
std::string json_text(std::string_view text);

}  // namespace syncline::watch
