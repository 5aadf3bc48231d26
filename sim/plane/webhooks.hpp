// Sends what a simulated Plane announces, as the real one does: one POST per delivery, a new delivery id with each try,
// five more tries at random moments after a network error, none after any HTTP answer, and the webhook is switched off
// when the last one failed. One thread at a time.
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/plane/server.hpp"

namespace syncline::sim {

struct WebhookTarget {
    std::string url;
    std::string secret;
};

class PlaneWebhooks {
public:
    PlaneWebhooks(PlaneServer& plane, net::HttpClient& http, Clock& clock, Random& random, WebhookTarget target);

    // Sends what is due now. Answers how many were tried.
    std::size_t send_due();
    bool active() const { return active_; }
    void switch_on() { active_ = true; }

private:
    struct Pending {
        PlaneDelivery delivery;
        int tries = 0;
        Time due{};
    };
    bool try_one(Pending& pending);

    PlaneServer& plane_;
    net::HttpClient& http_;
    Clock& clock_;
    Random& random_;
    const WebhookTarget target_;
    std::vector<Pending> pending_;
    bool active_ = true;
};

}  // namespace syncline::sim
