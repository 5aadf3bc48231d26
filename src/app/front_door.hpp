// What a process answers over HTTP: events in (/hooks/…, /webhook), /healthz, /readyz and /metrics.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/installation.hpp"
#include "ingress/receiver.hpp"
#include "net/http_server.hpp"
#include "watch/log.hpp"

namespace syncline::app {

// Answers for the pages that are not hooks; called from several threads at once.
struct Pages {
    std::function<net::HttpResponse()> healthz;
    std::function<net::HttpResponse()> readyz;
    std::function<std::string()> metrics;
    std::function<void(Micros took)> on_webhook;  // each that was answered
};

class FrontDoor {
public:
    // Listens where the settings say. With no word about it in the settings, a taken port is no error: there is no
    // front door then, and the log says so. Null also for `listen = "off"`. Without `receives` it shows pages only.
    static Result<std::unique_ptr<FrontDoor>> open(Installation& installation, bool receives, Pages pages,
                                                   watch::Log& log);
    ~FrontDoor();

    const std::string& url() const { return url_; }
    ingress::Counters counters() const;
    void stop();

private:
    FrontDoor() = default;
    void answer(net::HttpRequest request, net::Respond respond);

    Pages pages_;
    Clock* clock_ = nullptr;
    std::string url_;
    SystemRandom random_;
    std::unique_ptr<ingress::Receiver> receiver_;  // none: this process receives no events
    std::unique_ptr<net::HttpServer> server_;
};

// The endpoints of the settings with the values of their secrets. One whose secret is missing has none: it refuses
// everything with KEY_MISSING, and the log names the reference.
std::vector<ingress::Endpoint> endpoints_of(Installation& installation, watch::Log& log);

}  // namespace syncline::app
