#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "odoo/detail/limiter.hpp"
#include "odoo/detail/pacer.hpp"
#include "odoo/detail/skew.hpp"

namespace syncline::odoo::detail {
namespace {

Time at(std::string_view text) { return parse_time(text).value(); }

TEST(OdooPacer, PausesDoubleWithinBounds) {
    VirtualClock clock(at("2026-11-21 00:00:00"));
    SeededRandom random(3);
    Pacer pacer(clock, random);
    const Error error = make_error(Errc::kUnreachable, "x");
    Micros whole = kPauseFirst;
    for (int tries = 1; tries <= 40; ++tries) {
        for (int i = 0; i < 50; ++i) {
            const Micros pause = pacer.pause(tries, error);
            EXPECT_GE(pause, whole / 2) << tries;
            EXPECT_LE(pause, whole) << tries;
        }
        whole = std::min(whole * 2, kPauseMax);
    }
}

TEST(OdooPacer, ObeysTheServerButNotForever) {
    VirtualClock clock(at("2026-11-21 00:00:00"));
    SeededRandom random(3);
    Pacer pacer(clock, random);
    const auto limited = [](const char* ms) { return make_error(Errc::kRateLimited, "x").with("retry_after_ms", ms); };
    EXPECT_TRUE(pacer.again(1, 3, limited("5000")));
    EXPECT_EQ(clock.now(), at("2026-11-21 00:00:05"));
    EXPECT_FALSE(pacer.again(1, 3, limited("61000")));
    EXPECT_FALSE(pacer.again(3, 3, limited("5")));
    EXPECT_FALSE(pacer.again(1, 3, make_error(Errc::kRefused, "x")));
    EXPECT_EQ(clock.now(), at("2026-11-21 00:00:05")) << "no waiting when there is no other try";
}

TEST(OdooLimiter, SlotsAreEvenAndForAllThreads) {
    VirtualClock clock(at("2026-11-21 00:00:00"));
    Limiter limiter(clock, 4);
    for (int i = 0; i < 9; ++i) limiter.wait();
    EXPECT_EQ(clock.now(), at("2026-11-21 00:00:02"));
    clock.advance(std::chrono::hours(1));
    limiter.wait();
    EXPECT_EQ(clock.now(), at("2026-11-21 01:00:02")) << "an idle hour earns no burst and costs no wait";
    Limiter unlimited(clock, 0);
    for (int i = 0; i < 100; ++i) unlimited.wait();
    EXPECT_EQ(clock.now(), at("2026-11-21 01:00:02"));
}

TEST(OdooSkew, HttpDates) {
    EXPECT_EQ(parse_http_date("Sat, 21 Nov 2026 00:19:45 GMT"), at("2026-11-21 00:19:45"));
    EXPECT_EQ(parse_http_date("Fri, 01 Jan 2027 23:59:59 GMT"), at("2027-01-01 23:59:59"));
    for (const char* bad : {"", "Sat, 21 Nov 2026 00:19:45", "Sat, 21 Now 2026 00:19:45 GMT", "2026-11-21T00:00:00Z",
                            "Sat, 99 Nov 2026 00:19:45 GMT", "Sat, 21 Nov 2026 0:19 GMT"}) {
        EXPECT_FALSE(parse_http_date(bad)) << bad;
    }
}

TEST(OdooSkew, TheQuickestAnswerWinsUntilItIsOld) {
    const auto minutes = [](int n) { return at("2026-11-21 00:00:00") + std::chrono::minutes(n); };
    const auto ms = [](int n) { return std::chrono::milliseconds(n); };
    Skew skew;
    skew.observe("", minutes(0), minutes(0));
    EXPECT_EQ(skew.estimate(), Micros{0});
    skew.observe("Sat, 21 Nov 2026 00:00:10 GMT", minutes(0) - ms(900), minutes(0));
    EXPECT_EQ(skew.estimate(), ms(10'000));
    skew.observe("Sat, 21 Nov 2026 00:01:12 GMT", minutes(1) - ms(20), minutes(1));
    EXPECT_EQ(skew.estimate(), ms(12'000));
    skew.observe("Sat, 21 Nov 2026 00:02:30 GMT", minutes(2) - ms(500), minutes(2));
    EXPECT_EQ(skew.estimate(), ms(12'000)) << "slower, so worse";
    skew.observe("Sat, 21 Nov 2026 00:20:05 GMT", minutes(20) - ms(500), minutes(20));
    EXPECT_EQ(skew.estimate(), ms(5'000)) << "clocks get set";
}

}  // namespace
}  // namespace syncline::odoo::detail
