#include "jobs/schedule.hpp"

#include <map>

namespace syncline::jobs {

namespace {

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kDaysAhead = 2;  // tomorrow's is after any time of today; one more, for a zone that skips a whole day

Result<Time> next(const Every& every, Time after) {
    if (every.interval <= Micros(0)) return make_error(Errc::kInvalid, "a schedule needs an interval above zero");
    const std::int64_t interval = every.interval.count();
    const std::int64_t since = after.time_since_epoch().count();
    const std::int64_t whole = since / interval - (since % interval < 0 ? 1 : 0);
    return Time(Micros((whole + 1) * interval));
}

Result<Time> next(const Daily& daily, Time after) {
    if (daily.minute_of_day < 0 || daily.minute_of_day >= kMinutesOfDay) {
        return make_error(Errc::kInvalid, "a daily schedule needs a minute between 0 and 1439");
    }
    const Day today = TRY(day_in_zone(after, daily.time_zone));
    for (int ahead = 0; ahead <= kDaysAhead; ++ahead) {
        const Time due = TRY(instant_in_zone(today + std::chrono::days(ahead),
                                             std::chrono::minutes(daily.minute_of_day), daily.time_zone));
        if (due > after) return due;
    }
    return make_error(Errc::kInternal, "no day of " + daily.time_zone + " has this minute");
}

// The spelling in the store, to see that a rule changed.
std::string rule_of(const Schedule& schedule) {
    if (const auto* every = std::get_if<Every>(&schedule.when)) {
        return "every " + std::to_string(every->interval.count()) + " us";
    }
    const auto& daily = std::get<Daily>(schedule.when);
    return "daily " + std::to_string(daily.minute_of_day) + " " + daily.time_zone;
}

struct Noted {
    std::string rule;
    Time due_at{};
};

Result<std::map<std::string, Noted>> noted(pg::Transaction& tx, const access::OrgId& org) {
    const pg::Rows rows = TRY(tx.exec("select name, rule, due_at from jobs.schedules where org_id = $1", {org.text()}));
    std::map<std::string, Noted> all;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Time due_at = TRY(parse_time(rows.text(row, "due_at")));
        all[std::string(rows.text(row, "name"))] = {std::string(rows.text(row, "rule")), due_at};
    }
    return all;
}

// Of several processes that see the same due time, the first one's update finds it, and the others wait for it and find
// it moved.
Result<std::int64_t> take_turn(pg::Transaction& tx, const access::OrgId& org, const Schedule& schedule, Time due_at,
                               Time now) {
    const Time next_at = TRY(next_due(schedule, now));
    const pg::Rows mine = TRY(tx.exec(
        "update jobs.schedules set due_at = $4, rule = $5, last_at = $6 where org_id = $1 and name = $2"
        " and due_at = $3",
        {org.text(), schedule.name, format_iso(due_at), format_iso(next_at), rule_of(schedule), format_iso(now)}));
    if (mine.affected() == 0) return std::int64_t{0};
    NewJob job = schedule.job;
    job.run_at = Time{};
    return TRY(enqueue(tx, org, job, now)) == Enqueued::kAdded ? std::int64_t{1} : std::int64_t{0};
}

// A changed rule never puts off what was to come: processes that do not agree about the rule would put it off for ever.
Result<void> note(pg::Transaction& tx, const access::OrgId& org, const std::vector<const Schedule*>& schedules,
                  Time now) {
    if (schedules.empty()) return ok();
    std::vector<std::string> names, rules, dues;
    for (const Schedule* schedule : schedules) {
        names.push_back(schedule->name);
        rules.push_back(rule_of(*schedule));
        dues.push_back(format_iso(TRY(next_due(*schedule, now))));
    }
    TRY(
        tx.exec("insert into jobs.schedules as s (org_id, name, rule, due_at)"
                " select $1, n.* from unnest($2::text[], $3::text[], $4::timestamptz[]) as n"
                " on conflict (org_id, name) do update set rule = excluded.rule,"
                " due_at = least(s.due_at, excluded.due_at) where s.rule <> excluded.rule",
                {org.text(), pg::array_literal(names), pg::array_literal(rules), pg::array_literal(dues)}));
    return ok();
}

}  // namespace

Result<Time> next_due(const Schedule& schedule, Time after) {
    return std::visit([&](const auto& when) { return next(when, after); }, schedule.when);
}

Result<std::int64_t> enqueue_due(pg::Database& store, const access::OrgId& org, const std::vector<Schedule>& schedules,
                                 Time now) {
    return store.transact(org.text(), [&](pg::Transaction& tx) -> Result<std::int64_t> {
        const std::map<std::string, Noted> known = TRY(noted(tx, org));
        std::map<std::string, const Schedule*> by_name;  // everybody locks in the same order
        for (const Schedule& schedule : schedules) by_name[schedule.name] = &schedule;
        std::int64_t added = 0;
        std::vector<const Schedule*> changed;
        for (const auto& [name, schedule] : by_name) {
            const auto found = known.find(name);
            if (found != known.end() && found->second.due_at <= now) {
                added += TRY(take_turn(tx, org, *schedule, found->second.due_at, now));
            } else if (found == known.end() || found->second.rule != rule_of(*schedule)) {
                changed.push_back(schedule);
            }
        }
        TRY(note(tx, org, changed, now));
        return added;
    });
}

}  // namespace syncline::jobs
