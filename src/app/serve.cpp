#include "app/serve.hpp"

#include <algorithm>

#include "actions/handlers.hpp"
#include "app/signals.hpp"
#include "app/terminal.hpp"
#include "cli/errors.hpp"
#include "cli/exit_code.hpp"
#include "cli/render.hpp"

namespace syncline::app {

namespace {

constexpr Micros kBackoffMax = std::chrono::seconds(60);
constexpr Micros kDeadKeyPause = std::chrono::minutes(5);
constexpr Micros kBackoffFirst = std::chrono::seconds(1);
constexpr std::int64_t kChangesShownMax = 1000;

class Loop {
public:
    Loop(Installation& installation, const ServeOptions& options, watch::Log& log)
        : installation_(installation), options_(options), log_(log), services_(installation.services()) {}

    Result<void> run();

private:
    Result<void> step();
    Result<void> look(const char* depth);
    Result<std::string> odoo_digest();
    void tell(const actions::SyncReport& report);
    Result<void> survive(const Error& error);

    Installation& installation_;
    const ServeOptions& options_;
    watch::Log& log_;
    actions::Services services_;
    Time odoo_due_{};
    Time plane_due_{};
    std::string odoo_seen_;
    Micros backoff_{};
    std::string last_trouble_;
};

// Everything that moves in Odoo moves some record's write_date: two equal sweeps mean that nothing did.
Result<std::string> Loop::odoo_digest() {
    actions::Peers peers = TRY(installation_.peers());
    std::string all;
    for (const profile::EntityMap& entity : installation_.profile().entities) {
        for (const odoo::Stamp& stamp : TRY(peers.odoo.stamps(entity.odoo_model, entity.odoo_domain))) {
            all += std::to_string(stamp.id) + stamp.write_date + (stamp.active ? "+" : "-");
        }
        all += "/";
    }
    return all;
}

void Loop::tell(const actions::SyncReport& report) {
    const Result<actions::RunChanges> changes = actions::runs_changes(services_, {report.run, kChangesShownMax});
    if (!changes) return log_.warn("cannot read the ledger", {{"error", changes.error().message}});
    for (const actions::RunChange& change : changes->changes) {
        if (options_.json) {
            print(json::canonical(actions::to_json(change)) + "\n");
        } else {
            print(cli::render_change(change.entry, change.link, change.title, options_.style));
        }
    }
    if (!report.held.empty() && !options_.json) print(cli::render(report, options_.style));
}

Result<void> Loop::look(const char* depth) {
    // Taken before the look: what moves meanwhile is found by the next sweep.
    odoo_seen_ = TRY(odoo_digest());
    const actions::SyncReport report = TRY(actions::sync_run(services_, {depth}));
    log_.info("synced", {{"run", report.run},
                         {"writes", std::to_string(report.writes)},
                         {"odoo_calls", std::to_string(report.odoo_calls)},
                         {"plane_calls", std::to_string(report.plane_calls)},
                         {"full", report.full ? "yes" : "no"}});
    tell(report);
    std::int64_t projects = 0;
    for (const actions::EntityCount& entity : TRY(actions::sync_status(services_, {})).entities) {
        const profile::EntityMap* map = installation_.profile().entity(entity.entity);
        if (map && map->plane_kind == "project") projects += entity.active;
    }
    const Config& config = installation_.config();
    const Time now = installation_.clock().now();
    plane_due_ = now + plane_interval(config.plane_every, projects, config.plane->calls_per_minute);
    odoo_due_ = now + config.odoo_every;
    // What Odoo looks like is not taken note of here: an edit made while we were writing would go unnoticed. Our own
    // writes cost one more look instead.
    return ok();
}

Result<void> Loop::step() {
    const Time now = installation_.clock().now();
    if (now >= plane_due_) return look("auto");
    if (now < odoo_due_) return ok();
    odoo_due_ = now + installation_.config().odoo_every;
    if (TRY(odoo_digest()) != odoo_seen_) return look("light");
    return ok();
}

// Trouble passes: it is told once, and tried again with longer and longer pauses.
Result<void> Loop::survive(const Error& error) {
    if (error.code == Errc::kInvalid || error.code == Errc::kStoreNewer || error.code == Errc::kNotConfigured) {
        return error;
    }
    if (error.message != last_trouble_ && error.code != Errc::kHeld) {
        print_error(cli::render_error(error, options_.json, options_.style.color));
    }
    log_.warn("trouble", {{"code", std::string(to_string(error.code))}, {"error", error.message}});
    last_trouble_ = error.message;
    backoff_ = std::clamp(backoff_ * 2, kBackoffFirst, kBackoffMax);
    // A dead key is not tried again and again: a person mends it with `syncline connect`.
    const bool dead_key = error.code == Errc::kUnauthorized || error.code == Errc::kKeyMissing;
    if (dead_key) backoff_ = kDeadKeyPause;
    if (dead_key) TRY(installation_.reconnect());
    odoo_due_ = plane_due_ = installation_.clock().now() + backoff_;
    if (error.code == Errc::kStore || error.code == Errc::kUnreachable) return installation_.store().revive();
    return ok();
}

Result<void> Loop::run() {
    while (!stop_asked()) {
        Result<void> done = step();
        if (!done && done.error().code == Errc::kCancelled) break;
        if (!done && options_.once) return done;
        if (!done) {
            TRY(survive(done.error()));
        } else if (backoff_ != Micros{}) {
            backoff_ = Micros{};
            last_trouble_.clear();
        }
        if (options_.once) break;
        const Micros wait = std::min(odoo_due_, plane_due_) - installation_.clock().now();
        const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
        wait_for_signal(static_cast<int>(std::clamp<std::int64_t>(milliseconds, 1, 60'000)));
    }
    return ok();
}

}  // namespace

Micros plane_interval(Micros wanted, std::int64_t projects, int calls_per_minute) {
    if (calls_per_minute <= 0) return wanted;
    constexpr Micros kMinute = std::chrono::minutes(1);
    const std::int64_t calls = projects + 1;  // the list of projects, and one page of each
    return std::max(wanted, kMinute * 2 * calls / calls_per_minute);
}

Result<void> serve(Installation& installation, const ServeOptions& options, watch::Log& log) {
    TRY(installation.peers());
    return Loop(installation, options, log).run();
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
    TRY(serve(*installation, {command.once, command.globals.json, command.globals.quiet, style}, log));
    if (!command.globals.quiet && !command.globals.json) print("stopped; what was done is settled\n");
    return stop_asked() && command.once ? cli::kInterrupted : cli::kOk;
}

}  // namespace syncline::app
