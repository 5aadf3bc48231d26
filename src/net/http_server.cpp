#include "net/http_server.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <thread>

#include "net/detail/connection.hpp"

namespace syncline::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::size_t kReadBufferBytes = 64u << 10;
// After an accept that failed (usually: no file descriptors left), so as not to spin.
constexpr std::chrono::milliseconds kAcceptPause(100);

class Server final : public HttpServer {
public:
    Server(AsyncHandler handler, ServerOptions options)
        : shared_{std::move(handler), std::move(options)}, acceptor_(shared_.io), pause_(shared_.io) {
        shared_.read_buffer.resize(kReadBufferBytes);
    }
    ~Server() override { stop(); }

    Result<void> listen() {
        const ServerOptions& options = shared_.options;
        Failure failure;
        const auto address = asio::ip::make_address(options.address, failure);
        if (failure || options.port < 0 || options.port > 65'535) {
            return make_error(Errc::kInvalid, "not an address to listen on: " + place(),
                              "use an IP address and a port");
        }
        const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(options.port));
        acceptor_.open(endpoint.protocol(), failure);
        if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
        if (!failure) acceptor_.bind(endpoint, failure);
        if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
        if (!failure) port_ = acceptor_.local_endpoint(failure).port();
        if (failure) {
            return make_error(Errc::kUnreachable, "cannot listen on " + place() + ": " + failure.message(),
                              "choose another port, or stop the program that uses this one");
        }
        accept();
        thread_ = std::thread([this] { shared_.io.run(); });
        return ok();
    }

    int port() const override { return port_; }

    void stop() override {
        std::call_once(stopped_, [this] {
            if (!thread_.joinable()) return;
            asio::post(shared_.io, [this] { close(); });
            // The socket thread ends when the last connection is gone.
            thread_.join();
        });
    }

private:
    std::string place() const { return shared_.options.address + ":" + std::to_string(shared_.options.port); }

    void accept() {
        acceptor_.async_accept([this](const Failure& failure, tcp::socket socket) {
            if (shared_.stopping) return;
            if (failure) return accept_later();
            if (make_room()) {
                const auto connection = std::make_shared<detail::Connection>(shared_, std::move(socket));
                shared_.connections.insert(connection);
                connection->start();
            }
            accept();
        });
    }

    // False when everybody here is being answered.
    bool make_room() {
        if (shared_.connections.size() < shared_.options.connections_max) return true;
        for (const auto* crowd : {&shared_.idle, &shared_.sending}) {
            if (crowd->empty()) continue;
            crowd->front()->evict();
            return true;
        }
        return false;
    }

    void accept_later() {
        pause_.expires_after(kAcceptPause);
        pause_.async_wait([this](const Failure&) {
            if (!shared_.stopping) accept();
        });
    }

    void close() {
        shared_.stopping = true;
        Failure ignored;  // it is going away
        acceptor_.close(ignored);
        pause_.cancel();
        const auto connections = shared_.connections;  // a copy: closing removes from it
        for (const auto& connection : connections) connection->stop();
    }

    detail::Shared shared_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    int port_ = 0;
    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> serve_async(AsyncHandler handler, ServerOptions options) {
    auto server = std::make_unique<Server>(std::move(handler), std::move(options));
    TRY(server->listen());
    return std::unique_ptr<HttpServer>(std::move(server));
}

Result<std::unique_ptr<HttpServer>> serve(Handler handler, ServerOptions options) {
    return serve_async([handler = std::move(handler)](const HttpRequest& request,
                                                      const Respond& respond) { respond(handler(request)); },
                       std::move(options));
}

}  // namespace syncline::net
