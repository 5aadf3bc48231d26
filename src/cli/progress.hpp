// How far a run has come, on one line of a terminal.
#pragma once

#include <string>

#include "base/time.hpp"
#include "sync/context.hpp"

namespace syncline::cli {

// "writing  [#####.....] 60/120  38/s  2 s left". Pure.
std::string progress_text(const sync::Progress& progress, Micros in_phase);

// Remembers when each phase began. One thread at a time.
class ProgressLine {
public:
    // What to write to the terminal now: "" when the last line is too young to change.
    std::string update(const sync::Progress& progress, Time now);
    // Wipes the line.
    std::string clear();

private:
    std::string phase_;
    Time phase_began_{};
    Time written_{};
    bool shown_ = false;
};

}  // namespace syncline::cli
