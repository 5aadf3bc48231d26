// Where an Odoo is, from whatever a person pasted. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace syncline::odoo::detail {

// Odoo's documented courtesy for its own hosting: about one call a second.
inline constexpr double kOnlineCallsPerS = 1.0;

struct Address {
    std::string base;  // "https://erp.example.com", without a trailing slash
    std::string host;
};

// Forgiving: blanks, a missing "https://", trailing slashes, and the paths people copy from their browser
// ("/web/login", "/odoo/project/5", "/jsonrpc") are taken off. A path of one's own (a proxy's prefix) stays.
// kNotConfigured for nothing at all, kInvalid for what is no address.
Result<Address> parse_address(std::string_view text);

// calls_per_s_max as set, or Odoo's own limit for its hosting when nothing is set.
double rate_for(std::string_view host, double calls_per_s_max);

}  // namespace syncline::odoo::detail
