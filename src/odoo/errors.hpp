// Odoo's failures in the product's words.
//
// Odoo says what went wrong by the Python name of its exception; the HTTP status alone misleads: a misspelt field is a
// 500 that no repeat can mend, a lost race is a 500 that a repeat mends, and over JSON-RPC every failure is a 200.
// Pure functions; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::odoo {

inline constexpr std::size_t kMessageBytesMax = 600;  // of Odoo's own words kept in an Error
inline constexpr std::int64_t kRetryAfterDefaultMs = 1'000;

// `object` is Odoo's {"name", "message", "debug", …}; its debug trace is never looked at. `what` is "model/method".
// The Error carries details "exception" and "status", "field" where Odoo names one, and "retry" = "true" where Odoo
// rolled back and a repeat may work.
Error exception_error(std::string_view what, int status, const json::Value& object);

// An answer that is not Odoo's own JSON: a web page, a proxy, a cut body. `database` is the one asked for.
//   kNotConfigured   wrong address or database      kRateLimited   429, with details["retry_after_ms"]
//   kOutcomeUnknown  a 5xx from something in front, or text that is not JSON: the call may have taken effect
Error page_error(std::string_view what, const net::HttpResponse& response, std::string_view database);

// What load() says instead of failing: its first error message. Lost races become kUpstream with retry = "true".
Error load_error(std::string_view what, const json::Value& answer);

// A question that got no answer changed nothing: kOutcomeUnknown becomes kUpstream, which says so.
Error as_read_error(Error error);

// Worth repeating after a pause when repeating is safe.
bool is_passing(const Error& error);

}  // namespace syncline::odoo
