// The rate budget of one Plane API key: a sliding window that all callers of the key share, interactive work first.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace syncline::plane {

enum class Lane { kInteractive, kBulk };

struct BudgetSettings {
    int calls_max = 60;                        // 0: unlimited
    Micros window = std::chrono::seconds(60);
    int reserved_for_interactive = 5;          // calls of each window that bulk work leaves free
};

// Safe from many threads.
class Budget {
public:
    Budget(Clock& clock, BudgetSettings settings);
    // Waits (on the clock) until one call may be made, and takes it.
    void take(Lane lane);
    // The peer said 429: nobody calls before `delay` has passed.
    void hold(Micros delay);
    // The peer's own count of what is left (X-RateLimit-Remaining), when it is lower than ours.
    void remaining(int calls);
    int available() const;
    BudgetSettings settings() const { return settings_; }

private:
    Clock& clock_;
    BudgetSettings settings_;
    mutable std::mutex mutex_;
    std::deque<Time> taken_;
    Time held_until_{};
};

}  // namespace syncline::plane
