// Time in a simulation: one clock that moves when told, and the clocks of the peers, which are wrong by a fixed amount.
#pragma once

#include "base/clock.hpp"

namespace syncline::simulation {

class SkewedClock final : public Clock {
public:
    explicit SkewedClock(Clock& base) : base_(base) {}
    Time now() const override { return base_.now() + skew_; }
    void sleep_for(Micros duration) override { base_.sleep_for(duration); }
    void set_skew(Micros skew) { skew_ = skew; }

private:
    Clock& base_;
    Micros skew_{};
};

}  // namespace syncline::simulation
