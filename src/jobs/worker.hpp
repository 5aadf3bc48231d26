// Takes jobs and has them done. One step at a time, so that a test or a simulation decides when; a process runs steps
// in a loop (app/).
#pragma once

#include <functional>
#include <map>
#include <span>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {

// What became of one job of a batch. kCancelled (somebody asked to stop) gives it back without counting an attempt.
using Outcome = Result<void>;

// Does a batch of jobs of one kind; answers one outcome for each, in their order. A handler that settled some of them
// itself (completed them in the transaction that keeps their effects, or released them) says so by answering success
// all the same.
// An error of the whole batch is the outcome of each. Where it would be the death of each, or when the handler throws,
// those that are not settled yet are tried again one by one: only the one to blame dies.
using Handler = std::function<Result<std::vector<Outcome>>(std::span<const Job>)>;

struct HandlerOptions {
    int batch_max = 1;
};

struct Stepped {
    std::int64_t claimed = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;    // will be tried again
    std::int64_t released = 0;  // cancelled: given back
    std::int64_t dead = 0;      // those whose last worker was lost among them
    std::int64_t rescued = 0;
};

inline constexpr Micros kRescueEvery = std::chrono::milliseconds(200);

// One thread at a time; several workers may share a Queue.
class Worker {
public:
    // Told of each failure and death, after it is stored; may be empty.
    using OnFailure = std::function<void(const Job&, const Error&, std::optional<DeadReason>)>;

    Worker(Queue& queue, Clock& clock, Random& random, OnFailure on_failure = {});
    void handle(std::string kind, Handler handler, HandlerOptions options = {});

    // Rescues (each kRescueEvery), claims one batch of one kind, has it done, and settles it. Errors: those of the
    // store; what could not be settled comes back by rescue().
    Result<Stepped> step();
    // Until nothing is ready.
    Result<Stepped> drain();

private:
    struct Registered {
        Handler handler;
        HandlerOptions options;
    };
    Result<void> rescue(Stepped& stepped);
    Result<void> settle(const std::vector<Job>& jobs, const std::vector<Outcome>& outcomes, Stepped& stepped);
    Result<void> settle_failure(const Job& job, const Error& error, Stepped& stepped);

    Queue& queue_;
    Clock& clock_;
    Random& random_;
    OnFailure on_failure_;
    std::map<std::string, Registered, std::less<>> handlers_;
    std::vector<Wanted> wanted_;
    std::optional<Time> rescued_at_;
};

}  // namespace syncline::jobs
