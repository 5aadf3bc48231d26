#include "plane/detail/caller.hpp"

#include <algorithm>
#include <charconv>

#include "plane/client.hpp"
#include "plane/detail/errors.hpp"

namespace syncline::plane::detail {

Caller::Caller(net::HttpClient& http, Clock& clock, Random& random, vault::Secret key, Result<Routes> routes,
               std::shared_ptr<Budget> budget)
    : http_(http),
      clock_(clock),
      random_(random),
      key_(std::move(key)),
      routes_(std::move(routes)),
      budget_(std::move(budget)) {}

net::HttpRequest Caller::request_of(const Call& call, std::string url) const {
    net::HttpRequest request;
    request.method = call.method;
    request.url = std::move(url);
    request.headers.set("Accept", "application/json");
    if (call.body) {
        request.headers.set("Content-Type", "application/json");
        request.body = boost::json::serialize(*call.body);
    }
    request.headers.set("X-Api-Key", key_.reveal());
    correlation_.mark(request);
    return request;
}

Result<json::Value> Caller::send(const Call& call) {
    if (!routes_) return routes_.error();
    if (key_.empty()) return make_error(Errc::kKeyMissing, "the API key of Plane is missing", "set plane.key");
    const net::HttpRequest request = request_of(call, routes_->url(call.route, call.query));
    Tries tries;
    for (;;) {
        budget_->take(lanes_.current());
        auto answer = attempt(call, request);
        if (answer) return answer;
        Error error = std::move(answer).error();
        if (!again(call, error, tries)) return std::move(error).during(call.method + " " + call.route.name);
    }
}

Result<json::Object> Caller::send_for_object(const Call& call) {
    json::Value body = TRY(send(call));
    if (body.is_object()) return std::move(body.get_object());
    // A write that succeeded with another body: what it made can be read, but not known from here.
    return make_error(call.method == "GET" ? Errc::kUpstream : Errc::kOutcomeUnknown,
                      call.method + " " + call.route.name + ": Plane answered something that is not an object");
}

Result<json::Value> Caller::attempt(const Call& call, const net::HttpRequest& request) {
    {
        const std::lock_guard lock(mutex_);
        ++counts_[call.method + " " + call.route.name];
    }
    const Time sent = clock_.now();
    auto answer = http_.send(request);
    if (!answer) return std::move(answer).error();
    const net::HttpResponse& response = *answer;
    note(response, sent, clock_.now());
    if (response.status == 429) return throttled(response);
    if (response.status < 200 || response.status >= 300) return error_of(response, request.url);
    if (response.body.empty()) return json::Value();
    auto body = json::parse(response.body);
    if (body) return body;
    if (is_html(response)) {
        net::HttpResponse page = response;
        return error_of(page, request.url);
    }
    return make_error(Errc::kOutcomeUnknown, "Plane's answer is not whole: " + body.error().message);
}

bool Caller::again(const Call& call, const Error& error, Tries& tries) {
    switch (error.code) {
        case Errc::kRateLimited:  // throttled() made everybody wait already
            return ++tries.throttled < kThrottledTriesMax;
        case Errc::kUnreachable:
            if (++tries.unreachable >= kUnreachableTriesMax) return false;
            pause(tries.unreachable);
            return true;
        case Errc::kOutcomeUnknown:
            if (call.repeat != Repeat::kSafe || ++tries.unknown >= kUnknownTriesMax) return false;
            pause(tries.unknown);
            return true;
        case Errc::kUpstream:
            if (call.repeat != Repeat::kSafe || ++tries.failed > 1) return false;
            pause(tries.failed);
            return true;
        default: return false;
    }
}

Error Caller::throttled(const net::HttpResponse& response) {
    auto told = retry_after(response, clock_.now());
    if (!told) {
        // The window must be full then, whoever filled it.
        budget_->remaining(0);
        told = kRetryAfterUnsaid;
    }
    const Micros delay = std::min(*told, kRetryAfterMax) + jitter(std::chrono::seconds(1));
    budget_->hold(delay);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(delay).count();
    return error_of(response, {}).with("retry_after_ms", std::to_string(milliseconds));
}

void Caller::note(const net::HttpResponse& response, Time sent, Time received) {
    const std::string_view left = response.headers.get("X-RateLimit-Remaining");
    int calls = 0;
    if (!left.empty() && std::from_chars(left.data(), left.data() + left.size(), calls).ec == std::errc()) {
        budget_->remaining(calls);
    }
    const auto date = parse_http_date(response.headers.get("Date"));
    if (!date) return;
    // Date is cut to a whole second and written somewhere between `sent` and `received`: inside that the clocks agree.
    const Micros behind = *date + std::chrono::seconds(1) - sent;
    const Micros ahead = *date - received;
    const std::lock_guard lock(mutex_);
    skew_ = ahead > Micros(0) ? ahead : (behind < Micros(0) ? behind : Micros(0));
}

Micros Caller::jitter(Micros upto) {
    const std::lock_guard lock(mutex_);
    return Micros(static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(upto.count()) + 1)));
}

void Caller::pause(int tries) {
    const Micros base = std::min(kPauseFirst * (std::int64_t{1} << std::clamp(tries - 1, 0, 10)), kPauseMax);
    clock_.sleep_for(base + jitter(base / 2));
}

net::CallCounts Caller::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

Micros Caller::clock_skew() const {
    const std::lock_guard lock(mutex_);
    return skew_;
}

}  // namespace syncline::plane::detail
