// What a handler answers, and the server's five shapes of refusal.
#pragma once

#include <string>
#include <string_view>

#include "json/json.hpp"
#include "net/http.hpp"

namespace syncline::sim::plane {

struct Answer {
    int status = 200;
    json::Value body;
    bool empty = false;  // no body at all
    net::Headers headers = {};
};

inline Answer ok(json::Value body) { return {200, std::move(body)}; }
inline Answer created(json::Value body) { return {201, std::move(body)}; }
inline Answer no_content() { return {204, nullptr, true}; }

Answer field_errors(json::Object errors);                     // 400 {"name": ["…"]}
Answer cross_field(std::string_view text);                    // 400 {"non_field_errors": ["…"]}
Answer detail(int status, std::string_view text);             // {"detail": "…"}
Answer refused(int status, std::string_view text);            // {"error": "…"}
Answer conflict(std::string_view text, std::string_view id);  // 409 {"error": "…", "id": "…"}
Answer missing();                                             // 404, the object
Answer page_missing();                                        // 404, the route
Answer forbidden();                                           // 403, no right here
Answer bad_payload();                                         // 400, a database constraint
Answer crashed();                                             // 500

}  // namespace syncline::sim::plane
