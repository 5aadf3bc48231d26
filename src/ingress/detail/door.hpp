// Who comes in: from a request to a receipt that may be stored, or to a refusal. Pure but for the time that it is
// given.
#pragma once

#include <atomic>
#include <string>
#include <variant>
#include <vector>

#include "ingress/receiver.hpp"

namespace syncline::ingress::detail {

struct Refusal {
    net::HttpResponse answer;
    std::uint64_t Counters::*counter = nullptr;
};

// The receipt lacks its id and its correlation.
std::variant<Receipt, Refusal> admit(const std::vector<Endpoint>& endpoints, net::HttpRequest request, Time now);

}  // namespace syncline::ingress::detail
