#include "odoo/detail/line.hpp"

namespace syncline::odoo::detail {

Result<net::HttpResponse> Line::send(const std::string& name, net::HttpRequest request) {
    limiter_.wait();
    correlation_.mark(request);
    {
        const std::lock_guard lock(mutex_);
        ++counts_[name];
    }
    const Time sent = clock_.now();
    Result<net::HttpResponse> response = http_.send(request);
    if (response.ok()) {
        skew_.observe(response->headers.get("Date"), sent, clock_.now());
        return response;
    }
    return std::move(response).error().during(name);
}

CallCounts Line::calls() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

}  // namespace syncline::odoo::detail
