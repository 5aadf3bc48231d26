// A circuit breaker around a client: when a peer fails again and again, it is left alone for a while instead of being
// asked once more by everybody. Open, each request fails at once with kUnreachable, detail "breaker" = "open" and
// "retry_after_ms"; after the pause one request is let through, and its outcome decides.
//
// What counts as a failure: nothing reached the peer, no answer came, or it said 502, 503 or 504. Other answers, 500
// and 429 among them, show a peer that is alive. Safe from many threads.
#pragma once

#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace syncline::net {

struct BreakerOptions {
    int failures_max = 5;                          // in a row; then it opens
    Micros pause_first = std::chrono::seconds(2);  // doubled each time the probe fails
    Micros pause_max = std::chrono::seconds(60);
};

class Breaker final : public HttpClient {
public:
    struct State {
        bool open = false;
        int failures = 0;  // in a row
        Time opened_at{};
        Time probe_at{};  // when one request is let through again
        std::string last_failure;
    };

    // `peer` names it in errors: "Plane". All three must outlive this.
    Breaker(HttpClient& inner, Clock& clock, std::string peer, BreakerOptions options = {})
        : inner_(inner), clock_(clock), peer_(std::move(peer)), options_(options) {}

    Result<HttpResponse> send(const HttpRequest& request) override;
    State state() const;

private:
    Result<void> admit();
    void note(bool failed, const std::string& how);

    HttpClient& inner_;
    Clock& clock_;
    const std::string peer_;
    const BreakerOptions options_;
    mutable std::mutex mutex_;
    State state_;
    Micros pause_{};
    bool probing_ = false;
};

}  // namespace syncline::net
