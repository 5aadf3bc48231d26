// `syncline serve`: keeps both sides in step until stopped.
//
// Events come in by the front door and become jobs; the scheduler makes jobs of what the clock asks for (sweeps, since
// no peer announces everything, and reconciles); the worker does the jobs. Several processes on one store share the
// work and may split the roles.
#pragma once

#include "app/installation.hpp"
#include "cli/command.hpp"
#include "cli/style.hpp"
#include "watch/log.hpp"

namespace syncline::app {

struct ServeOptions {
    bool once = false;
    bool json = false;
    bool quiet = false;
    cli::Style style;
    std::optional<Roles> roles = {};  // instead of the settings'
};

// Until stop_asked(). What was begun is settled. An error only when nothing can go on. Main thread only.
Result<void> serve(Installation& installation, const ServeOptions& options, watch::Log& log);
Result<int> run_serve(const cli::Command& command, watch::Log& log);

}  // namespace syncline::app
