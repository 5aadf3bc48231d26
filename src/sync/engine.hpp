// The engine: observe, plan, apply, settle. Events, timers and people all start the same thing.
//
// One engine works on a profile at a time, however many processes there are: the others get kHeld and should come back.
// Crash safe: run it again. One thread at a time.
#pragma once

#include <memory>

#include "sync/apply.hpp"
#include "sync/observe_plane.hpp"
#include "sync/plans.hpp"

namespace syncline::sync {

enum class Look {
    kAuto,  // full when a close-out is due, else light
    kLight,
    kFull,
    kOdoo,   // the sweep of Odoo alone
    kPlane,  // the light look at Plane alone
};

// An entity that an event named: look at it.
struct Hint {
    record::Peer peer = record::Peer::kOdoo;
    std::string kind;       // an Odoo model, or what it is in Plane: "project", "item", "cycle"
    std::string id;         // at the peer
    std::string container;  // Plane's project; "" = not known
};

struct Report {
    std::string run;
    Depth depth = Depth::kLight;
    std::int64_t links = 0;  // active, after
    Applied applied;
    std::int64_t parked = 0;   // links with something parked
    std::int64_t orphans = 0;  // open
    std::vector<Held> held;
    std::string held_plan;  // its hash: what `apply` takes
    std::int64_t odoo_calls = 0;
    std::int64_t plane_calls = 0;
    Micros took{};
};

class Engine {
public:
    explicit Engine(Context context);

    // Looks at both peers, plans, applies, settles; again until nothing is left to do that was learnt on the way.
    Result<Report> sync(Look look, const std::string& correlation = {});
    // The same for these entities only. `correlation` (a UUID) goes with every request that the run sends, and into the
    // ledger; "" = the run's own id.
    Result<Report> look(const std::vector<Hint>& hints, const std::string& correlation = {});
    // Looks and plans; writes to no peer. The plan is kept for an hour under its hash.
    Result<Proposal> plan(Look look);
    // Does what the plan of this hash says, as far as each link still plans the same; the guard lets it pass.
    // kMoved when nothing of it holds any more.
    Result<Report> apply(const std::string& hash, const std::string& approved_by);

private:
    Result<Depth> depth_of(Look look);
    Result<void> observe(Depth depth, Look look = Look::kAuto);
    Result<void> refresh_statistics(std::int64_t rows_changed);
    Result<Report> run(const std::string& kind, const std::function<Result<void>(Report&)>& body);
    Result<void> rounds(Report& report);
    Result<void> save(const Proposal& proposal, std::string_view status, const std::string& reason);
    Result<void> count(Report& report);
    Result<void> alone(const std::function<Result<void>()>& body);

    Context context_;
    KnownFields known_;
};

}  // namespace syncline::sync
