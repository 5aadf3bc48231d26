#include "sim/plane/webhooks.hpp"

namespace syncline::sim {

namespace {

constexpr int kTriesMax = 6;
constexpr std::uint64_t kBackoffMaxMs = 600'000;  // full jitter below it
constexpr std::chrono::milliseconds kTimeout{30'000};

}  // namespace

PlaneWebhooks::PlaneWebhooks(PlaneServer& plane, net::HttpClient& http, Clock& clock, Random& random,
                             WebhookTarget target)
    : plane_(plane), http_(http), clock_(clock), random_(random), target_(std::move(target)) {
    plane_.set_webhook_secret(target_.secret);
}

// True when there is nothing more to do about it.
bool PlaneWebhooks::try_one(Pending& pending) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = target_.url;
    request.headers = pending.delivery.headers;
    request.headers.set("X-Plane-Delivery", random_.uuid());
    request.body = pending.delivery.body;
    request.timeout = kTimeout;
    if (http_.send(request)) return true;
    if (++pending.tries >= kTriesMax) {
        active_ = false;
        return true;
    }
    pending.due = clock_.now() + std::chrono::milliseconds(random_.below(kBackoffMaxMs));
    return false;
}

std::size_t PlaneWebhooks::send_due() {
    for (PlaneDelivery& delivery : plane_.take_deliveries()) {
        if (active_) pending_.push_back({std::move(delivery), 0, clock_.now()});
    }
    std::size_t tried = 0;
    const Time now = clock_.now();
    std::erase_if(pending_, [&](Pending& pending) {
        if (pending.due > now) return false;
        ++tried;
        return try_one(pending);
    });
    return tried;
}

}  // namespace syncline::sim
