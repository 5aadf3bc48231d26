// What is left of a schedule when things are taken out of it. As text it can be kept and played again:
//
//   "3,7tb,-clocks"   steps 3 and 7 of the whole, 7 without its trouble and without people meanwhile; the clocks right
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "simulation/schedule.hpp"

namespace syncline::simulation {

struct KeptStep {
    int number = 0;         // from 1, in the whole schedule
    bool trouble = true;    // "t" takes it away: no crash, no faults
    bool busy = true;       // "b": nobody else does anything meanwhile
    bool preempted = true;  // "p": the other process does not come between
    bool operator==(const KeptStep&) const = default;
};

struct Cutting {
    std::vector<KeptStep> steps;  // in their order
    bool guard = true;            // "-guard" switches it off
    bool clocks = true;           // "-clocks": those of the peers are right
    bool html = true;             // "-html": Plane's own way
    bool operator==(const Cutting&) const = default;

    // Nothing is taken out.
    static Cutting whole(const Schedule& schedule);
    // kInvalid says which word is none.
    static Result<Cutting> parse(std::string_view text);
    std::string text() const;
    // kInvalid for a step that the schedule does not have.
    Result<Schedule> of(const Schedule& schedule) const;
};

}  // namespace syncline::simulation
