// The seam through which time enters: every wait and every "now" of the product goes through a Clock.
#pragma once

#include <atomic>

#include "base/time.hpp"

namespace syncline {

// Safe from many threads.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
    virtual void sleep_for(Micros duration) = 0;
    void sleep_until(Time time) {
        if (const Time current = now(); time > current) sleep_for(time - current);
    }
};

// The machine's clock.
class SystemClock final : public Clock {
public:
    Time now() const override;
    void sleep_for(Micros duration) override;
};

// A clock that moves only when told, or when somebody sleeps on it: hours pass in no time.
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(Time start) : micros_(start.time_since_epoch().count()) {}
    Time now() const override { return Time(Micros(micros_.load())); }
    void sleep_for(Micros duration) override { micros_ += duration.count(); }
    void advance(Micros duration) { micros_ += duration.count(); }

private:
    std::atomic<std::int64_t> micros_;
};

}  // namespace syncline
