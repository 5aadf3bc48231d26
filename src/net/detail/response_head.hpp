// The bytes before the body of an answer.
#pragma once

#include "net/http.hpp"

namespace syncline::net::detail {

struct AnswerStyle {
    bool http_1_0 = false;
    bool keep_alive = true;
    bool head = false;  // the request was a HEAD: the length is told, the body is not sent
};

// False for the statuses that never have a body (1xx, 204, 304).
bool has_body(int status);

// Status line and headers with the empty line after them. Content-Length, Transfer-Encoding and Connection are the
// server's business: what the handler says about them is left out. A header that would break out of its line is too.
std::string response_head(const HttpResponse& response, const AnswerStyle& style);

}  // namespace syncline::net::detail
