// The handlers of `reconcile` (subject "auto", "light", "full") and `sweep` (subject "odoo", "plane") jobs: the same
// engine, started by the clock. They find what no event announced; nothing depends on events alone.
#pragma once

#include "dispatch/looks.hpp"

namespace syncline::dispatch {

struct Reconciled {
    std::string subject;
    sync::Report report;
    Time began{};
};

class Reconciles {
public:
    // Both may be empty.
    Reconciles(sync::Engine& engine, jobs::Queue& queue, Clock& clock, std::function<void(const Reconciled&)> on_run,
               OnPause on_pause)
        : engine_(engine), queue_(queue), clock_(clock), on_run_(std::move(on_run)), on_pause_(std::move(on_pause)) {}

    // A jobs::Handler, for both kinds.
    Result<std::vector<jobs::Outcome>> operator()(std::span<const jobs::Job> jobs);

private:
    Result<void> reconcile(const jobs::Job& job);

    sync::Engine& engine_;
    jobs::Queue& queue_;
    Clock& clock_;
    std::function<void(const Reconciled&)> on_run_;
    OnPause on_pause_;
};

}  // namespace syncline::dispatch
