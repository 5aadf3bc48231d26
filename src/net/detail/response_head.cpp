#include "net/detail/response_head.hpp"

#include "base/text.hpp"

namespace syncline::net::detail {
namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "";  // the phrase may be empty; the space before it may not
    }
}

bool is_ours(std::string_view name) {
    return iequals(name, "Content-Length") || iequals(name, "Transfer-Encoding") || iequals(name, "Connection");
}

bool fits_a_line(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos; }

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const HttpResponse& response, const AnswerStyle& style) {
    std::string head;
    head.reserve(256);
    head.append(style.http_1_0 ? "HTTP/1.0 " : "HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    head.append(reason(response.status)).append("\r\n");
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name) || name.empty() || !fits_a_line(name) || !fits_a_line(value)) continue;
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (has_body(response.status)) {
        head.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
    }
    if (!style.keep_alive) {
        head.append("Connection: close\r\n");
    } else if (style.http_1_0) {
        head.append("Connection: keep-alive\r\n");
    }
    return head.append("\r\n");
}

}  // namespace syncline::net::detail
