#include "base/clock.hpp"

#include <thread>

namespace syncline {

Time SystemClock::now() const { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

void SystemClock::sleep_for(Micros duration) {
    if (duration > Micros(0)) std::this_thread::sleep_for(duration);
}

}  // namespace syncline
