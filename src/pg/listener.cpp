#include "pg/listener.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "pg/detail/dsn.hpp"
#include "pg/detail/failure.hpp"

namespace syncline::pg {
namespace {

using SteadyClock = std::chrono::steady_clock;
using SteadyTime = SteadyClock::time_point;

constexpr std::chrono::seconds kConnectMax{10};
constexpr std::chrono::milliseconds kConnectMin{1000};
constexpr std::chrono::milliseconds kReconnectEvery{100};

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeMemory {
    void operator()(void* memory) const { PQfreemem(memory); }
};
using ConnectionPtr = std::unique_ptr<PGconn, Finish>;

// A number that poll() can wait for beside a socket.
class Alarm {
public:
    Alarm() : number_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    ~Alarm() {
        if (number_ >= 0) close(number_);
    }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    bool made() const { return number_ >= 0; }
    int number() const { return number_; }
    void ring() {
        const std::uint64_t one = 1;
        (void)!write(number_, &one, sizeof one);  // fails only when it rings already
    }
    bool stop() {
        std::uint64_t rung = 0;
        return read(number_, &rung, sizeof rung) == sizeof rung;
    }

private:
    int number_;
};

class LibpqListener final : public Listener {
public:
    LibpqListener(std::string dsn, std::vector<std::string> channels)
        : dsn_(std::move(dsn)), channels_(std::move(channels)) {}

    Result<void> open() {
        if (!alarm_.made()) {
            return make_error(Errc::kStore, std::string("cannot make an eventfd: ") + std::strerror(errno));
        }
        return connect(SteadyClock::now() + kConnectMax);
    }

    Result<std::vector<Notice>> wait(std::chrono::milliseconds at_most) override {
        const SteadyTime deadline = SteadyClock::now() + at_most;
        while (true) {
            if (alarm_.stop()) return std::vector<Notice>();
            if (!connection_) {
                if (!rest()) continue;
                // A server that is far away needs more than a short wait leaves; wake() ends this, too.
                TRY(connect(std::max(deadline, SteadyClock::now() + kConnectMin)));
                missed_ = true;
                return std::vector<Notice>();
            }
            std::vector<Notice> heard = take();
            if (!heard.empty()) return heard;
            if (SteadyClock::now() >= deadline) return heard;
            const std::optional<bool> readable = await(PQsocket(connection_.get()), POLLIN, deadline);
            if (readable && *readable && PQconsumeInput(connection_.get()) == 0) connection_.reset();
        }
    }

    bool missed() override { return std::exchange(missed_, false); }
    void wake() override { alarm_.ring(); }

private:
    // True when the socket is ready, false when the time is over, nothing when the alarm rang (it goes on ringing).
    std::optional<bool> await(int socket, short events, SteadyTime deadline) {
        std::array<pollfd, 2> waited{{{socket, events, 0}, {alarm_.number(), POLLIN, 0}}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
        const int ready = poll(waited.data(), waited.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready > 0 && waited[1].revents != 0) return std::nullopt;
        return ready > 0 && waited[0].revents != 0;
    }

    // Leaves a server that is away alone for a moment. False when the alarm rang.
    bool rest() { return await(-1, 0, tried_at_ + kReconnectEvery).has_value(); }

    Result<void> connect(SteadyTime deadline) {
        tried_at_ = SteadyClock::now();
        // A later keyword wins over an earlier one. A server that vanished without a word is noticed within 15 s.
        const std::array keys{"dbname",           "client_encoding",     "fallback_application_name",
                              "keepalives_idle",  "keepalives_interval", "keepalives_count",
                              "tcp_user_timeout", (const char*)nullptr};
        const std::array values{dsn_.c_str(), "UTF8",  "syncline listener", "5", "3",
                                "3",          "15000", (const char*)nullptr};
        ConnectionPtr made(PQconnectStartParams(keys.data(), values.data(), 1));
        if (!made) return make_error(Errc::kUnreachable, "PostgreSQL: out of memory");
        TRY(finish_connect(made.get(), deadline));
        PQsetNoticeProcessor(
            made.get(), [](void*, const char*) {}, nullptr);  // the default prints to stderr
        for (const std::string& channel : channels_) {
            const std::unique_ptr<char, FreeMemory> name(
                PQescapeIdentifier(made.get(), channel.data(), channel.size()));
            if (!name) return make_error(Errc::kInvalid, "a channel's name is not UTF-8");
            const std::unique_ptr<PGresult, Clear> done(
                PQexec(made.get(), ("listen " + std::string(name.get())).c_str()));
            if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) return failure_of(made.get(), done.get());
        }
        connection_ = std::move(made);
        return {};
    }

    // By hand, so that wake() and the caller's time end it too.
    Result<void> finish_connect(PGconn* made, SteadyTime deadline) {
        PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
        while (PQstatus(made) != CONNECTION_BAD && wanted != PGRES_POLLING_OK) {
            const short events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT;
            const std::optional<bool> ready = await(PQsocket(made), events, deadline);
            if (!ready || !*ready) {
                return make_error(Errc::kUnreachable, "PostgreSQL did not answer in time",
                                  "check that the server of database.url is running and reachable");
            }
            wanted = PQconnectPoll(made);
            if (wanted == PGRES_POLLING_FAILED) break;
        }
        if (PQstatus(made) != CONNECTION_OK) return unreachable(made);
        return {};
    }

    std::vector<Notice> take() {
        struct Free {
            void operator()(PGnotify* notice) const { PQfreemem(notice); }
        };
        std::vector<Notice> heard;
        while (const std::unique_ptr<PGnotify, Free> notice{PQnotifies(connection_.get())}) {
            heard.push_back({notice->relname, notice->extra});
        }
        return heard;
    }

    const std::string dsn_;
    const std::vector<std::string> channels_;
    Alarm alarm_;
    ConnectionPtr connection_;
    SteadyTime tried_at_{};
    bool missed_ = false;
};

}  // namespace

Result<std::unique_ptr<Listener>> listen(const std::string& dsn, const std::vector<std::string>& channels) {
    TRY(check_dsn(dsn));
    auto listener = std::make_unique<LibpqListener>(dsn, channels);
    TRY(listener->open());
    return std::unique_ptr<Listener>(std::move(listener));
}

}  // namespace syncline::pg
