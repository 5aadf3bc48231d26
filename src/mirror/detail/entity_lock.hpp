// One pull of an entity at a time, over all processes: an advisory lock of a transaction that stays open as long as
// this. It goes with the process, however that ends.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "mirror/source.hpp"
#include "pg/database.hpp"

namespace syncline::mirror::detail {

class EntityLock {
public:
    // kConflict when somebody has it. Uses one connection of the pool.
    static Result<std::unique_ptr<EntityLock>> take(pg::Database& database, const Source& source,
                                                    std::string_view entity);
    ~EntityLock();

private:
    EntityLock() = default;
    void hold(pg::Database& database, const Source& source, const std::string& entity);
    void settle(Result<void> taken);

    std::mutex mutex_;
    std::condition_variable changed_;
    bool settled_ = false;
    bool released_ = false;
    Result<void> taken_;
    std::thread thread_;
};

}  // namespace syncline::mirror::detail
