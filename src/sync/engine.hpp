// The engine: observe, plan, apply, settle. Events, timers and people all start the same thing.
//
// One engine works on a profile at a time, however many processes there are: the others get kHeld and should come back.
// Crash safe: run it again. One thread at a time.
#pragma once

#include <memory>

#include "sync/apply.hpp"
#include "sync/links.hpp"
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

struct Report {
    std::string run;
    std::string correlation;
    Depth depth = Depth::kLight;
    Applied applied;
    // Records that differ from what was seen before, kFoundMax at most of each peer. Our own writes do not.
    std::vector<Hint> found;
    std::vector<Held> held;
    std::string held_plan;  // its hash: what `apply` takes
    // Counted after a sync or an apply; a look at named records does not count the whole store.
    std::int64_t links = 0;    // active
    std::int64_t parked = 0;   // links with something parked
    std::int64_t orphans = 0;  // open
    std::int64_t odoo_calls = 0;
    std::int64_t plane_calls = 0;
    Micros took{};
};

class Engine {
public:
    explicit Engine(Context context);

    // Looks at both peers, plans, applies, settles; again until nothing is left to do that was learnt on the way.
    // `correlation` (a UUID) goes with every request that the run sends, and into the ledger; "" = the run's own id.
    Result<Report> sync(Look look, const std::string& correlation = {});
    // The same for what `hints` name, and for what waits to be planned. Waits up to Settings::lock_wait for another run
    // to end. Before anything is overwritten in Plane that this look did not see, it is looked at as well. What fails
    // again and again, and projects that the guard stopped, are left to the next sync.
    // kInvalid when a hint is none: the others are not looked at then, ask for each alone.
    Result<Report> look(const std::vector<Hint>& hints, const std::string& correlation = {});
    // Looks and plans; writes to no peer. The plan is kept for an hour under its hash.
    Result<Proposal> plan(Look look);
    // Does what the plan of this hash says, as far as each link still plans the same; the guard lets it pass.
    // kMoved when nothing of it holds any more.
    Result<Report> apply(const std::string& hash, const std::string& approved_by);

private:
    // What a run has looked at.
    struct Looked {
        Time from{};  // when it began
        Depth depth = Depth::kLight;
        OdooSeen odoo;
        PlaneSeen plane;
        std::optional<Time> odoo_swept;  // when that began
        Time plane_began{};
        const std::vector<Hint>* hints = nullptr;  // of a look at named records
        std::set<std::string> told;                // see lacking_in_odoo()
    };
    struct Planned {
        std::unique_ptr<World> world;
        Proposal proposal;
    };
    // Plans of links as a person is shown them, and their hashes.
    struct Shown {
        std::vector<std::string> hashes;
        json::Array body;
        void add(const PlannedLink& planned);
    };
    // What the portions of one round came to.
    struct Round {
        explicit Round(Report& of_run) : report(of_run) {}
        Report& report;
        Applied applied;
        bool idle = true;
        Around around;
        std::vector<std::string> unjudged;  // projects of the portions to come
        std::vector<Held> held;
        Shown stopped;  // what the guard stopped
    };

    // engine.cpp
    Result<void> get_ready();
    Result<Depth> depth_of(Look look);
    Result<Looked> observe(Depth depth, Look look = Look::kAuto);
    Result<Looked> look_at(const std::vector<Hint>& hints);
    Result<void> cover(const Looked& looked);
    Result<void> refresh_statistics(std::int64_t rows_changed);
    Result<void> alone(std::chrono::milliseconds wait, const std::function<Result<void>()>& body);

    // rounds.cpp
    Result<void> rounds(Looked& looked, Report& report);
    Result<Ids> keys(const Looked& looked, const Asking& asking);
    Result<Planned> plan_on_known_ground(Ids& keys, const Asking& asking, Looked& looked);
    Result<Planned> plan_on_fresh_ground(Ids keys, const Asking& asking, Looked& looked);
    Result<std::vector<Portion>> portions_of(Ids keys, const Looked& looked);
    Result<void> carry_out(Portion portion, const Asking& asking, Looked& looked, Round& round);
    Result<void> hold(const Proposal& proposal, const Looked& looked, Round& round);
    Result<std::string> save(Shown shown, std::string_view status, const std::string& reason);  // its hash

    // runs.cpp
    struct Purpose {
        std::string kind;
        std::string correlation;
        bool counts = true;  // the whole store, afterwards
    };
    Result<Report> run(const Purpose& purpose, const std::function<Result<void>(Report&)>& body);
    Result<void> count(pg::Transaction& tx, Report& report);

    Context context_;
    KnownFields known_;
};

}  // namespace syncline::sync
