#include "support/http_load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

#include "support/timing.hpp"

namespace syncline::bench {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kLength = "Content-Length: ";
constexpr std::string_view kGood = "HTTP/1.1 200 ";

Error failed(const std::string& what) { return make_error(Errc::kInternal, "the load: " + what); }

Result<int> connect_to(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket);
        return failed("cannot connect");
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

// Small requests: the socket takes them whole.
bool send_all(int socket, const std::string& bytes) {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

// The answer's whole size when it is here; 0 when more has to come.
std::size_t whole_answer(std::string_view text) {
    const std::size_t head = text.find(kHeadEnd);
    const std::size_t at = text.find(kLength);
    if (head == text.npos || at == text.npos) return 0;
    std::size_t length = 0;
    std::from_chars(text.data() + at + kLength.size(), text.data() + head, length);
    const std::size_t size = head + kHeadEnd.size() + length;
    return text.size() >= size ? size : 0;
}

struct Line {
    int socket = -1;
    Stopwatch since;
    std::string answer;
};

class Crowd {
public:
    ~Crowd() {
        for (const Line& line : lines_) ::close(line.socket);
        if (poll_ >= 0) ::close(poll_);
    }
    Result<void> connect(int port, int connections) {
        poll_ = ::epoll_create1(0);
        lines_.reserve(static_cast<std::size_t>(connections));
        for (int i = 0; i < connections; ++i) {
            lines_.push_back({TRY(connect_to(port)), {}, {}});
            epoll_event wanted{};
            wanted.events = EPOLLIN;
            wanted.data.u32 = static_cast<std::uint32_t>(i);
            ::epoll_ctl(poll_, EPOLL_CTL_ADD, lines_.back().socket, &wanted);
        }
        return ok();
    }
    Result<void> send(Line& line, const std::string& request) {
        line.since = {};
        if (!send_all(line.socket, request)) return failed("the connection was closed");
        return ok();
    }
    // Calls `answered` for each line whose answer is whole.
    template <typename F>
    Result<void> turn(F answered) {
        epoll_event ready[64];
        const int count = ::epoll_wait(poll_, ready, 64, 1000);
        if (count <= 0) return failed("no answer for a second");
        for (int i = 0; i < count; ++i) {
            Line& line = lines_[ready[i].data.u32];
            char buffer[4096];
            const ssize_t size = ::recv(line.socket, buffer, sizeof buffer, 0);
            if (size <= 0) return failed("the connection was closed");
            line.answer.append(buffer, static_cast<std::size_t>(size));
            if (whole_answer(line.answer) == 0) continue;
            if (!line.answer.starts_with(kGood)) return failed(line.answer);
            line.answer.clear();
            TRY(answered(line));
        }
        return ok();
    }
    std::vector<Line>& lines() { return lines_; }

private:
    int poll_ = -1;
    std::vector<Line> lines_;
};

}  // namespace

Result<Load> http_load(int port, int connections, double warm_up_seconds, double seconds,
                       const std::function<const std::string&()>& next) {
    Crowd crowd;
    TRY(crowd.connect(port, connections));
    for (Line& line : crowd.lines()) TRY(crowd.send(line, next()));
    Load load;
    int waiting = connections;
    const Stopwatch watch;
    while (waiting > 0) {
        TRY(crowd.turn([&](Line& line) -> Result<void> {
            const double now = watch.seconds();
            if (now >= warm_up_seconds && now < warm_up_seconds + seconds) {
                load.milliseconds.push_back(line.since.milliseconds());
            }
            if (now < warm_up_seconds + seconds) return crowd.send(line, next());
            --waiting;
            return ok();
        }));
    }
    load.per_second = double(load.milliseconds.size()) / seconds;
    return load;
}

Result<IdleConnections> IdleConnections::open(int port, int count, const std::string& request) {
    IdleConnections idle;
    for (int i = 0; i < count; ++i) {
        idle.sockets_.push_back(TRY(connect_to(port)));
        std::string answer;
        if (!send_all(idle.sockets_.back(), request)) return failed("the connection was closed");
        while (whole_answer(answer) == 0) {
            char buffer[4096];
            const ssize_t size = ::recv(idle.sockets_.back(), buffer, sizeof buffer, 0);
            if (size <= 0) return failed("the connection was closed");
            answer.append(buffer, static_cast<std::size_t>(size));
        }
    }
    return idle;
}

IdleConnections::~IdleConnections() {
    for (const int socket : sockets_) ::close(socket);
}

std::size_t IdleConnections::still_open() const {
    std::size_t count = 0;
    for (const int socket : sockets_) {
        char byte;
        const ssize_t size = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (size < 0) ++count;  // nothing to read, and not closed
    }
    return count;
}

}  // namespace syncline::bench
