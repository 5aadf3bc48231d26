// What people leave to chance.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"

namespace syncline::simulation {

// "Task 00042"
inline std::string word(Random& random, std::string_view kind) {
    return fmt::format("{} {:05}", kind, random.below(100'000));
}

// One of a list that is not empty.
template <typename T>
const T& pick(Random& random, const std::vector<T>& from) {
    return from[random.below(from.size())];
}

}  // namespace syncline::simulation
