#include "mirror/detail/entity_lock.hpp"

namespace syncline::mirror::detail {

Result<std::unique_ptr<EntityLock>> EntityLock::take(pg::Database& database, const Source& source,
                                                     std::string_view entity) {
    std::unique_ptr<EntityLock> lock(new EntityLock);
    lock->thread_ = std::thread(
        [raw = lock.get(), &database, source, name = std::string(entity)] { raw->hold(database, source, name); });
    std::unique_lock waiting(lock->mutex_);
    lock->changed_.wait(waiting, [&] { return lock->settled_; });
    if (!lock->taken_.ok()) {
        Error error = lock->taken_.error();
        waiting.unlock();
        return error;
    }
    waiting.unlock();
    return lock;
}

EntityLock::~EntityLock() {
    {
        const std::lock_guard lock(mutex_);
        released_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

void EntityLock::hold(pg::Database& database, const Source& source, const std::string& entity) {
    Result<void> held = database.run(source.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows rows = TRY(tx.exec("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken",
                                          {"mirror " + source.org.text() + " " + source.connector + " " + entity}));
        if (!rows.boolean(0, "taken")) {
            return make_error(Errc::kConflict, entity + " is being pulled already", "wait for that pull, or pause it");
        }
        settle(ok());
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return released_; });
        return ok();
    });
    settle(std::move(held));
}

// The first word counts: what comes when the lock is let go is of no interest.
void EntityLock::settle(Result<void> taken) {
    const std::lock_guard lock(mutex_);
    if (!settled_) taken_ = std::move(taken);
    settled_ = true;
    changed_.notify_all();
}

}  // namespace syncline::mirror::detail
