// Tells how long each request took, and what became of it.
#pragma once

#include <functional>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace syncline::app {

// Safe from many threads when `told` is.
class MeasuredClient final : public net::HttpClient {
public:
    // `status`: 0 without an answer.
    using Told = std::function<void(int status, Micros took)>;
    MeasuredClient(net::HttpClient& inner, Clock& clock, Told told)
        : inner_(inner), clock_(clock), told_(std::move(told)) {}

    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        const Time began = clock_.now();
        Result<net::HttpResponse> answer = inner_.send(request);
        told_(answer ? answer->status : 0, clock_.now() - began);
        return answer;
    }

private:
    net::HttpClient& inner_;
    Clock& clock_;
    const Told told_;
};

}  // namespace syncline::app
