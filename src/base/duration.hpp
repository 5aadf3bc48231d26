// How long, for people. Pure.
#pragma once

#include <string>

#include "base/time.hpp"

namespace syncline {

// "45 s", "12 min", "3 h", "2 days": cut off, not rounded.
std::string in_words(Micros duration);

}  // namespace syncline
