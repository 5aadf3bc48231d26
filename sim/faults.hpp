// Faults on demand, wrapped around any handler: what a network and a busy server do to a client.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "net/http.hpp"

namespace syncline::sim {

enum class Fault {
    kNone,
    kLatency,      // answers after `latency`
    kThrottle,     // 429 with Retry-After (Plane's body), nothing done
    kServerError,  // 500, nothing done
    kBadGateway,   // 502 with an HTML body, nothing done
    kDropBefore,   // connection closed, nothing done
    kDropAfter,    // done, connection closed without an answer
    kErrorAfter,   // done, answered with 500
    kStale,        // answers what the same read answered before (reads only)
};

// Decides by the call's number (from 0) and the request; the schedule is a function so that a test can say
// "the 17th call" or a seeded generator can say "5 % of writes".
using Schedule = std::function<Fault(std::int64_t call, const net::HttpRequest& request)>;
Schedule no_faults();
Schedule fault_at(std::int64_t call, Fault fault);
Schedule random_faults(std::uint64_t seed, double share, std::vector<Fault> faults);

// Thread safe. Counts the calls.
class FaultyHandler {
public:
    FaultyHandler(net::Handler handler, Clock& clock, Schedule schedule = no_faults());
    net::HttpResponse operator()(const net::HttpRequest& request);
    void set_schedule(Schedule schedule);
    std::int64_t calls() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace syncline::sim
