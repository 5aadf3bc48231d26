// Carries alerts to where the settings say, in a thread of its own: a Slack or a Plane that hangs must stop nothing.
#pragma once

#include <atomic>
#include <memory>
#include <thread>

#include "alerts/deliverer.hpp"
#include "app/installation.hpp"
#include "watch/log.hpp"

namespace syncline::app {

class TellLoop {
public:
    TellLoop(Installation& installation, watch::Log& log);
    ~TellLoop();  // stop(): waits for what is being sent, kSlackTimeout at most

    // Does nothing when the settings name nobody to tell.
    void start();
    void stop();

private:
    void run();
    alerts::Channels channels();

    Installation& installation_;
    const Config config_;  // as it was at the start
    watch::Log& log_;
    std::unique_ptr<plane::Client> plane_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace syncline::app
