// Puts back what was forgotten and forgets what may be: the handler of the `tidy` job, each minute.
#pragma once

#include <span>

#include "base/clock.hpp"
#include "dispatch/subject.hpp"
#include "ingress/receipts.hpp"
#include "jobs/worker.hpp"

namespace syncline::dispatch {

// A receipt that waits longer than this without a job has lost it.
inline constexpr Micros kForgottenAfter = std::chrono::seconds(30);
inline constexpr int kForgottenAtOnce = 1000;
inline constexpr Micros kDeliveryIdsKept = std::chrono::hours(24 * 7);
inline constexpr Micros kBodiesKept = std::chrono::hours(24 * 30);

struct Tidied {
    std::int64_t jobs_added = 0;
    std::int64_t receipts_cleaned = 0;
};

class Recovery {
public:
    Recovery(pg::Database& store, access::OrgId org, Clock& clock)
        : store_(store), org_(std::move(org)), clock_(clock) {}
    // At start-up too: what a process that died had accepted is looked at now.
    Result<Tidied> tidy();
    // A jobs::Handler.
    Result<std::vector<jobs::Outcome>> operator()(std::span<const jobs::Job> jobs);

private:
    pg::Database& store_;
    access::OrgId org_;
    Clock& clock_;
};

}  // namespace syncline::dispatch
