// A small HTTP/1.1 server: one thread owns the sockets, a bounded pool runs the handler.
// Idle and slow connections cost memory only; they never hold a pool thread, and never keep others out.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "net/http.hpp"

namespace syncline::net {

struct ServerOptions {
    std::string address = "127.0.0.1";
    int port = 0;  // 0: the system chooses; see HttpServer::port()
    int threads = 4;
    std::size_t body_bytes_max = 8u << 20;     // more: 413
    std::size_t header_bytes_max = 64u << 10;  // more: 431
    // More: who is idle longest has to go, then who has been sending longest; while all are being answered, the new
    // one.
    std::size_t connections_max = 4096;
    // Of requests that are not answered yet, all connections together. More: who has been sending longest has to go.
    std::size_t request_bytes_max = 256u << 20;
    std::chrono::milliseconds header_timeout{10'000};  // from a request's first byte to its header's end, else 408
    std::chrono::milliseconds body_timeout{20'000};    // from there to its end, else 408
    std::chrono::milliseconds idle_timeout{60'000};    // without a request
    // Answers what the server refuses by itself: 400, 408, 413, 431, 501. Called by the socket thread: be quick. Empty:
    // a line of plain text.
    std::function<HttpResponse(int status)> refusal = {};
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

// Gives the answer, once, from any thread; none = the connection is closed without one. When all copies are gone and
// none was called, the connection is closed too. stop() waits for each.
using Respond = std::function<void(std::optional<HttpResponse>)>;
// Called on a pool thread; may return before it has responded, so that waiting for something holds no thread.
using AsyncHandler = std::function<void(HttpRequest, Respond)>;
Result<std::unique_ptr<HttpServer>> serve_async(AsyncHandler handler, ServerOptions options = {});

}  // namespace syncline::net
