// Something that a person has to know and do something about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace syncline::alerts {

enum class Severity { kWarning, kCritical };
std::string_view to_string(Severity severity);

struct Alert {
    std::string key;  // says the same of the same trouble each time: "breaker_open:plane"
    Severity severity = Severity::kWarning;
    std::string kind;     // the rule that found it: "breaker_open"
    std::string peer;     // who is at fault, where one is: "odoo", "plane", ""
    std::string project;  // Plane's id of the project that it is about, "" = none
    std::string subject;  // what to look at: a link, an endpoint
    std::string title;    // one line
    std::string detail;
    std::string cure;  // one line: what to do
};

struct KeptAlert {
    std::int64_t id = 0;
    Alert alert;
    Time opened_at{};
    Time last_seen{};
    std::int64_t count = 1;  // how often it was found while open
    std::optional<Time> closed_at;
    std::optional<Time> notified_at;  // told wherever it had to be
    int notify_attempts = 0;          // that failed, in a row
    std::string notify_error;
};

}  // namespace syncline::alerts
