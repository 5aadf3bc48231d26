// Does the process live, and can it do its work? Each loop of the process beats a pulse; what is judged is how old the
// last beat is, so that a stall shows although nobody is there to tell of it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"

namespace syncline::watch {

// A loop that says nothing for longer is stalled: the process is not ready.
inline constexpr Micros kPulseMax = std::chrono::seconds(5);
// A loop that is overdue for this long will not come back: the process should be started anew.
inline constexpr Micros kStuckAfter = std::chrono::minutes(2);

struct Pulse {
    std::string name;  // "worker", "scheduler", "receiver"
    Time at{};         // the last beat
    Time good_until{};
};

// Safe from many threads.
class Pulses {
public:
    // `name` lives. With `good_for`, the loop says that the step it begins may take that long.
    void beat(std::string_view name, Time now, Micros good_for = kPulseMax);
    // The loop ended as it should.
    void end(std::string_view name);
    std::vector<Pulse> all() const;  // by name

private:
    mutable std::mutex mutex_;
    std::map<std::string, Pulse, std::less<>> pulses_;
};

struct Health {
    bool good = true;
    int status = 200;  // or 503
    std::string body;  // JSON: {"status", "wrong": ["…"], "pulses": [{"name", "age_ms", "good"}]}
};

// /healthz: should the process go on? Neither a store nor a peer that is away is a reason to start it anew.
Health liveness(const std::vector<Pulse>& pulses, Time now);
// /readyz: can it do its work? `store` is what the store answered when it was asked just now; the body tells its code
// only, for anybody may read it.
Health readiness(const std::vector<Pulse>& pulses, Time now, const std::optional<Error>& store);

}  // namespace syncline::watch
