#include "base/time.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace syncline {
namespace {

using namespace std::chrono_literals;

std::string iso(std::string_view text) {
    const auto time = parse_time(text);
    return time ? format_iso(*time) : std::string(to_string(time.error().code));
}

TEST(ParseTime, ReadsTheSpellingsOfThePeers) {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-11-21T00:16:11.953630Z", "2026-11-21T00:16:11.953630Z"},
        {"2026-11-21T05:46:11.95+05:30", "2026-11-21T00:16:11.950000Z"},
        {"2026-11-20T16:16:11-0800", "2026-11-21T00:16:11.000000Z"},
        {"2026-11-21 00:25:27", "2026-11-21T00:25:27.000000Z"},
        {"2026-11-21 00:25:27.123456", "2026-11-21T00:25:27.123456Z"},
        {"2026-11-21 00:25:27.5+00", "2026-11-21T00:25:27.500000Z"},
        {"2026-11-21T00:00:00.123456789Z", "2026-11-21T00:00:00.123456Z"},
        {"2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000000Z"},
        {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z"},
    };
    for (const auto& [text, expected] : cases) EXPECT_EQ(iso(text), expected) << text;
}

TEST(ParseTime, RefusesTheRest) {
    for (const char* text : {"",
                             "now",
                             "2026-11-21",
                             "2026-11-21T00:16:11",
                             "2026-11-21T00:16Z",
                             "2026-02-29T00:00:00Z",
                             "2100-02-29 00:00:00",
                             "2026-13-01 00:00:00",
                             "2026-00-10 00:00:00",
                             "2026-11-31 00:00:00",
                             "2026-11-21 24:00:00",
                             "2026-11-21 00:60:00",
                             "2026-11-21 00:00:60",
                             "2026-11-21 00:00:00.",
                             "2026-11-21 00:00:00.1234567890",
                             "2026-11-21T00:00:00Zx",
                             "2026-11-21T00:00:00+5",
                             "2026-11-21T00:00:00+05:3",
                             "2026-11-21T00:00:00+05:60",
                             "2026-11-21T00:00:00+24:00",
                             "2026-11-21T00:00:00z",
                             " 2026-11-21 00:00:00",
                             "2026-11-21 00:00:00 ",
                             "26-11-21 00:00:00",
                             "+026-11-21 00:00:00",
                             "2026/11/21 00:00:00",
                             "2026-11-21  0:00:00",
                             "2026-11-21_00:00:00Z"}) {
        EXPECT_EQ(iso(text), "INVALID") << text;
    }
    const std::string huge(100'000, '9');
    EXPECT_LT(parse_time(huge).error().message.size(), 200u) << "errors stay short";
}

TEST(ParseTime, UndoesFormat) {
    SeededRandom random(1);
    const Time from = *parse_time("0000-01-01T00:00:00Z"), to = *parse_time("9999-12-31T23:59:59.999999Z");
    const auto span = static_cast<std::uint64_t>((to - from).count());
    for (int i = 0; i < 20'000; ++i) {
        const Time time = from + Micros(static_cast<std::int64_t>(random.below(span + 1)));
        ASSERT_EQ(*parse_time(format_iso(time)), time);
        const Time second = std::chrono::floor<std::chrono::seconds>(time);
        ASSERT_EQ(*parse_time(format_odoo(time)), second);
        ASSERT_EQ(format_odoo(time).size(), 19u);
        const Day day = std::chrono::floor<std::chrono::days>(time);
        ASSERT_EQ(*parse_day(format_day(day)), day);
        ASSERT_EQ(format_iso(time).substr(0, 10), format_day(day));
    }
}

TEST(ParseTime, KeepsTheOrderOfItsText) {
    SeededRandom random(2);
    for (int i = 0; i < 5'000; ++i) {
        const Time a(Micros(static_cast<std::int64_t>(random.below(1ull << 51))));
        const Time b(Micros(static_cast<std::int64_t>(random.below(1ull << 51))));
        ASSERT_EQ(a < b, format_iso(a) < format_iso(b));
    }
}

TEST(ParseDay, IsStrict) {
    EXPECT_EQ(format_day(*parse_day("2024-02-29")), "2024-02-29");
    for (const char* text : {"", "2023-02-29", "2024-2-29", "2024-02-29 ", "2024-02-29T00:00:00Z", "20240229"}) {
        EXPECT_FALSE(parse_day(text).ok()) << text;
    }
}

std::string day_there(std::string_view time, std::string_view zone) {
    const auto day = day_in_zone(*parse_time(time), zone);
    return day ? format_day(*day) : std::string(to_string(day.error().code));
}

TEST(Zones, TellTheDayThere) {
    EXPECT_EQ(day_there("2026-11-21T15:59:59Z", "Asia/Manila"), "2026-11-21");
    EXPECT_EQ(day_there("2026-11-21T16:00:00Z", "Asia/Manila"), "2026-11-22");
    EXPECT_EQ(day_there("2026-11-21T04:59:59Z", "America/New_York"), "2026-11-20");
    EXPECT_EQ(day_there("2026-11-21T23:59:59Z", "UTC"), "2026-11-21");
    EXPECT_EQ(day_there("1960-01-01T00:00:00Z", "UTC"), "1960-01-01");
    for (const char* zone : {"", "Asia/Atlantis", "../../etc/passwd", "Manila"}) {
        EXPECT_EQ(day_there("2026-11-21T00:00:00Z", zone), "INVALID") << zone;
    }
}

std::string instant(std::string_view day, Micros since_midnight, std::string_view zone) {
    const auto time = instant_in_zone(*parse_day(day), since_midnight, zone);
    return time ? format_iso(*time).substr(0, 19) : std::string(to_string(time.error().code));
}

TEST(Zones, TellTheInstantOfALocalTime) {
    EXPECT_EQ(instant("2026-11-21", 2h, "Asia/Manila"), "2026-11-20T18:00:00");
    EXPECT_EQ(instant("2026-11-21", 2h, "UTC"), "2026-11-21T02:00:00");
    EXPECT_EQ(instant("2026-07-01", 12h, "Europe/Berlin"), "2026-07-01T10:00:00");
    // Clocks went from 3:00 back to 2:00: the earlier 2:30 counts. They went from 2:00 to 3:00: 2:30 never was.
    EXPECT_EQ(instant("2026-10-25", 2h + 30min, "Europe/Berlin"), "2026-10-25T00:30:00");
    EXPECT_EQ(instant("2026-03-29", 2h + 30min, "Europe/Berlin"), "2026-03-29T01:00:00");
    EXPECT_EQ(instant("2026-03-29", 24h, "Europe/Berlin"), "INVALID");
    EXPECT_EQ(instant("2026-03-29", -1s, "Europe/Berlin"), "INVALID");
    EXPECT_EQ(instant("2026-03-29", 1s, "Europe/Atlantis"), "INVALID");
}

TEST(Zones, TheDayOfAnInstantOfADayIsThatDay) {
    SeededRandom random(4);
    const Day first = *parse_day("1975-01-01");
    for (int i = 0; i < 3'000; ++i) {
        const Day day = first + std::chrono::days(static_cast<int>(random.below(365 * 60)));
        const Micros clock = Micros(static_cast<std::int64_t>(random.below(86'400'000'000ull)));
        for (const char* zone : {"Asia/Manila", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"}) {
            const Time time = *instant_in_zone(day, clock, zone);
            ASSERT_EQ(*day_in_zone(time, zone), day) << zone << " " << format_iso(time);
        }
    }
}

TEST(VirtualClock, MovesOnlyWhenToldOrSleptOn) {
    VirtualClock clock(*parse_time("2026-11-21T00:00:00Z"));
    clock.sleep_for(1h);
    clock.advance(1s);
    EXPECT_EQ(format_iso(clock.now()), "2026-11-21T01:00:01.000000Z");
    clock.sleep_until(clock.now() - 1h);
    EXPECT_EQ(format_iso(clock.now()), "2026-11-21T01:00:01.000000Z");
    clock.sleep_until(clock.now() + 24h);
    EXPECT_EQ(format_iso(clock.now()), "2026-11-22T01:00:01.000000Z");
}

TEST(SystemClock, GoesForward) {
    SystemClock clock;
    const Time before = clock.now();
    clock.sleep_for(Micros(1));
    EXPECT_GT(clock.now(), before);
    EXPECT_GT(before, *parse_time("2024-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace syncline
