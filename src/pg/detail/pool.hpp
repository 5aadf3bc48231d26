// A bounded set of sessions. Safe from many threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pg/detail/connection.hpp"

namespace syncline::pg {

inline constexpr std::chrono::seconds kPoolWaitMax{30};

class Pool {
public:
    // A session that nobody has needed for `idle_max` is closed when another one comes back: each of them costs the
    // server megabytes.
    Pool(std::string dsn, int connections_max, std::chrono::milliseconds idle_max)
        : dsn_(std::move(dsn)), connections_max_(connections_max), idle_max_(idle_max) {}

    // A session for one transaction; goes back to the pool, or is closed when it is not fit for another one.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection, bool fresh)
            : pool_(&pool), connection_(std::move(connection)), fresh_(fresh) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_) pool_->give_back(std::move(connection_));
        }
        Connection* operator->() { return connection_.get(); }
        Connection& operator*() { return *connection_; }
        bool fresh() const { return fresh_; }  // connected just now, not taken from the pool

    private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
        bool fresh_;
    };

    // kUnreachable when none comes free within kPoolWaitMax.
    Result<Lease> take();
    // Closes the idle ones: the server has gone, and the others of its time are dead too.
    void drop_idle();

private:
    using Steady = std::chrono::steady_clock;
    struct Idle {
        std::unique_ptr<Connection> connection;
        Steady::time_point since;
    };
    void give_back(std::unique_ptr<Connection> connection);

    const std::string dsn_;
    const int connections_max_;
    const std::chrono::milliseconds idle_max_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<Idle> idle_;  // the one that came back last is the last
    int open_ = 0;            // idle and leased
};

}  // namespace syncline::pg
