// A schedule: all that chance decides about one simulated run, made from its seed before the run begins. Each step has
// a seed of its own, so that a step does the same when others are taken out: that is what shrinking lives on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulation/hazard.hpp"

namespace syncline::simulation {

enum class Act {
    kEditOdoo,   // a person does something in Odoo
    kEditPlane,  // a person does something in Plane
    kPass,       // time passes
    kMail,       // some of the webhooks on their way arrive: late, doubled, in any order, or are lost
    kForge,      // somebody sends what no peer signed
    kHook,       // somebody switches a webhook off, or on again
    kWork,       // a process takes a batch of jobs
    kClock,      // a process looks what is due by the clock, and at what is there to do
    kKill,       // a process dies between two jobs and starts again
    kDecide,     // a person decides: a held plan, a ship review
};
std::string_view to_string(Act act);

struct Step {
    Act act = Act::kPass;
    int process = 0;         // 0 = A, 1 = B
    std::uint64_t seed = 0;  // what exactly
    Trouble trouble = {};
    bool busy = false;     // people go on while the program works
    int preempted_at = 0;  // at this call (from 1) the other process works, too; 0: never
    std::string text() const;
};

// What holds for a whole run.
struct Circumstances {
    int backdrop = 0;
    bool guard = false;  // the blast-radius guard is on
    Micros odoo_skew{};  // its clock minus the right time
    Micros plane_skew{};
    int normaliser = 0;  // what becomes of HTML in Plane: 0 = Plane's own way; see html.hpp
    bool plane_webhooks = true;
    bool odoo_addon = true;    // Odoo tells of its changes
    bool in_portions = false;  // a run plans each project by itself, not all together
    std::string text() const;
};

struct Schedule {
    std::uint64_t seed = 0;
    Circumstances circumstances;
    std::vector<Step> steps;
    std::string text() const;
};

inline constexpr int kBackdrops = 4;  // see backdrop.hpp
inline constexpr int kStepsUsual = 12;
inline constexpr int kStepsMax = 1'000;

Schedule make_schedule(std::uint64_t seed, int steps = kStepsUsual);

}  // namespace syncline::simulation
