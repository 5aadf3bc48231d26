// One client's connection: reads a request, has it handled, writes the answer, and again. Everything here runs on the
// server's one socket thread; only the handler runs elsewhere.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>
#include <unordered_set>

#include "net/detail/request_reader.hpp"
#include "net/detail/response_head.hpp"
#include "net/detail/worker_pool.hpp"
#include "net/http_server.hpp"

namespace syncline::net::detail {

class Connection;
using Crowd = std::list<Connection*>;  // who came first is in front

// What the connections of one server share. Touched by the socket thread only, but for `handler`, `options` and `pool`.
struct Shared {
    Shared(AsyncHandler answer, ServerOptions with)
        : handler(std::move(answer)), options(std::move(with)), pool(options.threads) {}

    const AsyncHandler handler;
    const ServerOptions options;
    // Each connection that is not closed is in one of these.
    Crowd idle;                     // between two requests
    Crowd sending;                  // a request is not whole yet
    Crowd busy;                     // its request is being answered
    std::size_t request_bytes = 0;  // of all requests that are not answered yet
    boost::asio::io_context io{1};
    WorkerPool pool;
    std::unordered_set<std::shared_ptr<Connection>> connections;
    std::vector<char> read_buffer;  // one for all: bytes are parsed before anybody else reads
    bool stopping = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Shared& shared, boost::asio::ip::tcp::socket socket);
    void start();
    // No further request; an answer that is due is still given.
    void stop();
    // Others need its place.
    void evict() { close(); }
    // What became of the request that was handed out: an answer, or none.
    void on_answer(std::optional<HttpResponse> response);

private:
    using Clock = std::chrono::steady_clock;
    enum class Phase { kReading, kHandling, kWriting, kDraining, kClosed };

    void wait_readable();
    void on_readable();
    bool on_bytes(std::string_view bytes);  // true: read on
    void dispatch();
    void move_to(Crowd& crowd);
    void hold(std::size_t bytes);
    void refuse(int status);
    void write(HttpResponse response, const AnswerStyle& style);
    void write_some();
    void on_written();
    void drain();
    void close();

    void set_deadline(Clock::duration from_now);
    void watch();
    void on_deadline();

    Shared& shared_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    Clock::time_point deadline_;
    RequestReader reader_;
    Crowd::iterator place_;
    Crowd* crowd_;
    std::size_t held_ = 0;  // this one's part of request_bytes
    Phase phase_ = Phase::kReading;
    AnswerStyle style_;        // of the request being handled
    std::string head_;         // the answer being written
    std::string body_;         // the answer being written
    std::size_t written_ = 0;  // of head_ and body_ together
    bool close_after_ = false;
};

}  // namespace syncline::net::detail
