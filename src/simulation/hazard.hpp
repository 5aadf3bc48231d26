// What goes wrong for one process during one step: decided beforehand, asked for by its wires and its store at each
// call.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "pg/database.hpp"
#include "sim/faults.hpp"
#include "simulation/store.hpp"

namespace syncline::simulation {

// The process dies here: it unwinds to the scheduler, and all that it held in memory is gone.
struct Crash {};

enum class Place { kOdoo, kPlane, kStore };
std::string_view to_string(Place place);

enum class Mishap {
    kNone,
    kCrash,     // at the `at`-th call to `place`
    kFaults,    // a share of the calls to both peers
    kStoreGone  // the store fails once: at its `at`-th transaction
};

struct Trouble {
    Mishap what = Mishap::kNone;
    Place place = Place::kPlane;
    int at = 0;
    bool after = false;      // it: the peer has acted, the transaction is committed
    std::uint64_t seed = 0;  // of the faults
    std::string text() const;
    bool operator==(const Trouble&) const = default;
};

// How often each thing went wrong: for the report.
using Tally = std::map<std::string, std::int64_t, std::less<>>;

class Hazard {
public:
    explicit Hazard(Tally& tally) : tally_(tally) {}

    void arm(const Trouble& trouble);
    void disarm() { arm({}); }
    // The process is dead: whatever it still tries ends it again, until it is started anew.
    bool dead() const { return dead_; }
    void revive() { dead_ = false; }
    const Trouble& trouble() const { return trouble_; }

    // Each call passes here twice. Throws Crash.
    void before(Place place);
    void after(Place place);
    // What the network or the peer does to the call that is on its way.
    sim::Fault fault(Place place);
    // The store does not answer to the transaction that is on its way, `after` it was committed or before it began.
    bool store_fails(bool after);

private:
    bool now(Place place, bool after) const;
    [[noreturn]] void die(std::string_view how, Place place);

    Tally& tally_;
    bool dead_ = false;
    Trouble trouble_;
    std::map<Place, int> calls_;
    SeededRandom random_{0};
};

// The store as one process has it.
class ProcessStore final : public pg::Database {
public:
    ProcessStore(Savepoints& store, Hazard& hazard) : store_(store), hazard_(hazard) {}
    Result<void> run(std::string_view org, const std::function<Result<void>(pg::Transaction&)>& body) override;
    Result<void> run_as_owner(const std::function<Result<void>(pg::Transaction&)>& body) override {
        return run({}, body);
    }

private:
    Savepoints& store_;
    Hazard& hazard_;
};

}  // namespace syncline::simulation
