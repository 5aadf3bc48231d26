#include "app/serve.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "actions/handlers.hpp"
#include "app/alarms.hpp"
#include "app/clock_loop.hpp"
#include "app/front_door.hpp"
#include "app/instruments.hpp"
#include "app/signals.hpp"
#include "app/tell_loop.hpp"
#include "app/terminal.hpp"
#include "app/work_loop.hpp"
#include "cli/errors.hpp"
#include "cli/exit_code.hpp"
#include "cli/render.hpp"

namespace syncline::app {

namespace {

constexpr std::int64_t kChangesShownMax = 1000;
constexpr int kSupervisePollMs = 200;
constexpr Micros kCollectEvery = std::chrono::seconds(5);
constexpr Micros kReviveEvery = std::chrono::seconds(1);

class Process {
public:
    Process(Installation& installation, const ServeOptions& options, watch::Log& log)
        : installation_(installation),
          options_(options),
          log_(log),
          services_(installation.services()),
          instruments_(installation),
          alarms_(installation, installation.clock()) {
        installation.on_request([this](const std::string& peer, int status, Micros took) {
            instruments_.count_request(peer, status, took);
        });
    }
    ~Process() {
        end();
        installation_.on_request({});
    }

    Result<void> run();
    Result<void> run_once();

private:
    WorkHooks work_hooks();
    Result<void> open_for_business();
    void each_second();
    void supervise();
    void end();
    void tell(const sync::Report& report);
    void tell_trouble(const Error& error);

