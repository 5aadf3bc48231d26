#include "pg/detail/pool.hpp"

#include <algorithm>
#include <iterator>

namespace syncline::pg {

Result<Pool::Lease> Pool::take() {
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait_for(lock, kPoolWaitMax, [&] { return !idle_.empty() || open_ < connections_max_; })) {
            return make_error(Errc::kUnreachable, "no database connection came free within 30 s",
                              "raise database.connections or look for long transactions");
        }
        if (!idle_.empty()) {
            std::unique_ptr<Connection> connection = std::move(idle_.back().connection);  // the warmest
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
    std::vector<Idle> unneeded;
    {
        const std::lock_guard lock(mutex_);
        const Steady::time_point now = Steady::now();
        const auto needed =
            std::find_if(idle_.begin(), idle_.end(), [&](const Idle& idle) { return now - idle.since < idle_max_; });
        unneeded.assign(std::move_iterator(idle_.begin()), std::move_iterator(needed));
        idle_.erase(idle_.begin(), needed);
        open_ -= static_cast<int>(unneeded.size());
        if (connection != nullptr && connection->idle()) {
            idle_.push_back({std::move(connection), now});
        } else {
            --open_;
        }
    }
    freed_.notify_one();  // what is not kept closes after this, outside the lock
}

void Pool::drop_idle() {
    std::vector<Idle> dropped;
    {
        const std::lock_guard lock(mutex_);
        dropped.swap(idle_);
        open_ -= static_cast<int>(dropped.size());
    }
    freed_.notify_all();
}

}  // namespace syncline::pg
