// How long to wait before a call is repeated, and the loop that does it.
#pragma once

#include <mutex>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "odoo/errors.hpp"

namespace syncline::odoo::detail {

inline constexpr Micros kPauseFirst{250'000};
inline constexpr Micros kPauseMax{8'000'000};
// A server that wants a longer rest is left to the caller: blocking a thread for minutes helps nobody.
inline constexpr Micros kRestMax{60'000'000};

// Thread safe (the Random need not be).
class Pacer {
public:
    Pacer(Clock& clock, Random& random) : clock_(clock), random_(random) {}

    // Twice as long after each try, between half and whole, so that clients that failed together do not come back
    // together; never shorter than the server's own Retry-After.
    Micros pause(int tries_done, const Error& error);

    // Whether `error` after `tries_done` tries is worth another; if so, waits first.
    bool again(int tries_done, int tries_max, const Error& error);

private:
    Clock& clock_;
    Random& random_;
    std::mutex mutex_;
};

// Calls `attempt` until it succeeds, fails for good, or `tries_max` is reached. Only for what is safe to repeat.
template <typename Attempt>
auto repeat(Pacer& pacer, int tries_max, Attempt attempt) -> decltype(attempt()) {
    for (int tries = 1;; ++tries) {
        auto result = attempt();
        if (result.ok() || !pacer.again(tries, tries_max, result.error())) return result;
    }
}

}  // namespace syncline::odoo::detail
