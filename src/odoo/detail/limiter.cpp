#include "odoo/detail/limiter.hpp"

#include <algorithm>

namespace syncline::odoo::detail {

Limiter::Limiter(Clock& clock, double calls_per_s)
    : clock_(clock), spacing_(calls_per_s > 0 ? static_cast<std::int64_t>(1e6 / calls_per_s) : 0) {}

void Limiter::wait() {
    if (spacing_ == Micros{0}) return;
    Time slot;
    {
        const std::lock_guard lock(mutex_);
        slot = std::max(next_, clock_.now());
        next_ = slot + spacing_;
    }
    clock_.sleep_until(slot);
}

}  // namespace syncline::odoo::detail
