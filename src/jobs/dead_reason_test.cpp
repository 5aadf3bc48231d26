#include <gtest/gtest.h>

#include <set>

#include "jobs/detail/back_off.hpp"
#include "jobs/queue.hpp"

namespace syncline::jobs {
namespace {

constexpr std::chrono::seconds kOneSecond{1};

TEST(DeadReasons, HaveEachTheirOwnSpelling) {
    std::set<std::string_view> spellings;
    for (int i = 0; i <= static_cast<int>(DeadReason::kInternal); ++i) {
        const auto reason = static_cast<DeadReason>(i);
        EXPECT_EQ(parse_dead_reason(to_string(reason)), reason);
        spellings.insert(to_string(reason));
    }
    EXPECT_EQ(spellings.size(), 10u);
    EXPECT_EQ(parse_dead_reason("attempts_used_up"), std::nullopt);
    EXPECT_EQ(parse_dead_reason(""), std::nullopt);
}

TEST(DeadReasons, OnlyWhatCannotPassIsFinal) {
    const auto of = [](Errc code) { return dead_reason(make_error(code, "")); };
    EXPECT_EQ(of(Errc::kInvalid), DeadReason::kInvalidPayload);
    EXPECT_EQ(of(Errc::kUnauthorized), DeadReason::kUnauthorized);
    EXPECT_EQ(of(Errc::kForbidden), DeadReason::kForbidden);
    EXPECT_EQ(of(Errc::kKeyMissing), DeadReason::kKeyMissing);
    EXPECT_EQ(of(Errc::kRefused), DeadReason::kRefused);
    EXPECT_EQ(of(Errc::kUnsupported), DeadReason::kUnsupported);
    EXPECT_EQ(of(Errc::kInternal), DeadReason::kInternal);
    for (const Errc code :
         {Errc::kRateLimited, Errc::kUnreachable, Errc::kOutcomeUnknown, Errc::kUpstream, Errc::kMoved, Errc::kStore,
          Errc::kNotFound, Errc::kConflict, Errc::kHeld, Errc::kCancelled}) {
        EXPECT_EQ(of(code), std::nullopt) << to_string(code);
    }
}

TEST(BackOff, DoublesAndSpreads) {
    SeededRandom random(1);
    for (int failures = 1; failures < kAttemptsMax; ++failures) {
        const Micros base = kOneSecond * (1 << (failures - 1));
        Micros least = Micros::max(), most{};
        for (int i = 0; i < 2000; ++i) {
            const Micros pause = detail::back_off(make_error(Errc::kUpstream, ""), failures, random);
            least = std::min(least, pause);
            most = std::max(most, pause);
        }
        EXPECT_GE(least, base * 3 / 4);
        EXPECT_LT(least, base * 77 / 100);
        EXPECT_LE(most, base * 5 / 4);
        EXPECT_GT(most, base * 123 / 100);
    }
    EXPECT_GT(detail::back_off(make_error(Errc::kUpstream, ""), 1'000'000, random), Micros(0));
}

TEST(BackOff, ThePeersOwnTimeCountsWhereItMakesSense) {
    SeededRandom random(1);
    const auto pause = [&](const char* text) {
        return detail::back_off(make_error(Errc::kRateLimited, "").with("retry_after_ms", text), 1, random);
    };
    EXPECT_EQ(pause("2500"), Micros(2'500'000));
    EXPECT_EQ(pause("0"), Micros(0));
    EXPECT_EQ(pause("9223372036854775807"), kRetryAfterMax);
    for (const char* nonsense : {"", "soon", "-5", "12x", "99999999999999999999"}) {
        EXPECT_LE(pause(nonsense), Micros(kOneSecond) * 5 / 4) << nonsense;
        EXPECT_GE(pause(nonsense), Micros(kOneSecond) * 3 / 4) << nonsense;
    }
}

TEST(DescribedErrors, AreTextThatTheStoreTakes) {
    Error error = make_error(Errc::kRefused, std::string("a\0b\xff", 4), "try");
    EXPECT_EQ(detail::describe(error), std::string(to_string(Errc::kRefused)) + ": ab\uFFFD (try)");
    error.message = std::string(kErrorBytesMax, '\xff');
    const std::string cut = detail::describe(error);
    EXPECT_LE(cut.size(), kErrorBytesMax);
    EXPECT_GT(cut.size(), kErrorBytesMax - 4);
    EXPECT_TRUE(cut.ends_with("\uFFFD")) << "never half a character";
}

}  // namespace
}  // namespace syncline::jobs
