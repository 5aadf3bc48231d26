#include "simulation/wire.hpp"

namespace syncline::simulation {

namespace {

using sim::Fault;

constexpr Micros kLatency = std::chrono::milliseconds(200);

net::HttpResponse throttled() {
    return {429,
            {{"Content-Type", "application/json"}, {"Retry-After", "1"}},
            R"({"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"})"};
}

net::HttpResponse server_error() {
    return {500, {{"Content-Type", "application/json"}}, R"({"error":"Something went wrong please try again later"})"};
}

net::HttpResponse bad_gateway() {
    return {
        502, {{"Content-Type", "text/html"}}, "<html><body><center><h1>502 Bad Gateway</h1></center></body></html>"};
}

}  // namespace

Wire::Wire(int process, Place place, Hazard& hazard, Clock& clock, Traffic& traffic)
    : process_(process),
      place_(place),
      hazard_(hazard),
      clock_(clock),
      traffic_(traffic),
      client_([this](const net::HttpRequest& request) { return pass(request); }) {}

Result<net::HttpResponse> Wire::send(const net::HttpRequest& request) { return client_.send(request); }

net::HttpResponse Wire::pass(const net::HttpRequest& request) {
    hazard_.before(place_);
    traffic_.about_to_call(process_, place_, request);
    const Fault fault = hazard_.fault(place_);
    switch (fault) {
        case Fault::kLatency: clock_.sleep_for(kLatency); break;
        case Fault::kThrottle: return throttled();
        case Fault::kServerError: return server_error();
        case Fault::kBadGateway: return bad_gateway();
        case Fault::kDropBefore: throw net::DropConnection{};
        default: break;
    }
    net::HttpResponse response = traffic_.exchange(process_, place_, request);
    hazard_.after(place_);
    if (fault == Fault::kDropAfter) throw net::DropConnection{};
    if (fault == Fault::kErrorAfter) return server_error();
    traffic_.answered(place_, request, response);
    return response;
}

}  // namespace syncline::simulation
