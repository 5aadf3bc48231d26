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

// What became of one job of a batch.
using Outcome = Result<void>;

// Does a batch of jobs of one kind; answers one outcome for each, in their order. A handler that completed some of them
// itself (in the transaction that keeps their effects) says so by answering success all the same.
// An error of the whole batch is the outcome of each.
using Handler = std::function<Result<std::vector<Outcome>>(std::span<const Job>)>;

struct HandlerOptions {
    int batch_max = 1;
};

struct Stepped {
    std::int64_t claimed = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;  // will be tried again
    std::int64_t dead = 0;
    std::int64_t rescued = 0;
};

class Worker {
public:
    // Told of each failure and death, after it is stored; may be empty.
    using OnFailure = std::function<void(const Job&, const Error&, std::optional<DeadReason>)>;

    Worker(Queue& queue, Clock& clock, Random& random, OnFailure on_failure = {});
    void handle(std::string kind, Handler handler, HandlerOptions options = {});

    // Rescues, claims one batch of one kind, has it done, and settles it. Errors: those of the store.
    Result<Stepped> step();
    // Until nothing is ready.
    Result<Stepped> drain();

private:
    struct Registered {
        Handler handler;
        HandlerOptions options;
    };
    Queue& queue_;
    Clock& clock_;
    Random& random_;
    OnFailure on_failure_;
    std::map<std::string, Registered, std::less<>> handlers_;
};

}  // namespace syncline::jobs
