// The rate budget of one Plane API key: a sliding window that all callers of the key share, interactive work first.
//
// Plane counts the calls of the last 60 seconds (a sliding window, not a counter that is reset each minute), and its
// X-RateLimit-Reset is always "now + 60": so the window is kept here and a call waits before it is sent, not after it
// is refused.
#pragma once

#include <deque>
#include <mutex>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace syncline::plane {

enum class Lane { kInteractive, kBulk };

struct BudgetSettings {
    int calls_max = 60;  // 0: unlimited
    Micros window = std::chrono::seconds(60);
    int reserved_for_interactive = 5;  // calls of each window that bulk work leaves free
};

// Safe from many threads.
class Budget {
public:
    Budget(Clock& clock, BudgetSettings settings);
    // Waits (on the clock) until one call may be made, and takes it. Bulk callers wait while an interactive one waits.
    void take(Lane lane);
    // The peer said 429: nobody calls before `delay` has passed.
    void hold(Micros delay);
    // The peer's own count of what is left (X-RateLimit-Remaining), when it is lower than ours: other programs use the
    // same key, or its limit is lower than ours. The newest answer replaces what older ones said.
    void remaining(int calls);
    // Calls that an interactive caller could make now without waiting; the largest int when unlimited.
    int available() const;
    BudgetSettings settings() const { return settings_; }

private:
    Time tick();                             // now, after forgetting what has left the window
    Micros wait(Time now, Lane lane) const;  // 0: go
    int used() const { return static_cast<int>(taken_.size()) + foreign_; }

    Clock& clock_;
    BudgetSettings settings_;
    mutable std::mutex mutex_;
    std::deque<Time> taken_;
    Time held_until_{};
    int foreign_ = 0;  // calls in the window that are not ours, as far as the peer told
    Time foreign_at_{};
    Time seen_{};  // the latest now
    int interactive_waiting_ = 0;
};

}  // namespace syncline::plane
