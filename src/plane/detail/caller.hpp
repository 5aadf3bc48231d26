// One call to Plane: budget before, repeats after, counts and the peer's clock on the way.
//
// What is repeated, and why that is safe:
//   429             always: nothing was done. Waits as told (Retry-After, at most kRetryAfterMax) or for the window.
//   not reached     always: nothing was sent. kUnreachableTriesMax in all, with back-off.
//   5xx             once, when the call is Repeat::kSafe: reads, and writes that leave the same state when done twice.
//   no answer       kUnknownTriesMax in all, when the call is Repeat::kSafe.
// Creations are Repeat::kNever here; whoever makes them looks first whether the lost one is there.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "json/json.hpp"
#include "net/correlation.hpp"
#include "plane/budget.hpp"
#include "plane/detail/lanes.hpp"
#include "plane/detail/routes.hpp"
#include "vault/secret.hpp"

namespace syncline::plane::detail {

inline constexpr int kUnreachableTriesMax = 4;
inline constexpr int kUnknownTriesMax = 3;
inline constexpr Micros kPauseFirst = std::chrono::milliseconds(500);
inline constexpr Micros kPauseMax = std::chrono::seconds(8);
inline constexpr Micros kRetryAfterMax = std::chrono::seconds(120);
inline constexpr Micros kRetryAfterUnsaid = std::chrono::seconds(5);  // a 429 that does not say how long

enum class Repeat { kSafe, kNever };

struct Call {
    std::string method = "GET";
    Route route = {};
    net::Query query = {};
    std::optional<json::Value> body = {};
    Repeat repeat = Repeat::kSafe;
};

// Safe from many threads.
class Caller {
public:
    Caller(net::HttpClient& http, Clock& clock, Random& random, vault::Secret key, Result<Routes> routes,
           std::shared_ptr<Budget> budget);

    // The parsed body; null when the answer has none (204).
    Result<json::Value> send(const Call& call);
    // The parsed body, which must be an object.
    Result<json::Object> send_for_object(const Call& call);

    // Waits before try `tries` + 1: doubling, with jitter, so that many callers do not come back at once.
    void pause(int tries);

    const Result<Routes>& routes() const { return routes_; }
    Clock& clock() { return clock_; }
    Budget& budget() { return *budget_; }
    Lanes& lanes() { return lanes_; }
    net::Correlation& correlation() { return correlation_; }
    net::CallCounts counts() const;
    Micros clock_skew() const;

private:
    struct Tries {
        int throttled = 0;
        int unreachable = 0;
        int unknown = 0;
        int failed = 0;
    };
    net::HttpRequest request_of(const Call& call, std::string url) const;
    Result<json::Value> attempt(const Call& call, const net::HttpRequest& request);
    bool again(const Call& call, const Error& error, Tries& tries);
    void note(const net::HttpResponse& response, Time sent, Time received);
    Error throttled(const net::HttpResponse& response);
    Micros jitter(Micros upto);

    net::HttpClient& http_;
    Clock& clock_;
    Random& random_;
    vault::Secret key_;
    Result<Routes> routes_;
    std::shared_ptr<Budget> budget_;
    Lanes lanes_;
    net::Correlation correlation_;

    mutable std::mutex mutex_;  // the members below, and random_
    net::CallCounts counts_;
    Micros skew_{0};
};

}  // namespace syncline::plane::detail