    Installation& installation_;
    const ServeOptions& options_;
    watch::Log& log_;
    actions::Services services_;
    Instruments instruments_;
    Alarms alarms_;
    std::unique_ptr<FrontDoor> door_;
    std::unique_ptr<WorkLoop> work_;
    std::unique_ptr<ClockLoop> clock_;
    std::unique_ptr<TellLoop> tell_;
    Time collect_due_{};
    Time revived_at_{};
    std::atomic<bool> store_trouble_{false};
    std::mutex telling_;
    std::string last_trouble_;
};

void Process::tell(const sync::Report& report) {
    const Result<actions::RunChanges> changes = actions::runs_changes(services_, {report.run, kChangesShownMax});
    if (!changes) return log_.warn("cannot read the ledger", {{"error", changes.error().message}});
    for (const actions::RunChange& change : changes->changes) {
        if (options_.json) {
            print(json::canonical(actions::to_json(change)) + "\n");
        } else {
            print(cli::render_change(change.entry, change.link, change.title, options_.style));
        }
    }
    if (!report.held.empty() && !options_.json) print(cli::render(actions::report_of(report), options_.style));
}

// Trouble passes: it is told once.
void Process::tell_trouble(const Error& error) {
    if (error.code == Errc::kHeld || error.code == Errc::kCancelled) return;
    store_trouble_ = store_trouble_ || error.code == Errc::kStore || error.code == Errc::kUnreachable;
    const std::lock_guard lock(telling_);
    if (error.message == last_trouble_) return;
    last_trouble_ = error.message;
    print_error(cli::render_error(error, options_.json, options_.style.color));
}

WorkHooks Process::work_hooks() {
    WorkHooks hooks;
    hooks.on_run = [this](const sync::Report& report, const std::string& cause) {
        instruments_.count_run(report, cause);
        log_.info("synced", {{"run", report.run},
                             {"cause", cause},
                             {"writes", std::to_string(report.applied.writes())},
                             {"odoo_calls", std::to_string(report.odoo_calls)},
                             {"plane_calls", std::to_string(report.plane_calls)}});
        tell(report);
        // Only what a sweep of one side found says something about that side's webhook.
        const Result<record::Peer> swept = record::parse_peer(cause);
        if (!swept) return;
        if (const Result<void> noted = alarms_.note_sweep(report, *swept); !noted) tell_trouble(noted.error());
    };
    hooks.on_batch = [this](const WorkedBatch& batch) { instruments_.count_batch(batch); };
    hooks.on_failure = [this](const jobs::Job& job, const Error& error, std::optional<jobs::DeadReason> dead) {
        instruments_.metrics().add(watch::kJobs, {job.kind, dead ? "dead" : "failed"});
        log_.warn(dead ? "a job is dead" : "a job failed", {{"kind", job.kind},
                                                            {"subject", job.subject},
                                                            {"correlation", job.correlation},
                                                            {"attempt", std::to_string(job.attempt)},
                                                            {"error", error.message}});
        if (dead) tell_trouble(error);
    };
    hooks.on_trouble = [this](const Error& error) {
        if (error.code == Errc::kUnauthorized)
            alarms_.note_refused_key(std::string(error.detail("peer")), error.message);
        tell_trouble(error);
    };
    hooks.on_well = [this] {
        alarms_.note_well();
        const std::lock_guard lock(telling_);
        last_trouble_.clear();
    };
    hooks.on_pulse = [this] { instruments_.beat("worker"); };
    return hooks;
}

void Process::each_second() {
    instruments_.beat("scheduler");
    if (door_) instruments_.count_door(door_->counters());
    const Time now = installation_.clock().now();
    if (now < collect_due_) return;
    collect_due_ = now + kCollectEvery;
    if (const Result<void> collected = instruments_.collect(); !collected) tell_trouble(collected.error());
    if (const Result<void> assessed = alarms_.assess(); !assessed) tell_trouble(assessed.error());
    instruments_.count_silence(alarms_.silences());
}

Result<void> Process::open_for_business() {
    const Roles roles = options_.roles.value_or(installation_.config().roles);
    door_ = TRY(FrontDoor::open(installation_, roles.ingress, instruments_.pages(), log_));
    if (door_ && !options_.quiet && !options_.json) print("listening on " + door_->url() + "\n");
    if (roles.worker) {
        work_ = std::make_unique<WorkLoop>(installation_, work_hooks(), log_);
        instruments_.beat("worker");
        work_->start();
    }
    if (roles.scheduler) {
        clock_ = std::make_unique<ClockLoop>(
            installation_, [this] { each_second(); }, log_);
        instruments_.beat("scheduler");
        clock_->start();
        tell_ = std::make_unique<TellLoop>(installation_, log_);
        tell_->start();
    }
    return ok();
}

// The private store may have belonged to another command, which has ended and taken it along. Only the main thread may
// start it again.
void Process::supervise() {
    while (!stop_asked()) {
        wait_for_signal(kSupervisePollMs);
        const Time now = installation_.clock().now();
        if (!store_trouble_ || now - revived_at_ < kReviveEvery) continue;
        revived_at_ = now;
        store_trouble_ = false;
        if (const Result<void> revived = installation_.store().revive(); !revived) tell_trouble(revived.error());
    }
}

Result<void> Process::run() {
    TRY(open_for_business());
    supervise();
    end();
    return ok();
}

// First what starts work, then what does it, then what shows it.
void Process::end() {
    clock_.reset();
    tell_.reset();
    work_.reset();
    door_.reset();
}

Result<void> Process::run_once() {
    const actions::Peers peers = TRY(installation_.peers());
    const sync::Report report = TRY(peers.engine.sync(sync::Look::kAuto));
    tell(report);
    return ok();
}

std::optional<Roles> roles_of(const cli::Command& command) {
    if (command.roles.empty()) return std::nullopt;
    const auto has = [&](std::string_view role) {
        return std::find(command.roles.begin(), command.roles.end(), role) != command.roles.end();
    };
    return Roles{has("ingress"), has("worker"), has("scheduler")};
}

}  // namespace

Result<void> serve(Installation& installation, const ServeOptions& options, watch::Log& log) {
    TRY(installation.peers());
    Process process(installation, options, log);
    return options.once ? process.run_once() : process.run();
}

Result<int> run_serve(const cli::Command& command, watch::Log& log) {
    catch_signals();
    InstallationHooks hooks;
    hooks.stop = stop_asked;
    const std::unique_ptr<Installation> installation = TRY(Installation::open(command.globals, hooks));
    const cli::Style style = style_of(command.globals);
    TRY(installation->peers());
    if (!command.globals.quiet && !command.globals.json) {
        print("serving " + installation->services().config.odoo + "  ↔  " + installation->services().config.plane +
              "\n");
    }
    TRY(serve(*installation, {command.once, command.globals.json, command.globals.quiet, style, roles_of(command)},
              log));
    if (!command.globals.quiet && !command.globals.json) print("stopped; what was done is settled\n");
    return stop_asked() && command.once ? cli::kInterrupted : cli::kOk;
}

}  // namespace syncline::app
