#include "promote/values.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace syncline::promote {
namespace {

TEST(Values, NumbersAreWhatWasMeant) {
    EXPECT_EQ(number_of(json::Value(114.13), 6, false), "114.13");
    EXPECT_EQ(number_of(json::Value(1.0), 6, false), "1");
    EXPECT_EQ(number_of(json::Value(1), 2, true), "1.00");
    EXPECT_EQ(number_of(json::Value(1.005), 2, true), "1.01") << "a double cannot hold 1.005, people can";
    EXPECT_EQ(number_of(json::Value(-1.005), 2, true), "-1.01");
    EXPECT_EQ(number_of(json::Value(0.1 + 0.2), 6, false), "0.3");
    EXPECT_EQ(number_of(json::Value(-0.0), 2, true), "0.00");
    EXPECT_EQ(number_of(json::Value(-0.001), 2, false), "0");
    EXPECT_EQ(number_of(json::Value(100.0), 0, false), "100");
    EXPECT_EQ(number_of(json::Value(false), 2, true), "0.00");
    EXPECT_EQ(number_of(json::Value(true), 2, true), std::nullopt);
    EXPECT_EQ(number_of(json::Value("12"), 2, true), std::nullopt);
    EXPECT_EQ(number_of(json::Value(1e16), 2, true), std::nullopt);
}

// What has at most so many decimals comes out as it went in, whatever a double makes of it.
TEST(Values, MoneyNeverLosesACent) {
    SeededRandom random(7);
    for (int i = 0; i < 20'000; ++i) {
        const std::int64_t cents = static_cast<std::int64_t>(random.below(2'000'000'000'000)) - 1'000'000'000'000;
        const std::string digits = std::to_string(std::abs(cents) % 100);
        const std::string text = std::string(cents < 0 ? "-" : "") + std::to_string(std::abs(cents) / 100) + "." +
                                 (digits.size() == 1 ? "0" : "") + digits;
        ASSERT_EQ(number_of(json::Value(std::strtod(text.c_str(), nullptr)), 2, true), text);
    }
}

TEST(Values, ByType) {
    EXPECT_EQ(text_of(json::Value(false)), "");
    EXPECT_EQ(text_of(json::Value(nullptr)), "");
    EXPECT_EQ(text_of(json::Value(true)), std::nullopt);
    EXPECT_EQ(text_of(json::Value(std::string("a\0b", 3))), std::nullopt) << "PostgreSQL cannot keep it";
    EXPECT_EQ(integer_of(json::Value(false)), 0);
    EXPECT_EQ(integer_of(json::Value(3.0)), 3);
    EXPECT_EQ(integer_of(json::Value(3.5)), std::nullopt);
    EXPECT_EQ(instant_of(json::Value("2026-11-21 00:23:49")), json::Value("2026-11-21T00:23:49.000000Z"));
    EXPECT_EQ(instant_of(json::Value("2026-11-21")), json::Value("2026-11-21T00:00:00.000000Z"));
    EXPECT_EQ(instant_of(json::Value(false)), json::Value(nullptr));
    EXPECT_EQ(instant_of(json::Value("2026-02-30 00:00:00")), std::nullopt);
    EXPECT_EQ(day_of(json::Value("2026-12-21")), json::Value("2026-12-21"));
    EXPECT_EQ(day_of(json::Value("2026-12-21 23:59:59")), json::Value("2026-12-21"));
    EXPECT_EQ(day_of(json::Value(7)), std::nullopt);
}

}  // namespace
}  // namespace syncline::promote
