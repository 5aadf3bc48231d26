#include "plane/budget.hpp"

#include <algorithm>
#include <limits>

namespace syncline::plane {
namespace {

// How long a bulk caller steps aside for an interactive one that waits for the same slot.
constexpr Micros kStepAside = std::chrono::milliseconds(5);

}  // namespace

Budget::Budget(Clock& clock, BudgetSettings settings) : clock_(clock), settings_(settings) {}

Time Budget::tick() {
    const Time now = clock_.now();
    if (now < seen_) {
        // The machine's clock was set back. What we remember keeps its age, else callers would wait for the difference.
        const Micros back = seen_ - now;
        for (Time& taken : taken_) taken -= back;
        held_until_ -= back;
        foreign_at_ -= back;
    }
    seen_ = now;
    while (!taken_.empty() && taken_.front() + settings_.window <= now) taken_.pop_front();
    if (foreign_at_ + settings_.window <= now) foreign_ = 0;
    return now;
}

Micros Budget::wait(Time now, Lane lane) const {
    if (now < held_until_) return held_until_ - now;
    if (settings_.calls_max <= 0) return Micros(0);
    int limit = settings_.calls_max;
    if (lane == Lane::kBulk) {
        if (interactive_waiting_ > 0) return kStepAside;
        limit = std::max(1, limit - settings_.reserved_for_interactive);
    }
    if (used() < limit) return Micros(0);
    Time free = Time::max();
    if (!taken_.empty()) free = taken_.front() + settings_.window;
    if (foreign_ > 0) free = std::min(free, foreign_at_ + settings_.window);
    return std::max(free - now, Micros(1));
}

void Budget::take(Lane lane) {
    std::unique_lock lock(mutex_);
    const bool interactive = lane == Lane::kInteractive;
    bool queued = false;
    Time now = tick();
    for (Micros pause = wait(now, lane); pause > Micros(0); pause = wait(now, lane)) {
        if (interactive && !queued) {
            ++interactive_waiting_;
            queued = true;
        }
        lock.unlock();
        clock_.sleep_for(pause);
        lock.lock();
        now = tick();
    }
    if (queued) --interactive_waiting_;
    if (settings_.calls_max > 0) taken_.push_back(now);
}

void Budget::hold(Micros delay) {
    const std::lock_guard lock(mutex_);
    held_until_ = std::max(held_until_, tick() + delay);
}

void Budget::remaining(int calls) {
    const std::lock_guard lock(mutex_);
    if (settings_.calls_max <= 0) return;
    const Time now = tick();
    const int own = static_cast<int>(taken_.size());
    foreign_ = std::clamp(settings_.calls_max - std::max(calls, 0) - own, 0, settings_.calls_max);
    foreign_at_ = now;
}

int Budget::available() const {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    if (now < held_until_) return 0;
    if (settings_.calls_max <= 0) return std::numeric_limits<int>::max();
    const auto live =
        std::count_if(taken_.begin(), taken_.end(), [&](Time taken) { return taken + settings_.window > now; });
    const int others = foreign_at_ + settings_.window > now ? foreign_ : 0;
    return std::max(0, settings_.calls_max - static_cast<int>(live) - others);
}

}  // namespace syncline::plane
