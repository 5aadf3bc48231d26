#include "app/tell_loop.hpp"

namespace syncline::app {

namespace {

constexpr Micros kEvery = std::chrono::seconds(5);
constexpr Micros kStopPoll = std::chrono::milliseconds(100);

}  // namespace

TellLoop::TellLoop(Installation& installation, watch::Log& log)
    : installation_(installation), config_(installation.config()), log_(log) {}

TellLoop::~TellLoop() { stop(); }

void TellLoop::start() {
    if (!config_.alerts.slack && config_.alerts.ops_project.empty()) return;
    thread_ = std::thread([this] { run(); });
}

void TellLoop::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

alerts::Channels TellLoop::channels() {
    alerts::Channels channels;
    channels.http = &installation_.http();
    channels.from = "Syncline on " + config_.profile;
    if (config_.alerts.slack) {
        channels.slack_url = [this] { return installation_.secret(*config_.alerts.slack); };
    }
    if (config_.alerts.ops_project.empty() || !config_.plane) return channels;
    Result<vault::Secret> key = installation_.secret(config_.plane->key);
    if (!key) {
        log_.error("no work items for alerts", {{"error", key.error().message}});
        return channels;
    }
    plane_ = installation_.plane_client(*config_.plane, std::move(*key), alerts::kExternalSource);
    channels.plane = plane_.get();
    channels.ops_project = config_.alerts.ops_project;
    return channels;
}

void TellLoop::run() {
    Clock& clock = installation_.clock();
    alerts::Deliverer deliverer(installation_.store().database(), clock, installation_.scope().org, channels());
    Time due{};
    while (!stopping_) {
        clock.sleep_for(kStopPoll);
        if (clock.now() < due) continue;
        due = clock.now() + kEvery;
        if (const Result<alerts::Told> told = deliverer.round(); !told) {
            log_.warn("cannot tell of alerts", {{"error", told.error().message}});
        }
    }
}

}  // namespace syncline::app
