// From a schedule that breaks a promise to a small one that still does: what is left is what matters.
#pragma once

#include <functional>

#include "simulation/cutting.hpp"

namespace syncline::simulation {

// Each try plays a schedule.
inline constexpr int kShrinkTriesMax = 300;

struct Shrunk {
    Cutting cutting;
    int tries = 0;
    bool smallest = false;  // nothing more could be taken out; false: the tries were used up before that was known
};

// Takes out steps, many at once and then one by one, then what goes wrong in those that are left, then what is odd
// about the peers, for as long as `still_breaks` says yes. Its errors are passed on.
Result<Shrunk> shrink(const Schedule& failing, const std::function<Result<bool>(const Schedule&)>& still_breaks,
                      int tries_max = kShrinkTriesMax);

}  // namespace syncline::simulation
