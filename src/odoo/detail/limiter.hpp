// Spaces calls evenly: at most so many a second.
#pragma once

#include <mutex>

#include "base/clock.hpp"

namespace syncline::odoo::detail {

// Thread safe: each caller gets the next free slot and sleeps until it.
class Limiter {
public:
    // 0: no limit
    Limiter(Clock& clock, double calls_per_s);
    void wait();

private:
    Clock& clock_;
    const Micros spacing_;
    std::mutex mutex_;
    Time next_{};
};

}  // namespace syncline::odoo::detail
