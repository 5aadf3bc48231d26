// The line to one server: every HTTP call goes through here, is paced, counted, and its clock is noted.
#pragma once

#include <mutex>

#include "net/correlation.hpp"
#include "odoo/client.hpp"
#include "odoo/detail/limiter.hpp"
#include "odoo/detail/skew.hpp"

namespace syncline::odoo::detail {

// Thread safe.
class Line {
public:
    Line(net::HttpClient& http, Clock& clock, double calls_per_s)
        : http_(http), clock_(clock), limiter_(clock, calls_per_s) {}

    // Any HTTP status is a success here. `name` is what the call is counted as.
    Result<net::HttpResponse> send(const std::string& name, net::HttpRequest request);

    Micros clock_skew() const { return skew_.estimate(); }
    Time server_now() const { return clock_.now() + clock_skew(); }
    CallCounts calls() const;
    net::Correlation& correlation() { return correlation_; }

private:
    net::HttpClient& http_;
    Clock& clock_;
    Limiter limiter_;
    Skew skew_;
    net::Correlation correlation_;
    mutable std::mutex mutex_;
    CallCounts counts_;
};

}  // namespace syncline::odoo::detail
