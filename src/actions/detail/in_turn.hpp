// One at a time works on a profile: waiting for one's turn.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"

namespace syncline::actions::detail {

// `serve` beside us is done in a moment; longer work is told to the caller.
inline constexpr Micros kBusyWaitMax = std::chrono::seconds(15);
inline constexpr Micros kBusyPoll = std::chrono::milliseconds(100);

// What `work` answers, asked again while somebody else is at work (kHeld).
template <typename Work>
auto in_turn(Clock& clock, Work&& work) -> decltype(work()) {
    const Time give_up = clock.now() + kBusyWaitMax;
    while (true) {
        auto done = work();
        if (done || done.error().code != Errc::kHeld || clock.now() >= give_up) return done;
        clock.sleep_for(kBusyPoll);
    }
}

}  // namespace syncline::actions::detail
