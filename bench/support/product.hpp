// The program itself, as it is delivered, with a home folder to run in.
#pragma once

#include "odoo/client.hpp"
#include "plane/client.hpp"
#include "support/process.hpp"

namespace syncline::bench {

// SYNCLINE_PROGRAM, else the `syncline` beside this program. kNotFound when there is none.
Result<std::string> syncline_program();

// HOME/syncline.toml and the keys beside it: both peers connected, Odoo swept every second, Plane not throttled.
// `more` takes the place of the section [serve] and goes on from there.
Result<void> write_settings(const std::string& home, const odoo::Settings& odoo, const plane::Settings& plane,
                            const std::string& more = {});

// `syncline serve`, once it has looked at both peers.
class Serving {
public:
    Serving(const std::string& program, const std::string& home);
    // Waits for the first sweeps to pass. kInternal with what it said when the program ended.
    Result<void> settled();
    pid_t pid() const { return program_.pid(); }
    void stop() { program_.stop(); }

private:
    std::string log_;
    Program program_;
};

// The server process of a home's private PostgreSQL; 0 when none runs.
pid_t postmaster(const std::string& home);

}  // namespace syncline::bench
