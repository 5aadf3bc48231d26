// The scheduler of a process: what the clock asks for becomes jobs, once however many processes run it.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "app/installation.hpp"
#include "jobs/schedule.hpp"
#include "watch/log.hpp"

namespace syncline::app {

// What a schedule is made of; the intervals in `config`, the number of projects for Plane's budget. Pure.
std::vector<jobs::Schedule> schedules_of(const Config& config, const profile::Profile& profile, std::int64_t projects);

// How often Plane may be looked at: `wanted`, or longer, so that looks at `projects` projects take at most half of
// `calls_per_minute` (0: no limit). Pure.
Micros plane_interval(Micros wanted, std::int64_t projects, int calls_per_minute);

class ClockLoop {
public:
    // `on_second` is called about once a second, in the loop's thread: health, alerts.
    ClockLoop(Installation& installation, std::function<void()> on_second, watch::Log& log);
    ~ClockLoop();  // stop()

    void start();
    void stop();

private:
    void run();
    Result<void> catch_up();
    Result<std::int64_t> count_projects();

    Installation& installation_;
    const Config config_;  // as it was at the start: the worker may read the settings again meanwhile
    const std::function<void()> on_second_;
    watch::Log& log_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace syncline::app
