// Random links for the planner's property test, a faithful peer to apply plans to, and the case as JSON for a person
// who has to understand a failure.
#pragma once

#include "base/random.hpp"
#include "merge/plan.hpp"

namespace syncline::merge::plan_case {

struct Case {
    LinkInput input;
    Policy policy;
};

// Small alphabets on purpose: most of what can go wrong needs two values to meet.
Case make_case(Random& random);

// The link after both peers did exactly what the plan says and base became what was agreed.
LinkInput apply(const LinkInput& input, const Policy& policy, const LinkPlan& plan);

json::Object to_json(const Case& subject);

// The value of a field as compared: none when it is not there to be compared.
std::optional<record::Value> held(const Tree& tree, const FieldPolicy& policy);

}  // namespace syncline::merge::plan_case
