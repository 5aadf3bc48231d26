// One lock per key: makes one creation at a time per external id in this process.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace syncline::plane::detail {

// Safe from many threads. Holds memory only for the keys that are locked or waited for.
class KeyedLocks {
public:
    class Held {
    public:
        Held(KeyedLocks& locks, const std::string& key) : locks_(locks), key_(key), entry_(locks.enter(key)) {
            entry_->mutex.lock();
        }
        ~Held() {
            entry_->mutex.unlock();
            locks_.leave(key_);
        }
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;

    private:
        friend class KeyedLocks;
        struct Entry {
            std::mutex mutex;
            int users = 0;
        };
        KeyedLocks& locks_;
        std::string key_;
        std::shared_ptr<Entry> entry_;
    };

private:
    std::shared_ptr<Held::Entry> enter(const std::string& key) {
        const std::lock_guard lock(mutex_);
        auto& entry = entries_[key];
        if (!entry) entry = std::make_shared<Held::Entry>();
        ++entry->users;
        return entry;
    }
    void leave(const std::string& key) {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(key);
        if (--found->second->users == 0) entries_.erase(found);
    }

    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Held::Entry>> entries_;
};

}  // namespace syncline::plane::detail
