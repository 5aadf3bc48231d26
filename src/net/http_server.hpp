// A small HTTP/1.1 server: one thread owns the sockets, a bounded pool runs the handler.
// Idle and slow connections cost memory only; they never hold a pool thread.
#pragma once

#include <memory>

#include "net/http.hpp"

namespace syncline::net {

struct ServerOptions {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: the system chooses; see HttpServer::port()
    int threads = 4;
    std::size_t body_bytes_max = 8u << 20;           // more: 413
    std::size_t header_bytes_max = 64u << 10;        // more: 431
    std::size_t connections_max = 4096;              // more: closed at once
    std::chrono::milliseconds read_timeout{15'000};  // a request not whole by then: 408 and closed
    std::chrono::milliseconds idle_timeout{60'000};
};

class HttpServer {
public:
    virtual ~HttpServer() = default;  // stops
    virtual int port() const = 0;
    // Refuses new requests, waits for the running ones, closes. Safe to call twice.
    virtual void stop() = 0;
};

// kUnreachable with the address when it cannot listen (in use, not allowed).
// A handler that throws DropConnection has its connection closed without an answer; any other exception is a 500.
Result<std::unique_ptr<HttpServer>> serve(Handler handler, ServerOptions options = {});

}  // namespace syncline::net
