// Plain sockets for tests that must send what no honest client would, or answer as no honest server does.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

namespace syncline::net::testing {

inline constexpr int kPatienceMs = 10'000;  // nothing in these tests takes that long unless it is broken

inline sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

class RawSocket {
public:
    explicit RawSocket(int descriptor) : descriptor_(descriptor) {}
    RawSocket(RawSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    RawSocket& operator=(RawSocket&& other) noexcept { return std::swap(descriptor_, other.descriptor_), *this; }
    ~RawSocket() { close(); }

    static RawSocket connect(int port) {
        RawSocket socket(::socket(AF_INET, SOCK_STREAM, 0));
        const sockaddr_in address = loopback(port);
        if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            socket.close();
        return socket;
    }

    bool good() const { return descriptor_ >= 0; }
    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // Reads until `end` has come (what follows is kept for the next call); everything when the peer closes before.
    std::string read_until(std::string_view end) {
        for (;;) {
            if (const std::size_t at = kept_.find(end); !end.empty() && at != kept_.npos) {
                std::string text = kept_.substr(0, at + end.size());
                kept_.erase(0, text.size());
                return text;
            }
            if (!read_more()) return std::exchange(kept_, {});
        }
    }
    std::string read_all() { return read_until(""); }

    // A head and as many body bytes as its Content-Length says.
    std::string read_message() {
        std::string text = read_until("\r\n\r\n");
        const std::size_t at = text.find("Content-Length: ");
        const std::size_t length = at == text.npos ? 0 : std::stoul(text.substr(at + 16));
        while (kept_.size() < length && read_more()) continue;
        text += kept_.substr(0, length);
        kept_.erase(0, length);
        return text;
    }

private:
    bool read_more() {
        pollfd waiting{descriptor_, POLLIN, 0};
        if (::poll(&waiting, 1, kPatienceMs) <= 0) return false;
        char buffer[4096];
        const ssize_t size = ::recv(descriptor_, buffer, sizeof buffer, 0);
        if (size <= 0) return false;
        kept_.append(buffer, static_cast<std::size_t>(size));
        return true;
    }

    int descriptor_;
    std::string kept_;
};

class RawListener {
public:
    RawListener() : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address = loopback(0);
        ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(descriptor_, 16);
        socklen_t size = sizeof address;
        ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~RawListener() { ::close(descriptor_); }
    RawListener(const RawListener&) = delete;
    RawListener& operator=(const RawListener&) = delete;

    int port() const { return port_; }
    // Not good() when nobody came within `patience_ms`.
    RawSocket accept(int patience_ms = kPatienceMs) {
        pollfd waiting{descriptor_, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) <= 0) return RawSocket(-1);
        return RawSocket(::accept(descriptor_, nullptr, nullptr));
    }

private:
    int descriptor_;
    int port_ = 0;
};

}  // namespace syncline::net::testing
