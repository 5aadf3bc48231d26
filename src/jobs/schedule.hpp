// Work that is due by the clock, once however many processes there are. SQL of jobs.schedules.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "jobs/queue.hpp"

namespace syncline::jobs {

struct Every {
    Micros interval;
};
struct Daily {
    int minute_of_day;      // 120 = 02:00
    std::string time_zone;  // IANA
};
struct Schedule {
    std::string name;  // unique in the org
    std::variant<Every, Daily> when;
    NewJob job;
};

// The first time after `after`. A local time that a change of the clocks skips is moved past the gap; one that comes
// twice counts once. kInvalid for an unknown zone.
Result<Time> next_due(const Schedule& schedule, Time after);
// Enqueues what is due, and notes when it is due again, in one transaction. Work missed while nothing ran is done once.
// Answers how many jobs were added.
Result<std::int64_t> enqueue_due(pg::Database& store, const access::OrgId& org, const std::vector<Schedule>& schedules,
                                 Time now);

}  // namespace syncline::jobs
