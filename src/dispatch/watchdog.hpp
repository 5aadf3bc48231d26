// Notices a webhook that fell silent: lost, switched off by the peer, or barred on the way. No peer says so by itself
// (Plane switches a webhook off after its last failed try and only mails its creator), but what a sweep finds changed
// should have been announced.
//
// Each change that a sweep found is expected to be announced within kGrace. Two in a row that were not, and none that
// was since, make the source silent; one announced change makes it well again. So with a sweep each 30 s a dead webhook
// is known in less than two minutes, and what it did not tell has been found by the sweep itself.
// Pure but for `now`; one thread at a time.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace syncline::dispatch {

class Watchdog {
public:
    static constexpr Micros kGrace = std::chrono::seconds(45);
    static constexpr int kMissesMax = 2;
    static constexpr std::size_t kExpectedMax = 10'000;  // more are not waited for

    // A sweep found this changed. `announced`: an event about it has come already, or a moment ago.
    void found(const std::string& source, const std::string& subject, bool announced, Time now);
    // An event came.
    void heard(const std::string& source, const std::string& subject, Time now);
    // What is waited for, oldest first; since when.
    std::vector<std::string> expected(const std::string& source) const;
    Time expected_since(const std::string& source) const;
    // Judges what is overdue.
    void tick(Time now);

    bool silent(const std::string& source) const;
    // Since when nothing came that should have; Time{} when all is well.
    Time silent_since(const std::string& source) const;
    std::int64_t missed(const std::string& source) const;  // since the start

private:
    struct Expected {
        std::string subject;
        Time since{};
    };
    struct Watched {
        std::deque<Expected> expected;  // oldest first
        int misses = 0;                 // in a row
        std::int64_t missed = 0;
        Time first_miss{};
    };
    std::map<std::string, Watched, std::less<>> sources_;
};

}  // namespace syncline::dispatch
