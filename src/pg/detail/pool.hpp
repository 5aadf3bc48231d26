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
    Pool(std::string dsn, int connections_max) : dsn_(std::move(dsn)), connections_max_(connections_max) {}

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
    void give_back(std::unique_ptr<Connection> connection);

    const std::string dsn_;
    const int connections_max_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int open_ = 0;  // idle and leased
};

}  // namespace syncline::pg
