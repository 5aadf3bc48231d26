// The statements that take a job out of jobs.running and put it where it goes. Shared, because a job that fails, is
// given back or is rescued comes back by the same rules.
#pragma once

#include <string>
#include <vector>

#include "jobs/queue.hpp"

namespace syncline::jobs::detail {

// From the rows of `back`, which are as in jobs.running, into the queue, where each keeps its place. One that was
// enqueued meanwhile is taken in: the older one stands for both.
inline constexpr std::string_view kPutBack =
    "insert into jobs.queue as q (org_id, subject, kind, id, priority, run_at, starts, failures, losses, enqueued_at,"
    " correlation, payload)"
    " select b.org_id, b.subject, b.kind, b.id, b.priority, b.run_at, b.starts, b.failures, b.losses, b.enqueued_at,"
    " b.correlation, b.payload from back b order by b.subject collate \"C\""
    " on conflict (org_id, subject, kind) do update set id = excluded.id,"
    " priority = least(q.priority, excluded.priority), run_at = excluded.run_at, rank = null,"
    " starts = excluded.starts, failures = excluded.failures, losses = excluded.losses,"
    " enqueued_at = excluded.enqueued_at, correlation = excluded.correlation, payload = excluded.payload";

// From the rows of `dying`, with reason, error and died_at besides, into the dead letters.
inline constexpr std::string_view kBury =
    "insert into jobs.dead as d (org_id, id, subject, kind, priority, attempts, enqueued_at, correlation, payload,"
    " reason, error, died_at)"
    " select b.org_id, b.id, b.subject, b.kind, b.priority, b.failures + b.losses + 1, b.enqueued_at, b.correlation,"
    " b.payload, b.reason, b.error, b.died_at from dying b order by b.subject collate \"C\""
    " on conflict (org_id, subject, kind) do update set id = excluded.id, priority = excluded.priority,"
    " attempts = excluded.attempts, enqueued_at = excluded.enqueued_at, correlation = excluded.correlation,"
    " payload = excluded.payload, reason = excluded.reason, error = excluded.error, died_at = excluded.died_at,"
    " deaths = d.deaths + 1";

// The leases of some jobs, as three arrays for jobs.end_leases().
class Leases {
public:
    Leases() = default;
    explicit Leases(const std::vector<Job>& jobs) {
        for (const Job& job : jobs) add(job);
    }
    void add(const Job& job) {
        subjects_.push_back(job.subject);
        ids_.push_back(std::to_string(job.id));
        fences_.push_back(std::to_string(job.fence));
    }
    bool empty() const { return ids_.empty(); }
    std::string subjects() const { return pg::array_literal(subjects_); }
    std::string ids() const { return pg::array_literal(ids_); }
    std::string fences() const { return pg::array_literal(fences_); }

private:
    std::vector<std::string> subjects_, ids_, fences_;
};

inline std::string text(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (const std::string_view part : parts) joined += part;
    return joined;
}

}  // namespace syncline::jobs::detail
