// The worker of a process: takes jobs from the queue and has the engine do them, a batch at a time, in a thread of its
// own; a second thread keeps its leases alive meanwhile. Several processes share a queue; of one profile one engine
// works at a time.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "app/installation.hpp"
#include "dispatch/looks.hpp"
#include "jobs/worker.hpp"
#include "pg/listener.hpp"
#include "watch/log.hpp"

namespace syncline::app {

// Jobs of one kind that were worked on together.
struct WorkedBatch {
    std::span<const jobs::Job> jobs;
    Time began{};
    Time ended{};
    std::int64_t well = 0;  // those without an error of their own
    bool paused = false;    // they were given back: a peer is away, somebody else is at work
};

// Called from the worker's thread; each may be empty.
struct WorkHooks {
    std::function<void(const sync::Report&, const std::string& cause)> on_run;  // cause: "look", "sweep/plane", …
    std::function<void(const WorkedBatch&)> on_batch;                           // however it ended
    std::function<void(const jobs::Job&, const Error&, std::optional<jobs::DeadReason>)> on_failure;
    std::function<void(const Error&)> on_trouble;  // work waits: a peer, a key, the store
    std::function<void()> on_well;                 // a job was done
    std::function<void()> on_pulse;                // it lives; more than once a second
};

class WorkLoop {
public:
    // While it runs, nobody else may use `installation.peers()`.
    WorkLoop(Installation& installation, WorkHooks hooks, watch::Log& log);
    ~WorkLoop();  // stop()

    void start();
    // Finishes what is being done; what is leased and not begun goes back. Twice is the same as once.
    void stop();

private:
    struct Wired;
    void run();
    Result<void> wire();
    Result<bool> step();
    void keep_alive();
    void rest(Micros at_most);
    void trouble(const Error& error);
    Result<std::vector<vault::Secret>> secrets_of(const std::string& endpoint);

    Installation& installation_;
    const WorkHooks hooks_;
    watch::Log& log_;
    std::unique_ptr<Wired> wired_;
    std::unique_ptr<pg::Listener> listener_;
    std::atomic<bool> stopping_{false};
    bool reconnect_ = false;
    Time release_at_{};  // when free memory goes back to the system again
    std::thread thread_;
};

}  // namespace syncline::app
