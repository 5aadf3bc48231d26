// The handler of `mirror` jobs: what was pulled once is pulled again, the clock asking, so that the mirror stays fresh.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "app/installation.hpp"
#include "dispatch/looks.hpp"
#include "watch/log.hpp"

namespace syncline::app {

class MirrorJobs {
public:
    MirrorJobs(Installation& installation, jobs::Queue& queue, dispatch::OnPause on_pause, watch::Log& log)
        : installation_(installation), queue_(queue), on_pause_(std::move(on_pause)), log_(log) {}

    // A jobs::Handler. One that has to wait (Odoo away, quota used up, another process pulls) is put back.
    Result<std::vector<jobs::Outcome>> operator()(std::span<const jobs::Job> jobs);

private:
    Result<void> pull();

    Installation& installation_;
    jobs::Queue& queue_;
    dispatch::OnPause on_pause_;
    watch::Log& log_;
};

}  // namespace syncline::app
