// JSON as Python writes and reads it: "65535.0" for a whole float, and its parse errors in its own words.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"

namespace syncline::sim::plane {

enum class Spacing {
    kTight,  // {"a":1,"b":"é"}: what the REST API answers
    kLoose,  // {"a": 1, "b": "\u00e9"}: json.dumps as it comes, what webhooks carry
};

std::string python_json(const json::Value& value, Spacing spacing);

// "Expecting value: line 1 column 1 (char 0)" and so on; "" for text that is one JSON value.
std::string python_parse_error(std::string_view text);

}  // namespace syncline::sim::plane
