// Many schedules, on as many players as there are. What breaks is kept with its seed, and can be made small.
#pragma once

#include <optional>

#include "simulation/player.hpp"
#include "simulation/shrink.hpp"

namespace syncline::simulation {

struct SoakOptions {
    std::uint64_t first_seed = 1;
    std::uint64_t count = 1;
    int steps = kStepsUsual;
};

struct Broken {
    std::uint64_t seed = 0;
    std::vector<Violation> violations;
    std::string promise() const { return violations.front().promise; }
};

// Each by one thread at a time.
struct SoakHooks {
    std::function<bool()> stop;                                                    // asked before each schedule
    std::function<void(std::uint64_t played, std::uint64_t violations)> progress;  // after each schedule
    std::function<void(const Broken&)> broken;                                     // as soon as one breaks a promise
};

inline constexpr std::size_t kBrokenMax = 100;  // that are kept

struct Soaked {
    std::uint64_t played = 0;
    std::uint64_t violations = 0;  // schedules that broke a promise
    double seconds = 0;
    bool stopped = false;
    std::vector<Broken> broken;  // by seed
    double per_second() const { return seconds > 0 ? static_cast<double>(played) / seconds : 0; }
    // "schedules 20000, violations 0, per second 61"
    std::string text() const;
};

// One thread for each player. Errors are those of Player::play().
Result<Soaked> soak(const std::vector<std::unique_ptr<Player>>& players, const SoakOptions& options,
                    const SoakHooks& hooks = {});

// A schedule that breaks a promise, as small as it could be made, and what it comes to.
struct Small {
    Schedule schedule;
    Shrunk shrunk;
    Outcome outcome;
};
Result<Small> make_small(Player& player, const Schedule& failing, const std::string& promise);

// The schedule, what happened, and what was broken, line by line.
std::string story(const Schedule& schedule, const Outcome& outcome);

}  // namespace syncline::simulation
