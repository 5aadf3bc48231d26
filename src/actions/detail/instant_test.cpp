#include "actions/detail/instant.hpp"

#include <gtest/gtest.h>

namespace syncline::actions::detail {
namespace {

const Time kAsked = *parse_time("2026-11-21T08:00:00Z");

std::string read(std::string_view text) {
    const Result<std::optional<Time>> instant = instant_of(text, kAsked);
    if (!instant) return std::string(to_string(instant.error().code));
    return *instant ? format_iso(**instant) : "none";
}

TEST(Instant, IsReadAsPeopleTypeIt) {
    EXPECT_EQ(read(""), "none");
    EXPECT_EQ(read("2h"), "2026-11-21T06:00:00.000000Z");
    EXPECT_EQ(read("90s"), "2026-11-21T07:58:30.000000Z");
    EXPECT_EQ(read("15m"), "2026-11-21T07:45:00.000000Z");
    EXPECT_EQ(read("7d"), "2026-11-14T08:00:00.000000Z");
    EXPECT_EQ(read("0s"), "2026-11-21T08:00:00.000000Z");
    EXPECT_EQ(read("2026-11-20"), "2026-11-20T00:00:00.000000Z");
    EXPECT_EQ(read("2026-11-20 10:00:00"), "2026-11-20T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-20T10:00:00+05:30"), "2026-11-20T04:30:00.000000Z");
}

TEST(Instant, AnythingElseIsRefused) {
    for (const char* text : {"yesterday", "2", "h", "-2h", "2w", "2hh", "2.5h", "99999999999999999999h", "4000d",
                             "2026-13-01", "2026-11-20T10:00:00"}) {
        EXPECT_EQ(read(text), "INVALID") << text;
    }
}

}  // namespace
}  // namespace syncline::actions::detail
