#include "app/work_loop.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "app/mirror_jobs.hpp"
#include "base/memory.hpp"
#include "dispatch/reconciles.hpp"
#include "dispatch/recovery.hpp"

namespace syncline::app {

namespace {

// A job becomes ready by a notice or by its time; the latter is looked for this often.
constexpr Micros kPoll = std::chrono::milliseconds(250);
constexpr Micros kTroublePause = std::chrono::milliseconds(500);
constexpr Micros kReleaseEvery = std::chrono::seconds(10);  // a run of some hundred links leaves megabytes behind

}  // namespace

struct WorkLoop::Wired {
    Wired(WorkLoop& loop, actions::Peers peers)
        : store(loop.installation_.store().database()),
          clock(loop.installation_.clock()),
          queue(store, loop.installation_.scope().org, random.uuid()),
          looks(store, peers.engine, queue, clock,
                {loop.installation_.scope(), [&loop](const std::string& name) { return loop.secrets_of(name); },
                 [&loop](const sync::Report& report) {
                     if (loop.hooks_.on_run) loop.hooks_.on_run(report, std::string(dispatch::kLookJob));
                 },
                 [this, &loop](const Error& error) { pause(loop, error); }}),
          reconciles(
              peers.engine, queue, clock,
              [&loop](const dispatch::Reconciled& done) {
                  if (loop.hooks_.on_run) loop.hooks_.on_run(done.report, done.subject);
              },
              [this, &loop](const Error& error) { pause(loop, error); }),
          mirror(
              loop.installation_, queue, [this, &loop](const Error& error) { pause(loop, error); }, loop.log_),
          recovery(store, loop.installation_.scope().org, clock),
          worker(queue, clock, random,
                 [this, &loop](const jobs::Job& job, const Error& error, std::optional<jobs::DeadReason> dead) {
                     if (dead && job.kind == dispatch::kLookJob) {
                         if (const Result<void> buried = looks.bury(job, *dead); !buried) loop.trouble(buried.error());
                     }
                     if (loop.hooks_.on_failure) loop.hooks_.on_failure(job, error, dead);
                 }) {
        const auto handle = [&](std::string_view kind, auto& handler, jobs::HandlerOptions options = {}) {
            worker.handle(
                std::string(kind),
                [this, &loop, &handler](std::span<const jobs::Job> jobs) { return measured(loop, handler, jobs); },
                options);
        };
        handle(dispatch::kLookJob, looks, {dispatch::kLooksAtOnce});
        handle(dispatch::kReconcileJob, reconciles);
        handle(dispatch::kSweepJob, reconciles);
        handle(dispatch::kMirrorJob, mirror);
        handle(dispatch::kTidyJob, recovery);
    }

    void pause(WorkLoop& loop, const Error& error) {
        paused = true;
        loop.trouble(error);
    }

    template <typename Handler>
    Result<std::vector<jobs::Outcome>> measured(WorkLoop& loop, Handler& handler, std::span<const jobs::Job> jobs) {
        WorkedBatch batch{jobs, clock.now()};
        paused = false;
        Result<std::vector<jobs::Outcome>> outcomes = handler(jobs);
        batch.ended = clock.now();
        batch.paused = paused;
        if (outcomes)
            batch.well = std::count_if(outcomes->begin(), outcomes->end(), [](const auto& o) { return o.ok(); });
        if (loop.hooks_.on_batch) loop.hooks_.on_batch(batch);
        return outcomes;
    }

    SystemRandom random;
    pg::Database& store;
    Clock& clock;
    jobs::Queue queue;
    dispatch::Looks looks;
    dispatch::Reconciles reconciles;
    MirrorJobs mirror;
    dispatch::Recovery recovery;
    jobs::Worker worker;
    bool paused = false;  // the batch at work was given back

