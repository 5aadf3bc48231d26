// What the running program shows of itself: /healthz, /readyz, /metrics.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "app/front_door.hpp"
#include "app/installation.hpp"
#include "app/work_loop.hpp"
#include "watch/health.hpp"
#include "watch/metric_names.hpp"

namespace syncline::app {

// Safe from many threads.
class Instruments {
public:
    explicit Instruments(Installation& installation);

    watch::Metrics& metrics() { return metrics_; }
    watch::Pulses& pulses() { return pulses_; }
    void beat(std::string_view loop) { pulses_.beat(loop, installation_.clock().now()); }

    // Reads from the store what is not counted as it happens. Each few seconds, by the scheduler or whoever is there.
    Result<void> collect();
    void count_run(const sync::Report& report, const std::string& cause);
    void count_door(const ingress::Counters& counters);
    void count_batch(const WorkedBatch& batch);
    void count_request(const std::string& peer, int status, Micros took);
    void count_silence(const std::map<std::string, bool>& silent);  // by source of webhooks

    Pages pages();

private:
    Result<void> collect_store(pg::Transaction& tx, Time now);
    net::HttpResponse page(const watch::Health& health) const;
    // What the store answers; asked at most once a second, whoever wants to know.
    std::optional<Error> ask_store();

    Installation& installation_;
    watch::Metrics metrics_;
    watch::Pulses pulses_;
    std::mutex asking_;
    Time asked_at_{};
    std::optional<Error> store_;
};

}  // namespace syncline::app
