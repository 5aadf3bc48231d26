// What becomes of a description's HTML on its way in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace syncline::sim::plane {

// Scripts, handlers, strange schemes and unknown tags go; links get a rel.
std::string clean_html(std::string_view html);

// The REST API's whole treatment: one root (plain text gets a <p>, several roots a <div> or <span>), then clean_html.
// Nothing for a text that cannot be parsed, which is the empty one.
std::optional<std::string> api_html(std::string_view html);

// The text without its tags.
std::string strip_tags(std::string_view html);

}  // namespace syncline::sim::plane
