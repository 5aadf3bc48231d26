#include "odoo/detail/address.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::odoo::detail {
namespace {

// First segments of Odoo's own paths.
constexpr std::array<std::string_view, 6> kOdooPaths{"web", "odoo", "jsonrpc", "json", "xmlrpc", "my"};

bool is_odoo_path(std::string_view segment) {
    return std::find(kOdooPaths.begin(), kOdooPaths.end(), segment) != kOdooPaths.end();
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
    std::string url(trim(text));
    if (url.empty()) return make_error(Errc::kNotConfigured, "the Odoo connection has no address", "set its `url`");
    url.resize(std::min(url.find_first_of("?#"), url.size()));
    if (url.find("://") == std::string::npos) url.insert(0, "https://");
    const net::Url parsed = TRY(net::parse_url(url));
    std::string base = parsed.origin();
    for (const std::string& segment : split(parsed.path, '/')) {
        if (is_odoo_path(segment)) break;
        if (!segment.empty()) base += "/" + segment;
    }
    return Address{std::move(base), to_lower(parsed.host)};
}

double rate_for(std::string_view host, double calls_per_s_max) {
    if (calls_per_s_max > 0) return calls_per_s_max;
    return host == "odoo.com" || host.ends_with(".odoo.com") ? kOnlineCallsPerS : 0;
}

}  // namespace syncline::odoo::detail
