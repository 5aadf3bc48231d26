// How a pull waits while Odoo is started anew: it asks again, ever more rarely, for a bounded time.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace syncline::mirror::detail {

inline constexpr Micros kOutageMax{120'000'000};  // an Odoo with many modules takes a minute to start
inline constexpr Micros kAskAgainFirst{1'000'000};
inline constexpr Micros kAskAgainMax{10'000'000};

// No answer at all, or one that says that the server is not well: not this question's fault.
bool is_outage(const Error& error);

// Safe from many threads: what one of them meets is one outage for all.
class Patience {
public:
    // `tell` hears how long it has lasted, about once a second; one call at a time. `stop` ends the waiting.
    Patience(Clock& clock, std::function<void(Micros lasted)> tell, std::function<bool()> stop)
        : clock_(clock), tell_(std::move(tell)), stop_(std::move(stop)) {}

    // Asks until there is an answer, or the outage has lasted kOutageMax: then its error.
    template <typename Ask>
    auto ask(const Ask& ask) -> decltype(ask()) {
        for (Micros pause = kAskAgainFirst;; pause = std::min(2 * pause, kAskAgainMax)) {
            auto answer = ask();
            if (answer.ok() || !is_outage(answer.error())) {
                over();
                return answer;
            }
            if (!wait(pause)) return given_up(std::move(answer).error());
        }
    }

private:
    // False: not any longer.
    bool wait(Micros pause);
    void over();
    Error given_up(Error error);

    Clock& clock_;
    const std::function<void(Micros)> tell_;
    const std::function<bool()> stop_;
    std::mutex mutex_;
    std::optional<Time> since_;
};

}  // namespace syncline::mirror::detail
