#include "jobs/worker.hpp"

#include <algorithm>
#include <exception>

namespace syncline::jobs {

namespace {

// A bug in a handler is the failure of its job, not the end of the program.
Result<std::vector<Outcome>> call(const Handler& handler, std::span<const Job> jobs) {
    std::string what = "an unknown exception";
    try {
        Result<std::vector<Outcome>> outcomes = handler(jobs);
        if (!outcomes || outcomes->size() == jobs.size()) return outcomes;
        what = std::to_string(outcomes->size()) + " outcomes for " + std::to_string(jobs.size()) + " jobs";
    } catch (const std::exception& exception) {
        what = exception.what();
    } catch (...) {
        // Nothing is known of it but that it was thrown, and that is said.
    }
    return make_error(Errc::kInternal, "the handler of \"" + jobs.front().kind + "\" failed: " + what,
                      "this is a bug in the program");
}

std::vector<Outcome> run(const Handler& handler, const Queue& queue, std::span<const Job> jobs) {
    Result<std::vector<Outcome>> together = call(handler, jobs);
    if (together) return std::move(*together);
    std::vector<Outcome> outcomes;
    const bool one_by_one = jobs.size() > 1 && dead_reason(together.error());
    for (const Job& job : jobs) {
        if (!one_by_one) {
            outcomes.emplace_back(together.error());
        } else if (!queue.holds(job)) {
            outcomes.emplace_back();  // settled before the failure
        } else {
            Result<std::vector<Outcome>> alone = call(handler, std::span(&job, 1));
            outcomes.push_back(alone ? std::move(alone->front()) : Outcome(alone.error()));
        }
    }
    return outcomes;
}

void add(Stepped& sum, const Stepped& step) {
    sum.claimed += step.claimed;
    sum.done += step.done;
    sum.failed += step.failed;
    sum.released += step.released;
    sum.dead += step.dead;
    sum.rescued += step.rescued;
}

}  // namespace

Worker::Worker(Queue& queue, Clock& clock, Random& random, OnFailure on_failure)
    : queue_(queue), clock_(clock), random_(random), on_failure_(std::move(on_failure)) {}

void Worker::handle(std::string kind, Handler handler, HandlerOptions options) {
    std::erase_if(wanted_, [&](const Wanted& wanted) { return wanted.kind == kind; });
    wanted_.push_back({kind, std::max(options.batch_max, 1)});
    handlers_.insert_or_assign(std::move(kind), Registered{std::move(handler), options});
}

Result<void> Worker::rescue(Stepped& stepped) {
    const Time now = clock_.now();
    if (rescued_at_ && now - *rescued_at_ < kRescueEvery) return ok();
    const Rescued rescued = TRY(queue_.rescue(now));
    rescued_at_ = now;
    stepped.rescued += rescued.jobs;
    stepped.dead += static_cast<std::int64_t>(rescued.dead.size());
    for (const Job& job : rescued.dead) {
        if (!on_failure_) break;
        on_failure_(job, make_error(Errc::kInternal, std::string(kWorkerLostError)), DeadReason::kWorkerLost);
    }
    return ok();
}

Result<void> Worker::settle_failure(const Job& job, const Error& error, Stepped& stepped) {
    if (!queue_.holds(job)) return ok();  // the handler settled it, whatever it says
    if (error.code == Errc::kCancelled) {
        ++stepped.released;
        return queue_.release({job}, clock_.now());
    }
    const std::optional<DeadReason> reason = TRY(queue_.fail(job, error, clock_.now(), random_));
    ++(reason ? stepped.dead : stepped.failed);
    if (on_failure_) on_failure_(job, error, reason);
    return ok();
}

Result<void> Worker::settle(const std::vector<Job>& jobs, const std::vector<Outcome>& outcomes, Stepped& stepped) {
    std::vector<Job> done;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!outcomes[i]) continue;
        ++stepped.done;
        if (queue_.holds(jobs[i])) done.push_back(jobs[i]);
    }
    TRY(queue_.complete(done));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!outcomes[i]) TRY(settle_failure(jobs[i], outcomes[i].error(), stepped));
    }
    return ok();
}

Result<Stepped> Worker::step() {
    Stepped stepped;
    TRY(rescue(stepped));
    const std::vector<Job> jobs = TRY(queue_.claim(wanted_, clock_.now()));
    stepped.claimed = static_cast<std::int64_t>(jobs.size());
    if (jobs.empty()) return stepped;
    const auto registered = handlers_.find(jobs.front().kind);
    TRY(settle(jobs, run(registered->second.handler, queue_, jobs), stepped));
    return stepped;
}

Result<Stepped> Worker::drain() {
    Stepped sum;
    while (true) {
        const Stepped stepped = TRY(step());
        add(sum, stepped);
        if (stepped.claimed == 0) return sum;
    }
}

}  // namespace syncline::jobs
