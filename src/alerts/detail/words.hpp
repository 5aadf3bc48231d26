// Numbers and texts as people and other systems read them. Pure.
#pragma once

#include <string>
#include <string_view>

namespace syncline::alerts {

std::string percent(double share);  // "94.7 %", cut off, not rounded up: 94.99 % is not 95 %
std::string escape_html(std::string_view text);
std::string escape_slack(std::string_view text);  // what would be a mention, a link or markup of Slack's own is text
// At most `bytes_max` bytes of whole characters, "…" when something is missing.
std::string shortened(std::string_view text, std::size_t bytes_max);

}  // namespace syncline::alerts
