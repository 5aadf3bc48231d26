#include "odoo/detail/skew.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace syncline::odoo::detail {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::optional<Time> parse_http_date(std::string_view text) {
    const auto parts = split(trim(text), ' ');
    if (parts.size() != 6 || parts[5] != "GMT") return std::nullopt;
    const auto month = std::find(kMonths.begin(), kMonths.end(), parts[2]);
    if (month == kMonths.end()) return std::nullopt;
    const auto number = std::to_string(101 + (month - kMonths.begin())).substr(1);
    const auto time = parse_time(parts[3] + "-" + number + "-" + parts[1] + " " + parts[4]);
    if (!time) return std::nullopt;
    return *time;
}

void Skew::observe(std::string_view date_header, Time sent, Time received) {
    const auto server = parse_http_date(date_header);
    if (!server) return;
    const Micros round_trip = received - sent;
    const std::lock_guard lock(mutex_);
    if (round_trip_ && round_trip > *round_trip_ && received - observed_ < kSkewAgeMax) return;
    round_trip_ = round_trip;
    observed_ = received;
    skew_ = *server - received;
}

Micros Skew::estimate() const {
    const std::lock_guard lock(mutex_);
    return skew_;
}

}  // namespace syncline::odoo::detail
