// Instants as domains spell them.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace syncline::sim::odoo_detail {

// Microseconds since 1970: [low, high) is the second, or the whole day for a bare date.
struct Span {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

// "2026-12-05 10:11:12", with 'T' and fractions of a second too (cut to the second), "2026-12-05", "today", "now", "-1d
// +2H". Throws ValueError for anything else, a time zone included.
Span read_moment(const std::string& text, Time now);

}  // namespace syncline::sim::odoo_detail
