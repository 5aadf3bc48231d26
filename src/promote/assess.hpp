// What a plan's numbers say to the person who has to decide. Pure.
#pragma once

#include <string>
#include <vector>

#include "promote/plan.hpp"

namespace syncline::promote {

struct Assessment {
    std::vector<std::string> choices;  // approve, reject
    std::vector<std::string> risks;
    std::string recommendation;
};
Assessment assess(const Plan& plan);

}  // namespace syncline::promote
