#include "base/random.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace syncline {
namespace {

TEST(SeededRandom, GivesThePublishedSequence) {
    // The first numbers of SplitMix64's reference implementation for this seed.
    SeededRandom random(1234567);
    for (const std::uint64_t expected : {6457827717110365317ull, 3203168211198807973ull, 9817491932198370423ull,
                                         4593380528125082431ull, 16408922859458223821ull}) {
        EXPECT_EQ(random.next(), expected);
    }
}

TEST(Random, BelowIsUniformAndInRange) {
    SeededRandom random(1);
    std::vector<int> seen(7);
    for (int i = 0; i < 70'000; ++i) ++seen.at(random.below(7));
    for (const int count : seen) EXPECT_NEAR(count, 10'000, 400);
    EXPECT_EQ(random.below(1), 0u);
    // A bound just above half the range: a plain remainder would favour the lower half two to one.
    const std::uint64_t bound = (1ull << 63) + (1ull << 62);
    int low = 0;
    for (int i = 0; i < 30'000; ++i) {
        const std::uint64_t value = random.below(bound);
        ASSERT_LT(value, bound);
        low += value < bound / 3;
    }
    EXPECT_NEAR(low, 10'000, 400);
}

TEST(Random, UnitAndChanceKeepTheirBounds) {
    SeededRandom random(2);
    double sum = 0;
    int hits = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double value = random.unit();
        ASSERT_GE(value, 0.0);
        ASSERT_LT(value, 1.0);
        sum += value;
        hits += random.chance(0.05);
        ASSERT_FALSE(random.chance(0.0));
        ASSERT_TRUE(random.chance(1.0));
    }
    EXPECT_NEAR(sum / 100'000, 0.5, 0.01);
    EXPECT_NEAR(hits, 5'000, 300);
}

TEST(Random, UuidsHaveTheirFormAndDiffer) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string uuid = random.uuid();
        ASSERT_EQ(uuid.size(), 36u);
        for (const std::size_t dash : {8u, 13u, 18u, 23u}) ASSERT_EQ(uuid[dash], '-');
        ASSERT_EQ(uuid[14], '4');
        ASSERT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
        ASSERT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos);
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 1'000u);
    SeededRandom a(9), b(9);
    EXPECT_EQ(a.uuid(), b.uuid());
}

}  // namespace
}  // namespace syncline
