// Plane's answers that are not a success, as one Error.
//
// Plane has five shapes of error bodies: field errors {"name": ["..."]}, {"detail": "..."}, {"error": "..."},
// {"error", "id"} of a 409, and {"error_code", "error_message"} of a 429. Only words of the body tell a dead key
// ("Given API token is not valid", a 403) from a missing right (another 403).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::plane::detail {

// Details: "status" always; "id" of a 409; "fields" (compact JSON) of a 400 with field errors; "code" where Plane gives
// one; "route" = "missing" when the server does not have the address at all (a 404 of an older or lesser edition).
Error error_of(const net::HttpResponse& response, std::string_view request_url);

// The server has no such address, as opposed to no such object.
bool route_missing(const Error& error);

// The body of an error in words: "name: This field is required.; assignees 0: Invalid pk ...".
std::string in_words(const json::Value& body);

// Anything that looks like an API key replaced, and no longer than fits a log line.
std::string presentable(std::string_view text);

bool is_html(const net::HttpResponse& response);

// What Retry-After says (seconds, or a date counted from `now`); nothing when it is absent or unreadable.
std::optional<Micros> retry_after(const net::HttpResponse& response, Time now);

// "Sat, 21 Nov 2026 00:12:56 GMT"
std::optional<Time> parse_http_date(std::string_view text);

}  // namespace syncline::plane::detail
