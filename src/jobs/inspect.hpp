// What the queue holds about some subjects, for people who ask. Reads only.
#pragma once

#include <string>
#include <vector>

#include "jobs/queue.hpp"

namespace syncline::jobs {

struct Seen {
    enum class State { kRunning, kWaiting, kDead } state = State::kWaiting;
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    std::string correlation;
    Time at{};         // running: since when; waiting: not before; dead: when it died
    int failures = 0;  // so far
    std::string worker;
    std::string reason;  // dead only: to_string(DeadReason)
    std::string error;
};

// The jobs about these subjects: running first, then those that wait (by their time), then the dead.
Result<std::vector<Seen>> about(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::string>& subjects,
                                int rows_max);

// kNotFound.
Result<DeadJob> dead_job(pg::Transaction& tx, const access::OrgId& org, std::int64_t id);

}  // namespace syncline::jobs
