// Work that is due by the clock, once however many processes there are. SQL of jobs.schedules.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "jobs/queue.hpp"

namespace syncline::jobs {

struct Every {
    Micros interval;  // at its multiples since 1970 in UTC: 15 min = at :00, :15, :30 and :45
};
struct Daily {
    int minute_of_day;      // 120 = 02:00
    std::string time_zone;  // IANA
};
struct Schedule {
    std::string name;  // unique in the org
    std::variant<Every, Daily> when;
    NewJob job;  // its run_at is not looked at: it runs when it is due
};

// The first time after `after`. A local time that a change of the clocks skips is moved to the end of the gap; one that
// comes twice counts once, the first time. kInvalid for an unknown zone, a minute that no day has, no interval.
Result<Time> next_due(const Schedule& schedule, Time after);
// Enqueues what is due, and notes when it is due again, in one transaction. Work missed while nothing ran is done once.
// A new schedule starts with its next time after `now`; one whose rule changed keeps the time it had, if that comes
// first. Answers how many jobs were added; one whose last job still waits adds none.
Result<std::int64_t> enqueue_due(pg::Database& store, const access::OrgId& org, const std::vector<Schedule>& schedules,
                                 Time now);

}  // namespace syncline::jobs
