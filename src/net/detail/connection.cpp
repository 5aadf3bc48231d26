#include "net/detail/connection.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "base/text.hpp"

namespace syncline::net::detail {
namespace {

namespace asio = boost::asio;
using Failure = boost::system::error_code;

// A sender of much is not read more often than this before the others have their turn.
constexpr int kReadsPerTurnMax = 8;
// After a refusal what the client still sends is thrown away for this long: closing at once would make its system
// throw away our answer.
constexpr std::chrono::seconds kDrainMax(2);
// At a stop, for answers that the client is slow to take.
constexpr std::chrono::seconds kStopWriteMax(5);

// What all copies of one Respond share.
class Answer {
public:
    Answer(asio::io_context& io, std::shared_ptr<Connection> connection)
        : io_(io), guard_(asio::make_work_guard(io)), connection_(std::move(connection)) {}
    ~Answer() { give(std::nullopt); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    void give(std::optional<HttpResponse> response) {
        if (given_.exchange(true)) return;
        // The guard keeps the socket thread alive until the answer is back on it, and ends there: after this call the
        // server may be gone.
        asio::post(io_, [connection = std::move(connection_), guard = std::move(guard_),
                         response = std::move(response)]() mutable { connection->on_answer(std::move(response)); });
    }

private:
    asio::io_context& io_;
    asio::executor_work_guard<asio::io_context::executor_type> guard_;
    std::shared_ptr<Connection> connection_;
    std::atomic<bool> given_ = false;
};

void handle(const AsyncHandler& handler, HttpRequest request, const std::shared_ptr<Answer>& answer) {
    try {
        handler(std::move(request),
                [answer](std::optional<HttpResponse> response) { answer->give(std::move(response)); });
    } catch (const DropConnection&) {
        answer->give(std::nullopt);
    } catch (...) {
        // The client learns that it failed and not why; whoever wants to know more catches it in the handler.
        answer->give(HttpResponse{500, {{"Content-Type", "text/plain"}}, "internal error\n"});
    }
}

HttpResponse plain_refusal(int status) {
    HttpResponse response{status, {{"Content-Type", "text/plain"}}, {}};
    switch (status) {
        case 408: response.body = "the request was not whole in time\n"; break;
        case 413: response.body = "the body is too long\n"; break;
        case 431: response.body = "the headers are too long\n"; break;
        case 501: response.body = "this transfer encoding is not understood\n"; break;
        default: response.body = "this is not an HTTP request\n"; break;
    }
    return response;
}

bool would_block(const Failure& failure) {
    return failure == asio::error::would_block || failure == asio::error::try_again;
}

}  // namespace

Connection::Connection(Shared& shared, asio::ip::tcp::socket socket)
    : shared_(shared),
      socket_(std::move(socket)),
      timer_(shared.io),
      reader_(shared.options.header_bytes_max, shared.options.body_bytes_max),
      place_(shared.idle.insert(shared.idle.end(), this)),
      crowd_(&shared.idle) {}

void Connection::start() {
    Failure ignored;  // a connection without these still works
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    set_deadline(shared_.options.idle_timeout);
    watch();
    wait_readable();
}

void Connection::stop() {
    if (phase_ == Phase::kReading || phase_ == Phase::kDraining) return close();
    close_after_ = true;
    if (phase_ == Phase::kWriting) set_deadline(kStopWriteMax);
}

void Connection::wait_readable() {
    // Waiting instead of reading into a buffer of one's own: an idle connection holds no buffer.
    socket_.async_wait(asio::socket_base::wait_read, [self = shared_from_this()](const Failure& failure) {
        // What was put aside in the meantime (by an answer that could not wait for more bytes) is not a failure.
        const bool reading = self->phase_ == Phase::kReading || self->phase_ == Phase::kDraining;
        if (!reading || failure == asio::error::operation_aborted) return;
        if (failure) return self->close();
        self->on_readable();
    });
}

void Connection::on_readable() {
    for (int turn = 0; turn < kReadsPerTurnMax; ++turn) {
        Failure failure;
        const std::size_t size = socket_.read_some(asio::buffer(shared_.read_buffer), failure);
        if (would_block(failure)) break;
        if (failure) return close();
        if (phase_ == Phase::kDraining) continue;
        if (!on_bytes({shared_.read_buffer.data(), size})) return;
        if (size < shared_.read_buffer.size()) break;
    }
    wait_readable();
}

bool Connection::on_bytes(std::string_view bytes) {
    const bool started_before = reader_.started();
    const bool in_body_before = reader_.in_body();
    switch (reader_.feed(bytes)) {
        case RequestReader::State::kWhole: dispatch(); return false;
        case RequestReader::State::kBad: refuse(reader_.bad_status()); return false;
        case RequestReader::State::kMore: break;
    }
    if (!started_before && reader_.started()) {
        move_to(shared_.sending);
        set_deadline(shared_.options.header_timeout);
    }
    if (!in_body_before && reader_.in_body()) set_deadline(shared_.options.body_timeout);
    hold(reader_.held());
    while (shared_.request_bytes > shared_.options.request_bytes_max && !shared_.sending.empty()) {
        shared_.sending.front()->evict();
        if (phase_ == Phase::kClosed) return false;
    }
    if (reader_.wants_continue()) {
        // Everything before was written, so these few bytes fit; a client that misses them sends the body anyway.
        Failure ignored;
        socket_.write_some(asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")), ignored);
    }
    return true;
}

void Connection::move_to(Crowd& crowd) {
    crowd.splice(crowd.end(), *crowd_, place_);
    crowd_ = &crowd;
}

void Connection::hold(std::size_t bytes) {
    shared_.request_bytes += bytes - held_;
    held_ = bytes;
}

void Connection::dispatch() {
    phase_ = Phase::kHandling;
    move_to(shared_.busy);
    deadline_ = Clock::time_point::max();
    style_.keep_alive = reader_.keep_alive();
    style_.http_1_0 = reader_.is_http_1_0();
    hold(reader_.held());
    HttpRequest request = reader_.take();
    style_.head = request.method == "HEAD";
    shared_.pool.submit([&handler = shared_.handler, request = std::move(request),
                         answer = std::make_shared<Answer>(shared_.io, shared_from_this())]() mutable {
        handle(handler, std::move(request), answer);
    });
}

void Connection::on_answer(std::optional<HttpResponse> given) {
    if (phase_ == Phase::kClosed) return;
    if (!given) return close();
    HttpResponse response = std::move(*given);
    hold(reader_.held());
    AnswerStyle style = style_;
    if (close_after_ || shared_.stopping || iequals(response.headers.get("Connection"), "close"))
        style.keep_alive = false;
    write(std::move(response), style);
}

void Connection::refuse(int status) {
    move_to(shared_.busy);
    hold(0);
    HttpResponse response = shared_.options.refusal ? shared_.options.refusal(status) : plain_refusal(status);
    write(std::move(response), AnswerStyle{.keep_alive = false});
}

void Connection::write(HttpResponse response, const AnswerStyle& style) {
    phase_ = Phase::kWriting;
    head_ = response_head(response, style);
    body_ = style.head || !has_body(response.status) ? std::string() : std::move(response.body);
    written_ = 0;
    close_after_ = !style.keep_alive;
    write_some();
}

void Connection::write_some() {
    for (;;) {
        const std::size_t of_head = std::min(written_, head_.size());
        const std::array<asio::const_buffer, 2> rest = {asio::buffer(head_) + of_head,
                                                        asio::buffer(body_) + (written_ - of_head)};
        if (asio::buffer_size(rest) == 0) return on_written();
        Failure failure;
        written_ += socket_.write_some(rest, failure);
        if (would_block(failure)) break;
        if (failure) return close();
    }
    // A client that takes nothing for as long as an idle one may be silent is given up.
    set_deadline(shared_.stopping ? Clock::duration(kStopWriteMax) : Clock::duration(shared_.options.idle_timeout));
    socket_.async_wait(asio::socket_base::wait_write, [self = shared_from_this()](const Failure& failure) {
        if (self->phase_ == Phase::kClosed) return;
        if (failure) return self->close();
        self->write_some();
    });
}

void Connection::on_written() {
    head_ = {};
    body_ = {};
    if (close_after_) return drain();
    phase_ = Phase::kReading;
    move_to(shared_.idle);
    set_deadline(shared_.options.idle_timeout);
    // Perhaps the next request is here already, behind the one just answered.
    if (on_bytes({})) wait_readable();
}

void Connection::drain() {
    Failure failure;
    socket_.shutdown(asio::socket_base::shutdown_send, failure);
    if (failure || shared_.stopping) return close();
    phase_ = Phase::kDraining;
    move_to(shared_.idle);
    set_deadline(kDrainMax);
    wait_readable();
}

void Connection::close() {
    if (phase_ == Phase::kClosed) return;
    phase_ = Phase::kClosed;
    Failure ignored;  // there is nobody left to tell
    socket_.close(ignored);
    timer_.cancel();
    hold(0);
    crowd_->erase(place_);
    shared_.connections.erase(shared_from_this());
}

void Connection::set_deadline(Clock::duration from_now) {
    deadline_ = Clock::now() + from_now;
    if (deadline_ < timer_.expiry()) timer_.cancel();  // wakes the watch, which then waits for the nearer one
}

// The timer wakes at the deadline or, if that is further away, after the shortest of the timeouts: so moving the
// deadline from request to request hardly ever touches the timer.
void Connection::watch() {
    const ServerOptions& options = shared_.options;
    const auto period = std::min<Clock::duration>({options.header_timeout, options.body_timeout, options.idle_timeout});
    timer_.expires_at(std::min(deadline_, Clock::now() + period));
    timer_.async_wait([self = shared_from_this()](const Failure&) {
        if (self->phase_ == Phase::kClosed) return;
        if (Clock::now() >= self->deadline_) self->on_deadline();
        if (self->phase_ != Phase::kClosed) self->watch();
    });
}

void Connection::on_deadline() {
    if (phase_ == Phase::kReading && reader_.started()) {
        Failure ignored;
        socket_.cancel(ignored);
        return refuse(408);
    }
    close();
}

}  // namespace syncline::net::detail