    // For the thread that keeps leases alive while a job runs.
    std::mutex mutex;
    std::condition_variable changed;
    bool working = false;
    bool ended = false;
};

WorkLoop::WorkLoop(Installation& installation, WorkHooks hooks, watch::Log& log)
    : installation_(installation), hooks_(std::move(hooks)), log_(log) {}

WorkLoop::~WorkLoop() { stop(); }

void WorkLoop::start() {
    thread_ = std::thread([this] { run(); });
}

void WorkLoop::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

Result<std::vector<vault::Secret>> WorkLoop::secrets_of(const std::string& endpoint) {
    std::vector<vault::Secret> secrets;
    for (const HookConfig& hook : installation_.config().hooks) {
        if (hook.name != endpoint) continue;
        for (const vault::SecretRef& reference : hook.secrets) secrets.push_back(TRY(installation_.secret(reference)));
        return secrets;
    }
    return make_error(Errc::kNotConfigured, "the hook '" + endpoint + "' is not in the settings any more",
                      "put [hooks." + endpoint + "] back until what it received is done");
}

Result<void> WorkLoop::wire() {
    if (reconnect_) TRY(installation_.reconnect());
    reconnect_ = false;
    if (!wired_) wired_ = std::make_unique<Wired>(*this, TRY(installation_.peers()));
    return ok();
}

void WorkLoop::trouble(const Error& error) {
    if (error.code == Errc::kCancelled) return;  // we are asked to stop
    log_.warn("work waits", {{"code", std::string(to_string(error.code))}, {"error", error.message}});
    const bool key = error.code == Errc::kUnauthorized || error.code == Errc::kKeyMissing;
    reconnect_ = reconnect_ || key;
    if (hooks_.on_trouble) hooks_.on_trouble(error);
}

// While a job runs, its lease is renewed and the loop counts as alive, however long it takes.
void WorkLoop::keep_alive() {
    std::unique_lock lock(wired_->mutex);
    while (!wired_->ended) {
        wired_->changed.wait_for(lock, jobs::kHeartbeat);
        if (!wired_->working || wired_->ended) continue;
        lock.unlock();
        if (hooks_.on_pulse) hooks_.on_pulse();
        if (const Result<void> beat = wired_->queue.heartbeat(wired_->clock.now()); !beat) {
            log_.warn("cannot renew leases", {{"error", beat.error().message}});
        }
        lock.lock();
    }
}

Result<bool> WorkLoop::step() {
    TRY(wire());
    const auto set_working = [&](bool working) {
        const std::lock_guard lock(wired_->mutex);
        wired_->working = working;
    };
    set_working(true);
    const Result<jobs::Stepped> stepped = wired_->worker.step();
    set_working(false);
    if (!stepped) return stepped.error();
    if (stepped->done > 0 && hooks_.on_well) hooks_.on_well();
    return stepped->claimed > 0;
}

void WorkLoop::rest(Micros at_most) {
    if (const Time now = installation_.clock().now(); now >= release_at_) {
        release_free_memory();
        release_at_ = now + kReleaseEvery;
    }
    if (!listener_) {
        Result<std::unique_ptr<pg::Listener>> made =
            pg::listen(installation_.store().connection(), {std::string(jobs::kChannel)});
        if (made) listener_ = std::move(*made);
    }
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at_most);
    if (listener_ && listener_->wait(milliseconds)) return;
    installation_.clock().sleep_for(at_most);
}

void WorkLoop::run() {
    while (!stopping_) {
        if (hooks_.on_pulse) hooks_.on_pulse();
        if (reconnect_) wired_.reset();
        const Result<void> wired = wire();
        if (!wired) {
            trouble(wired.error());
            rest(kTroublePause);
            continue;
        }
        std::thread alive([this] { keep_alive(); });
        while (!stopping_ && !reconnect_) {
            if (hooks_.on_pulse) hooks_.on_pulse();
            const Result<bool> busy = step();
            if (!busy) trouble(busy.error());
            if (!busy || !*busy) rest(busy ? kPoll : kTroublePause);
        }
        {
            const std::lock_guard lock(wired_->mutex);
            wired_->ended = true;
        }
        wired_->changed.notify_all();
        alive.join();
    }
}

}  // namespace syncline::app
