#include "net/breaker.hpp"

#include <algorithm>

namespace syncline::net {

namespace {

bool is_down(int status) { return status == 502 || status == 503 || status == 504; }

std::int64_t milliseconds(Micros duration) { return std::chrono::ceil<std::chrono::milliseconds>(duration).count(); }

}  // namespace

Result<void> Breaker::admit() {
    const std::lock_guard lock(mutex_);
    if (!state_.open) return ok();
    const Time now = clock_.now();
    if (now >= state_.probe_at && !probing_) {
        probing_ = true;
        return ok();
    }
    const Micros wait = std::max<Micros>(state_.probe_at - now, std::chrono::milliseconds(100));
    return make_error(Errc::kUnreachable, peer_ + " has failed again and again; it is left alone for a while",
                      "it is tried again by itself; the last failure was: " + state_.last_failure)
        .with("breaker", "open")
        .with("retry_after_ms", std::to_string(milliseconds(wait)));
}

void Breaker::note(bool failed, const std::string& how) {
    const std::lock_guard lock(mutex_);
    probing_ = false;
    if (!failed) {
        state_ = {};
        pause_ = {};
        return;
    }
    ++state_.failures;
    state_.last_failure = how;
    if (state_.failures < options_.failures_max) return;
    const Time now = clock_.now();
    if (!state_.open) state_.opened_at = now;
    state_.open = true;
    pause_ = std::clamp(pause_ * 2, options_.pause_first, options_.pause_max);
    state_.probe_at = now + pause_;
}

Result<HttpResponse> Breaker::send(const HttpRequest& request) {
    TRY(admit());
    Result<HttpResponse> answer = inner_.send(request);
    if (answer) {
        note(is_down(answer->status), "it answered " + std::to_string(answer->status));
    } else if (answer.error().code == Errc::kUnreachable || answer.error().code == Errc::kOutcomeUnknown) {
        note(true, answer.error().message);
    } else {
        note(false, {});
    }
    return answer;
}

Breaker::State Breaker::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

}  // namespace syncline::net
