// The only file that sees Beast, and of it only the parser.
#include "net/detail/request_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/text.hpp"
#include "net/url.hpp"

namespace syncline::net::detail {

namespace http = boost::beast::http;

struct RequestReader::Parser {
    http::request_parser<http::string_body> http;
    HttpRequest request;  // as the header said; trailers, which come after the body, are left out on purpose: whoever
                          // checked the header on the way here has not seen them
    bool header_read = false;
    std::size_t header_bytes = 0;
    bool continue_due = false;
};

RequestReader::RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max)
    : header_bytes_max_(header_bytes_max), body_bytes_max_(body_bytes_max) {}

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::feed(std::string_view bytes) {
    if (bad_status_ != 0) return State::kBad;
    if (pending_.empty()) {
        // The usual case: nothing is left over from before, so nothing needs to be copied together.
        const State state = advance(bytes);
        pending_.assign(bytes);
        return state;
    }
    pending_.append(bytes);
    std::string_view rest = pending_;
    const State state = advance(rest);
    pending_.erase(0, pending_.size() - rest.size());
    return state;
}

RequestReader::State RequestReader::advance(std::string_view& rest) {
    if (!parser_) {
        // Some old clients send a line break too many after a body.
        while (!rest.empty() && (rest.front() == '\r' || rest.front() == '\n')) rest.remove_prefix(1);
        if (rest.empty()) return State::kMore;
        parser_ = std::make_unique<Parser>();
        // The parser counts in 32 bits.
        parser_->http.header_limit(static_cast<std::uint32_t>(std::min<std::size_t>(header_bytes_max_, 1u << 30)));
        parser_->http.body_limit(body_bytes_max_);
    }
    for (;;) {
        boost::beast::error_code failure;
        const std::size_t used = parser_->http.put(boost::asio::buffer(rest.data(), rest.size()), failure);
        rest.remove_prefix(used);
        if (failure && failure != http::error::need_more) {
            if (failure == http::error::body_limit) return fail(413);
            return fail(failure == http::error::header_limit ? 431 : 400);
        }
        if (parser_->http.is_header_done() && !parser_->header_read) {
            if (const int status = read_header(); status != 0) return fail(status);
        }
        if (parser_->http.is_done()) return State::kWhole;
        if (failure || used == 0 || rest.empty()) break;
    }
    // What the parser waits for is a header, a chunk's size line or a trailer: each of them is bounded.
    return rest.size() > header_bytes_max_ ? fail(431) : State::kMore;
}

RequestReader::State RequestReader::fail(int status) {
    bad_status_ = status;
    parser_.reset();
    return State::kBad;
}

// 0, or the status to refuse with.
int RequestReader::read_header() {
    const auto& header = parser_->http.get();
    // A coding that is not understood hides where the body ends: the rest would be read as another request.
    if (header.count(http::field::transfer_encoding) != 0 && !parser_->http.chunked()) return 501;
    const std::size_t hosts = header.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && header.version() >= 11)) return 400;

    HttpRequest& request = parser_->request;
    request.method = std::string(header.method_string());
    request.url = std::string(header.target());
    if (const auto absolute = parse_url(request.url)) {
        request.url = absolute->query.empty() ? absolute->path : absolute->path + "?" + absolute->query;
    }
    if (!request.url.starts_with('/') && request.url != "*") return 400;
    for (const auto& field : header) {
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
        parser_->header_bytes += field.name_string().size() + field.value().size();
    }
    parser_->continue_due = header.version() >= 11 && iequals(header[http::field::expect], "100-continue");
    parser_->header_read = true;
    parser_->http.eager(true);  // only now: earlier, the trailers could be among the headers already
    return 0;
}

HttpRequest RequestReader::take() {
    HttpRequest request = std::move(parser_->request);
    request.body = std::move(parser_->http.get().body());
    parser_.reset();
    return request;
}

bool RequestReader::started() const { return parser_ != nullptr; }

bool RequestReader::in_body() const { return parser_ && parser_->header_read; }

std::size_t RequestReader::held() const {
    return pending_.size() + (parser_ ? parser_->header_bytes + parser_->http.get().body().size() : 0);
}

bool RequestReader::wants_continue() { return parser_ && std::exchange(parser_->continue_due, false); }

bool RequestReader::keep_alive() const { return parser_ && parser_->http.keep_alive(); }

bool RequestReader::is_http_1_0() const { return parser_ && parser_->http.get().version() < 11; }

}  // namespace syncline::net::detail
