// How the program ends, for scripts. One table; `syncline --help` prints it.
#pragma once

#include <string>

#include "base/error.hpp"

namespace syncline::cli {

enum ExitCode : int {
    kOk = 0,
    kFailed = 1,         // something went wrong that no other code names
    kUsage = 2,          // the command line or a file given with it is wrong
    kHeld = 3,           // a person must approve, or another process is at work
    kNotConfigured = 4,  // a setting or a key is missing
    kUnreachable = 5,    // a peer does not answer, or refuses the key
    kStore = 6,          // PostgreSQL failed, or was written by a newer program
    kNotFound = 7,       // there is no such thing
    kMoved = 8,          // the records changed since: plan again
    kInterrupted = 130,  // stopped by Ctrl-C or a signal; what was done is settled
};

int exit_code(Errc code);
// The table, as `--help` shows it.
std::string exit_code_help();

}  // namespace syncline::cli
