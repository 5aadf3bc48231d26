#include "plane/client.hpp"

#include "plane/detail/impl.hpp"

namespace syncline::plane {

Client::Client(net::HttpClient& http, Clock& clock, Random& random, Settings settings, std::shared_ptr<Budget> budget)
    : impl_(std::make_unique<Impl>(http, clock, random, std::move(settings), std::move(budget))) {}

Client::~Client() = default;

Result<Capabilities> Client::probe() { return impl_->edition.probe(); }

void Client::use_lane(Lane lane) { impl_->caller.lanes().use(lane); }

void Client::correlate(std::string id) { impl_->caller.correlation().use(std::move(id)); }

Micros Client::clock_skew() const { return impl_->caller.clock_skew(); }

CallCounts Client::calls() const { return impl_->caller.counts(); }

int Client::budget_available() const { return impl_->caller.budget().available(); }

}  // namespace syncline::plane
