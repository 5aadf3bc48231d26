#include "odoo/detail/pacer.hpp"

#include <algorithm>
#include <charconv>

namespace syncline::odoo::detail {
namespace {

Micros rest_wanted(const Error& error) {
    const std::string_view text = error.detail("retry_after_ms");
    std::int64_t ms = 0;
    std::from_chars(text.data(), text.data() + text.size(), ms);  // no number: 0, no rest wanted
    return std::chrono::milliseconds(ms);
}

}  // namespace

Micros Pacer::pause(int tries_done, const Error& error) {
    const Micros whole = std::min(kPauseMax, kPauseFirst * (1 << std::clamp(tries_done - 1, 0, 10)));
    double share = 0;
    {
        const std::lock_guard lock(mutex_);
        share = random_.unit();
    }
    const Micros half = whole / 2;
    const Micros own = half + Micros(static_cast<std::int64_t>(static_cast<double>(half.count()) * share));
    return std::max(own, rest_wanted(error));
}

bool Pacer::again(int tries_done, int tries_max, const Error& error) {
    if (tries_done >= tries_max || !is_passing(error) || rest_wanted(error) > kRestMax) return false;
    clock_.sleep_for(pause(tries_done, error));
    return true;
}

}  // namespace syncline::odoo::detail
