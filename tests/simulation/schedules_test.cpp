// Random schedules through the whole program. SYNCLINE_SCHEDULES says how many, SYNCLINE_SCHEDULE_SEED from which seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "simulation/soak.hpp"
#include "tests/simulation/players.hpp"

namespace syncline::simulation {
namespace {

constexpr std::uint64_t kTellEach = 1000;
constexpr std::uint64_t kSchedules = 20'000;  // seven minutes and a half on two processors

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

// What a person needs to go on from a broken promise.
void tell(Player& player, const Broken& broken) {
    const Result<Small> small = make_small(player, make_schedule(broken.seed), broken.promise());
    ASSERT_TRUE(small.ok()) << small.error().message;
    ADD_FAILURE() << story(small->schedule, small->outcome) << "play it again: syncline simulate --seed " << broken.seed
                  << " --keep " << small->shrunk.cutting.text();
}

TEST(Schedules, KeepEveryPromise) {
    const SoakOptions options{number_from("SYNCLINE_SCHEDULE_SEED", 1), number_from("SYNCLINE_SCHEDULES", kSchedules)};
    std::vector<std::unique_ptr<Player>> players;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
        players.push_back(new_player());
        ASSERT_TRUE(players.back());
    }
    SoakHooks hooks;
    hooks.progress = [](std::uint64_t played, std::uint64_t violations) {
        if (played % kTellEach == 0) std::fprintf(stderr, "%lu schedules, violations %lu\n", played, violations);
    };
    const Result<Soaked> soaked = soak(players, options, hooks);
    ASSERT_TRUE(soaked.ok()) << soaked.error().message;
    EXPECT_EQ(soaked->played, options.count);
    std::int64_t carefully = 0;
    for (const std::unique_ptr<Player>& player : players) carefully += player->carefully();
    std::printf("random %s, played again %ld\n", soaked->text().c_str(), carefully);
    for (const Broken& broken : soaked->broken) {
        ADD_FAILURE() << "seed " << broken.seed << " broke " << broken.promise() << ": "
                      << broken.violations.front().text;
    }
    if (!soaked->broken.empty()) tell(*players.front(), soaked->broken.front());
}

TEST(Schedules, ASeedComesToTheSameWhateverWasPlayedBeforeBoldlyOrCarefully) {
    constexpr std::uint64_t kPlayedBefore = 110;  // more than after which the store is swept out
    const std::unique_ptr<Player> fresh = new_player(Mutant::kNone, true);
    const std::unique_ptr<Player> worn = new_player();
    ASSERT_TRUE(fresh && worn);
    for (std::uint64_t seed = 100; seed < 100 + kPlayedBefore; ++seed) {
        ASSERT_TRUE(worn->play(make_schedule(seed)).ok());
    }
    for (std::uint64_t seed = 7; seed < 17; ++seed) {
        const Schedule schedule = make_schedule(seed);
        const Result<Outcome> one = fresh->play(schedule, true);
        const Result<Outcome> other = worn->play(schedule, true);
        ASSERT_TRUE(one.ok() && other.ok());
        EXPECT_EQ(one->log, other->log) << "seed " << seed;
        EXPECT_EQ(one->digest, other->digest) << "seed " << seed;
    }
}

}  // namespace
}  // namespace syncline::simulation
