#include "jobs/schedule.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace syncline::jobs {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

Time at(std::string_view text) { return parse_time(text).value(); }

std::string next(std::variant<Every, Daily> when, std::string_view after) {
    const Result<Time> due = next_due({"s", std::move(when), {}}, at(after));
    return due.ok() ? format_iso(*due) : std::string(to_string(due.error().code));
}

TEST(NextDue, EveryIsAtMultiplesOfItsInterval) {
    EXPECT_EQ(next(Every{minutes(15)}, "2026-11-21T08:00:00Z"), "2026-11-21T08:15:00.000000Z") << "strictly after";
    EXPECT_EQ(next(Every{minutes(15)}, "2026-11-21T08:14:59.999999Z"), "2026-11-21T08:15:00.000000Z");
    EXPECT_EQ(next(Every{hours(24)}, "2026-11-21T08:00:00Z"), "2026-11-22T00:00:00.000000Z");
    EXPECT_EQ(next(Every{minutes(15)}, "1969-12-31T23:50:00Z"), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(next(Every{minutes(15)}, "1969-12-31T23:45:00Z"), "1970-01-01T00:00:00.000000Z");
}

TEST(NextDue, DailyIsByTheWallClock) {
    EXPECT_EQ(next(Daily{120, "Asia/Manila"}, "2026-11-21T08:00:00Z"), "2026-11-21T18:00:00.000000Z");
    EXPECT_EQ(next(Daily{120, "Asia/Manila"}, "2026-11-21T18:00:00Z"), "2026-11-22T18:00:00.000000Z");
    EXPECT_EQ(next(Daily{0, "UTC"}, "2026-11-21T00:00:00Z"), "2026-11-22T00:00:00.000000Z");
    EXPECT_EQ(next(Daily{1439, "America/New_York"}, "2026-11-21T04:58:00Z"), "2026-11-21T04:59:00.000000Z");
}

TEST(NextDue, ATimeThatIsSkippedIsMovedToTheEndOfTheGap) {
    EXPECT_EQ(next(Daily{150, "Europe/Berlin"}, "2026-03-28T12:00:00Z"), "2026-03-29T01:00:00.000000Z");
    EXPECT_EQ(next(Daily{150, "Europe/Berlin"}, "2026-03-29T01:00:00Z"), "2026-03-30T00:30:00.000000Z");
    // Samoa had no 30 December 2011.
    EXPECT_EQ(next(Daily{120, "Pacific/Apia"}, "2011-12-29T13:00:00Z"), "2011-12-30T10:00:00.000000Z");
    EXPECT_EQ(next(Daily{120, "Pacific/Apia"}, "2011-12-30T10:00:00Z"), "2011-12-30T12:00:00.000000Z");
}

TEST(NextDue, ATimeThatComesTwiceCountsOnce) {
    EXPECT_EQ(next(Daily{150, "Europe/Berlin"}, "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00.000000Z");
    EXPECT_EQ(next(Daily{150, "Europe/Berlin"}, "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00.000000Z");
}

TEST(NextDue, RefusesWhatIsNoSchedule) {
    EXPECT_EQ(next(Every{Micros(0)}, "2026-11-21T08:00:00Z"), "INVALID");
    EXPECT_EQ(next(Every{Micros(-5)}, "2026-11-21T08:00:00Z"), "INVALID");
    EXPECT_EQ(next(Daily{-1, "UTC"}, "2026-11-21T08:00:00Z"), "INVALID");
    EXPECT_EQ(next(Daily{1440, "UTC"}, "2026-11-21T08:00:00Z"), "INVALID");
    EXPECT_EQ(next(Daily{120, "Mars/Olympus"}, "2026-11-21T08:00:00Z"), "INVALID");
}

// The C library reads the same zone files with code of its own.
class Zone {
public:
    explicit Zone(const char* name) {
        if (const char* before = std::getenv("TZ")) before_ = before;
        setenv("TZ", name, 1);
        tzset();
    }
    ~Zone() {
        if (before_) {
            setenv("TZ", before_->c_str(), 1);
        } else {
            unsetenv("TZ");
        }
        tzset();
    }
    Zone(const Zone&) = delete;
    Zone& operator=(const Zone&) = delete;

    // What the clock on the wall shows, in minutes since 1970 as if it were UTC.
    static std::int64_t wall(Time time) {
        const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
        std::tm local{};
        localtime_r(&seconds, &local);
        const std::chrono::year_month_day day(std::chrono::year(local.tm_year + 1900),
                                              std::chrono::month(static_cast<unsigned>(local.tm_mon + 1)),
                                              std::chrono::day(static_cast<unsigned>(local.tm_mday)));
        return Day(day).time_since_epoch().count() * 1440 + local.tm_hour * 60 + local.tm_min;
    }

private:
    std::optional<std::string> before_;
};

std::int64_t floor_day(std::int64_t minute) { return minute >= 0 ? minute / 1440 : (minute + 1) / 1440 - 1; }

// By watching the clock, minute by minute: a day's work is due when the clock first shows its minute, or anything
// later.
Time watched(int minute_of_day, Time after) {
    Time time = std::chrono::floor<minutes>(after) - days(3);
    std::int64_t shown = Zone::wall(time);
    const auto days_done = [&] { return floor_day(shown - minute_of_day); };
    while (true) {
        const std::int64_t before = days_done();
        time += minutes(1);
        shown = std::max(shown, Zone::wall(time));  // what was shown once does not count again
        if (days_done() > before && time > after) return time;
    }
}

// The times within two days of which clocks changed, between two years.
std::vector<Time> changes(int from, int to) {
    std::vector<Time> found;
    const auto offset = [](Time time) { return Zone::wall(time) - time.time_since_epoch() / minutes(1); };
    const auto january = [](int year) { return Time(Day(std::chrono::year(year) / 1 / 1)); };
    for (Time time = january(from); time < january(to); time += days(1)) {
        if (offset(time) != offset(time + days(1))) found.push_back(time);
    }
    return found;
}

TEST(NextDue, IsWhatWatchingTheClockTells) {
    SeededRandom random(20261121);
    std::size_t near_changes = 0;
    for (const char* name : {"Europe/Berlin", "America/New_York", "America/St_Johns", "America/Havana", "Asia/Tehran",
                             "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Manila", "Africa/Cairo",
                             "America/Sao_Paulo", "Asia/Kolkata", "Antarctica/Troll"}) {
        const Zone zone(name);
        const std::vector<Time> changed = changes(1992, 2030);
        for (int i = 0; i < 40; ++i) {
            const bool near = !changed.empty() && i % 4 != 0;
            near_changes += near;
            const Time base = near ? changed[random.below(changed.size())] - days(1)
                                   : at("1992-01-01T00:00:00Z") + days(random.below(38 * 365));
            const Time after = base + Micros(static_cast<std::int64_t>(random.below(3ull * 86'400'000'000)));
            // Half of the minutes where clocks are changed.
            const int minute = static_cast<int>(random.chance(0.5) ? random.below(200) : random.below(1440));
            const Result<Time> due = next_due({"s", Daily{minute, name}, {}}, after);
            ASSERT_TRUE(due.ok()) << due.error().message;
            EXPECT_EQ(format_iso(*due), format_iso(watched(minute, after)))
                << name << " minute " << minute << " after " << format_iso(after);
        }
    }
    EXPECT_GT(near_changes, 250u);
}

TEST(NextDue, FollowsItselfOnceADay) {
    for (const char* name : {"Europe/Berlin", "Australia/Lord_Howe", "America/Havana"}) {
        Time time = instant_in_zone(parse_day("2026-01-01").value(), hours(20), name).value();
        for (int day = 0; day < 800; ++day) {
            const Time due = next_due({"s", Daily{day % 4 * 40, name}, {}}, time).value();
            EXPECT_GT(due, time);
            EXPECT_LE(due - time, hours(26));
            time = next_due({"s", Daily{1200, name}, {}}, due).value();
        }
        EXPECT_EQ(format_day(day_in_zone(time, name).value()), "2028-03-11");
    }
}

}  // namespace
}  // namespace syncline::jobs
