#include "simulation/soak.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/simulation/players.hpp"

namespace syncline::simulation {
namespace {

TEST(Soak, SaysWhatItComesTo) {
    Soaked soaked;
    soaked.played = 20000;
    soaked.seconds = 250;
    EXPECT_EQ(soaked.text(), "schedules 20000, violations 0, per second 80");
}

TEST(Soak, KeepsWhatBreaksWithItsSeed) {
    std::vector<std::unique_ptr<Player>> players;
    for (int i = 0; i < 2; ++i) players.push_back(new_player(Mutant::kMeddler));
    ASSERT_TRUE(players.front() && players.back());
    std::uint64_t told = 0;
    SoakHooks hooks;
    hooks.progress = [&](std::uint64_t played, std::uint64_t) { told = played; };
    std::set<std::uint64_t> told_broken;
    hooks.broken = [&](const Broken& broken) {
        EXPECT_LT(told, 8u) << "not only in the end";
        EXPECT_EQ(broken.promise(), "P7");
        told_broken.insert(broken.seed);
    };
    const Result<Soaked> soaked = soak(players, {11, 8}, hooks);
    ASSERT_TRUE(soaked.ok()) << soaked.error().message;
    EXPECT_EQ(soaked->played, 8u);
    EXPECT_EQ(told, 8u);
    ASSERT_GT(soaked->violations, 0u);
    ASSERT_EQ(soaked->broken.size(), soaked->violations);
    EXPECT_EQ(told_broken.size(), soaked->violations);
    for (std::size_t i = 0; i < soaked->broken.size(); ++i) {
        EXPECT_GE(soaked->broken[i].seed, i == 0 ? 11 : soaked->broken[i - 1].seed + 1);
        EXPECT_EQ(soaked->broken[i].promise(), "P7");
    }
}

TEST(Soak, StopsWhenAsked) {
    std::vector<std::unique_ptr<Player>> players;
    players.push_back(new_player());
    ASSERT_TRUE(players.front());
    int asked = 0;
    SoakHooks hooks;
    hooks.stop = [&asked] { return ++asked > 2; };
    const Result<Soaked> soaked = soak(players, {1, 100}, hooks);
    ASSERT_TRUE(soaked.ok());
    EXPECT_TRUE(soaked->stopped);
    EXPECT_EQ(soaked->played, 2u);
}

}  // namespace
}  // namespace syncline::simulation
