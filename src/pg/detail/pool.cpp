#include "pg/detail/pool.hpp"

namespace syncline::pg {

Result<Pool::Lease> Pool::take() {
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait_for(lock, kPoolWaitMax, [&] { return !idle_.empty() || open_ < connections_max_; })) {
            return make_error(Errc::kUnreachable, "no database connection came free within 30 s",
                              "raise database.connections or look for long transactions");
        }
        if (!idle_.empty()) {
            std::unique_ptr<Connection> connection = std::move(idle_.back());  // the warmest
            idle_.pop_back();
            return Lease(*this, std::move(connection), false);
        }
        ++open_;
    }
    // Connecting takes milliseconds: not under the lock.
    Result<std::unique_ptr<Connection>> connected = Connection::open(dsn_);
    if (connected) return Lease(*this, std::move(*connected), true);
    give_back(nullptr);
    return std::move(connected).error();
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        if (connection != nullptr && connection->idle()) {
            idle_.push_back(std::move(connection));
        } else {
            --open_;
        }
    }
    freed_.notify_one();  // `connection` closes after this, outside the lock, when it was not kept
}

void Pool::drop_idle() {
    std::vector<std::unique_ptr<Connection>> dropped;
    {
        const std::lock_guard lock(mutex_);
        dropped.swap(idle_);
        open_ -= static_cast<int>(dropped.size());
    }
    freed_.notify_all();
}

}  // namespace syncline::pg
