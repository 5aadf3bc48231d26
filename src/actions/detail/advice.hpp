// What the fixed words of the queue and the inbox mean, and what a person does about each. Pure.
#pragma once

#include <string_view>

#include "jobs/queue.hpp"

namespace syncline::actions::detail {

struct Advice {
    std::string_view meaning;
    std::string_view cure;
};

Advice advice_on(jobs::DeadReason reason);
// A state of ingress::Receipt; a sentence that says so for one that is not known.
std::string_view meaning_of_state(std::string_view state);

}  // namespace syncline::actions::detail
