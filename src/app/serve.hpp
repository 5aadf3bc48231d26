// `syncline serve`: keeps both sides in step until stopped.
//
// Odoo is asked every few seconds, for ids and write dates only (one call a model); what moved starts a look at both
// sides at once. Plane is looked at less often, as its call budget allows. A whole look is taken when it is due.
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
};

// Until stop_asked(). What was begun is settled. An error only when nothing can go on.
Result<void> serve(Installation& installation, const ServeOptions& options, watch::Log& log);
Result<int> run_serve(const cli::Command& command, watch::Log& log);

// How often Plane may be looked at: `wanted`, or longer, so that looks at `projects` projects take at most half of
// `calls_per_minute` (0: no limit). Pure.
Micros plane_interval(Micros wanted, std::int64_t projects, int calls_per_minute);

}  // namespace syncline::app
