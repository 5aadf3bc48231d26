// How far the server's clock is from ours, from the Date headers of its answers.
#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace syncline::odoo::detail {

// An estimate older than this gives way to the next, even a worse one: clocks drift and get set.
inline constexpr Micros kSkewAgeMax = std::chrono::minutes(10);

// "Sat, 21 Nov 2026 00:19:45 GMT", the only form that servers still send; nothing for anything else.
std::optional<Time> parse_http_date(std::string_view text);

// Keeps the estimate of the quickest round trip: the shorter it is, the less the answer aged under way. Thread safe.
class Skew {
public:
    void observe(std::string_view date_header, Time sent, Time received);
    Micros estimate() const;  // server minus local; zero until the first answer

private:
    mutable std::mutex mutex_;
    std::optional<Micros> round_trip_;
    Time observed_{};
    Micros skew_{0};
};

}  // namespace syncline::odoo::detail
