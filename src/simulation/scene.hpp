// One schedule being played: the peers, two processes of the program on one store, people, mail, and the judge.
#pragma once

#include <deque>
#include <memory>

#include "simulation/backdrop.hpp"
#include "simulation/judge.hpp"
#include "simulation/mail.hpp"
#include "simulation/mutant.hpp"
#include "simulation/people.hpp"
#include "simulation/process.hpp"
#include "simulation/schedule.hpp"

namespace syncline::simulation {

inline constexpr int kProcesses = 2;

// Profiles that schedules choose from.
struct Profiles {
    profile::Profile guarded;
    profile::Profile open;         // the blast-radius guard lets everything pass
    profile::Profile wrong_owner;  // a mutant's
};

class Scene final : public Traffic {
public:
    // `bold`: see Savepoints.
    Scene(Backdrop& backdrop, pg::Transaction& whole, const Schedule& schedule, const Profiles& profiles, Mutant mutant,
          bool log_calls, bool bold, Tally& tally);
    ~Scene() override;

    // The steps, then quiet, then the verdict.
    Result<void> play();
    // It must be played again, and not boldly: what it came to counts for nothing.
    bool stuck() const { return store_.stuck(); }

    const std::vector<std::string>& log() const { return log_; }
    // What the store says about its links: for whoever wonders what went wrong.
    Result<std::vector<std::string>> explain();
    Judge& judge() { return judge_; }
    std::int64_t statements() const { return store_.statements(); }
    // Over the log, both peers' screens and what the store says: the same for the same seed on any machine.
    Result<std::string> digest();

private:
    void step(const Step& step);
    void act(const Step& step);
    // Has a process do something that it may die of.
    void let(int process, const Step& step, const std::function<Result<void>(Process&)>& body);
    Result<void> work(Process& process);
    void decide(SeededRandom& random, int process);
    void pre_empt(int process);
    void forge(SeededRandom& random);
    void people_act(SeededRandom& random, bool in_odoo);
    Door door(int process);

    Result<void> calm_down();
    Result<void> quiet_round(Micros pause, bool tidy);
    Result<void> drain();  // until nothing is left to do
    Result<void> approve_held();
    Process& survivor();
    Result<std::optional<Time>> next_job_at();

    void about_to_call(int process, Place place, const net::HttpRequest& request) override;
    net::HttpResponse exchange(int process, Place place, const net::HttpRequest& request) override;
    void answered(Place place, const net::HttpRequest& request, const net::HttpResponse& response) override;
    net::HttpResponse serve(Place place, const net::HttpRequest& request);
    void plant();  // the mutant's doings after a step
    void meddle(const std::string& link);

    void say(std::string text) { log_.push_back(std::move(text)); }

    Backdrop& backdrop_;
    const Schedule& schedule_;
    const Mutant mutant_;
    const bool log_calls_;
    Tally& tally_;
    profile::Profile profile_;
    Savepoints store_;
    Judge judge_;
    People people_;
    Mail mail_;
    Ground ground_;
    std::vector<std::unique_ptr<Process>> processes_;
    std::vector<std::string> log_;
    std::string held_plan_;
    std::vector<std::int64_t> accepted_;  // receipts that were answered for
    Time began_{};
    std::int64_t decisions_ = 0;  // conflicts and adoptions of the runs since it was set to 0

    // Of the step that is being played.
    const Step* step_ = nullptr;
    int working_ = -1;  // the process that works; -1: none
    int calls_ = 0;
    bool preempted_ = false;
    SeededRandom bystanders_{0};
};

}  // namespace syncline::simulation
