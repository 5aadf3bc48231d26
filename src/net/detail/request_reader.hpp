// Bytes in, HTTP/1.x requests out. Knows no sockets; one per connection, used by one thread.
#pragma once

#include <memory>

#include "net/http.hpp"

namespace syncline::net::detail {

class RequestReader {
public:
    enum class State {
        kMore,   // feed() again
        kWhole,  // take() the request
        kBad,    // answer with bad_status() and close: where the next request starts is not known any more
    };

    RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max);
    ~RequestReader();

    State feed(std::string_view bytes);
    // The request, and everything that was known of it is forgotten; bytes that came after it are kept for feed("").
    HttpRequest take();

    // Some of a request is here.
    bool started() const;
    // Its header is here, the rest is not.
    bool in_body() const;
    // Bytes that are kept here, about.
    std::size_t held() const;
    // True once per request: the peer waits for "100 Continue" before it sends the body.
    bool wants_continue();
    // Of the request that is whole.
    bool keep_alive() const;
    bool is_http_1_0() const;
    int bad_status() const { return bad_status_; }

private:
    struct Parser;
    State advance(std::string_view& rest);
    State fail(int status);
    int read_header();

    const std::size_t header_bytes_max_;
    const std::size_t body_bytes_max_;
    std::unique_ptr<Parser> parser_;  // only while a request is under way: an idle connection stays small
    std::string pending_;             // bytes that the parser could not use yet
    int bad_status_ = 0;
};

}  // namespace syncline::net::detail
