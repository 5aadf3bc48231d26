#include "sim/plane/detail/zones.hpp"

#include <gtest/gtest.h>

namespace syncline::sim::plane {
namespace {

TEST(Zones, Spelling) {
    const Time time = parse_time("2026-11-21T00:16:11.967785Z").value();
    EXPECT_EQ(show_time(time, "UTC"), "2026-11-21T00:16:11.967785Z");
    EXPECT_EQ(show_time(time, "Asia/Kolkata"), "2026-11-21T05:46:11.967785+05:30");
    EXPECT_EQ(show_time(time, "America/New_York"), "2026-11-20T19:16:11.967785-05:00");
    EXPECT_EQ(show_time(parse_time("2026-01-01T00:00:00Z").value(), "UTC"), "2026-01-01T00:00:00Z");
}

TEST(Zones, ReadingIsTheInverse) {
    for (const std::string zone : {"UTC", "Asia/Kolkata", "America/New_York"}) {
        for (const std::string text : {"2026-11-21T00:16:11.967785Z", "2026-07-01T12:00:00Z"}) {
            const Time time = parse_time(text).value();
            EXPECT_EQ(read_time(show_time(time, zone), zone).value(), time) << zone;
        }
    }
    EXPECT_EQ(show_time(read_time("2027-01-20", "Asia/Kolkata").value(), "UTC"), "2027-01-19T18:30:00Z");
    EXPECT_EQ(show_time(read_time("2027-01-20T10:00:00", "Asia/Kolkata").value(), "UTC"), "2027-01-20T04:30:00Z");
    EXPECT_FALSE(read_time("soon", "UTC").ok());
}

TEST(Zones, CycleBounds) {
    const Time now = parse_time("2026-11-21T20:00:00Z").value();
    EXPECT_EQ(show_time(cycle_start(parse_day("2027-01-04").value(), "Asia/Kolkata", now), "UTC"),
              "2027-01-03T18:30:01Z");
    EXPECT_EQ(show_time(cycle_end(parse_day("2027-01-15").value(), "Asia/Kolkata"), "UTC"), "2027-01-15T18:29:00Z");
    // It is the 22nd in Kolkata already.
    EXPECT_EQ(cycle_start(parse_day("2026-11-22").value(), "Asia/Kolkata", now), now);
    EXPECT_TRUE(known_zone("UTC"));
    EXPECT_FALSE(known_zone("Mars/Base"));
}

}  // namespace
}  // namespace syncline::sim::plane
