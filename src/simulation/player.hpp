// Plays schedules, one after the other, on a store of its own. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "simulation/judge.hpp"
#include "simulation/mutant.hpp"
#include "simulation/schedule.hpp"

namespace syncline::simulation {

struct Outcome {
    std::uint64_t seed = 0;
    std::vector<Violation> violations;
    std::vector<std::string> log;
    std::vector<std::string> explanation;  // of broken promises: what the store says
    std::string digest;                    // only when asked for
    std::int64_t statements = 0;           // that the store was asked
    std::int64_t writes = 0;               // calls that may change a peer
    std::int64_t effective = 0;            // fields that they changed
    std::int64_t unseen_losses = 0;
    bool sound() const { return violations.empty(); }
    // "P4", of the first one; "" when it is sound.
    std::string broken() const { return violations.empty() ? std::string() : violations.front().promise; }
};

struct PlayerOptions {
    std::string dsn;           // of a database with all migrations, which nobody else uses
    std::string profile_text;  // of the delivery profile
    Mutant mutant = Mutant::kNone;
    bool log_calls = false;  // each call to a peer is in the log: long, and for one schedule only
    bool careful = false;    // with savepoints from the start: slower, and the same
};

class Player {
public:
    // Makes the worlds that schedules start from: some seconds.
    static Result<std::unique_ptr<Player>> open(PlayerOptions options);
    virtual ~Player() = default;

    // What a schedule comes to depends on nothing that was played before. Errors are those of the store, or of this
    // program; a broken promise is an outcome.
    virtual Result<Outcome> play(const Schedule& schedule, bool with_digest = false) = 0;
    virtual const Tally& tally() const = 0;
    // How many of them had to be played again because something was undone on the way.
    virtual std::int64_t carefully() const = 0;
};

}  // namespace syncline::simulation
