// One process of the program, made of the same parts in the same way as app/ makes them, and without its threads: the
// scheduler decides when it works. All that it knows is gone when it dies.
#pragma once

#include <memory>
#include <optional>

#include "dispatch/looks.hpp"
#include "ingress/receiver.hpp"
#include "jobs/schedule.hpp"
#include "profile/profile.hpp"
#include "simulation/mail.hpp"
#include "simulation/wire.hpp"

namespace syncline::simulation {

// What is there before any process and outlives each.
struct Ground {
    VirtualClock& clock;
    Savepoints& store;
    Traffic& traffic;
    const profile::Profile& profile;
    access::Scope scope;
    Tally& tally;
    std::function<void(const sync::Report&)> on_run;
    dispatch::OnPause on_pause;
    std::function<void(const jobs::Job&, const Error&, std::optional<jobs::DeadReason>)> on_failure;
    // Told inside of each settlement, after the product's own hook; may be empty.
    std::function<Result<void>(pg::Transaction&, const sync::Settled&)> on_settled;
    std::size_t links_at_once = sync::Settings().links_at_once;
    bool open_door = false;  // a mutant's: what anybody may guess is one of the secrets
};

class Process {
public:
    Process(int number, const Ground& ground, std::uint64_t seed);
    ~Process();

    // Its parts are made when it first has something to do.
    void die();
    Hazard& hazard() { return hazard_; }
    int deaths() const { return deaths_; }

    // Each throws Crash when it dies of it: then call die().
    Result<jobs::Stepped> work();
    Result<std::int64_t> look_at_the_clock();
    // None: the connection was closed.
    std::optional<net::HttpResponse> receive(const net::HttpRequest& request);
    Result<sync::Report> approve(const std::string& held_plan);
    // The oldest open ship review; false when there is none.
    Result<bool> decide_review(bool approve);
    // Leases of what it works on are kept alive.
    Result<void> heartbeat();

private:
    struct Parts;
    Parts& parts();

    const int number_;
    const Ground& ground_;
    SeededRandom seeds_;
    Hazard hazard_;
    ProcessStore store_;
    Wire odoo_wire_;
    Wire plane_wire_;
    int deaths_ = 0;
    std::unique_ptr<Parts> parts_;
};

}  // namespace syncline::simulation
