// The way from a process to a peer, with all that can happen on it.
#pragma once

#include "net/http.hpp"
#include "simulation/hazard.hpp"

namespace syncline::simulation {

// Whoever runs the peers and judges what passes.
class Traffic {
public:
    virtual ~Traffic() = default;
    // Before a call leaves a process: time for others to act.
    virtual void about_to_call(int process, Place place, const net::HttpRequest& request) = 0;
    // The peer acts and answers.
    virtual net::HttpResponse exchange(int process, Place place, const net::HttpRequest& request) = 0;
    // The answer to it came through to the process.
    virtual void answered(Place place, const net::HttpRequest& request, const net::HttpResponse& response) = 0;
};

class Wire final : public net::HttpClient {
public:
    Wire(int process, Place place, Hazard& hazard, Clock& clock, Traffic& traffic);
    Result<net::HttpResponse> send(const net::HttpRequest& request) override;

private:
    net::HttpResponse pass(const net::HttpRequest& request);

    const int process_;
    const Place place_;
    Hazard& hazard_;
    Clock& clock_;
    Traffic& traffic_;
    net::HandlerClient client_;
};

}  // namespace syncline::simulation
