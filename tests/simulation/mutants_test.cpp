// A judge that finds nothing proves nothing: faults planted on purpose must be found, and soon, and come down to
// little.
#include <gtest/gtest.h>

#include <cstdio>

#include "simulation/soak.hpp"
#include "tests/simulation/players.hpp"

namespace syncline::simulation {
namespace {

constexpr std::uint64_t kWithin = 400;

// The first seed that breaks a promise; the seed 0: none.
Broken first_broken(Player& player) {
    for (std::uint64_t seed = 1; seed <= kWithin; ++seed) {
        Result<Outcome> outcome = player.play(make_schedule(seed));
        EXPECT_TRUE(outcome.ok()) << outcome.error().message;
        if (!outcome) break;
        if (!outcome->sound()) return {seed, std::move(outcome->violations)};
    }
    return {};
}

TEST(Mutants, AreFound) {
    for (const Mutant mutant : kMutants) {
        const std::unique_ptr<Player> player = new_player(mutant);
        ASSERT_TRUE(player) << to_string(mutant);
        const Broken found = first_broken(*player);
        ASSERT_NE(found.seed, 0u) << to_string(mutant) << " was not found in " << kWithin << " schedules";
        std::printf("planted %s: %s at seed %lu\n", std::string(to_string(mutant)).c_str(), found.promise().c_str(),
                    found.seed);
    }
}

TEST(Mutants, AFailingSeedShrinksAndPlaysAgain) {
    constexpr std::size_t kStepsLeftMax = 4;
    for (const Mutant mutant : {Mutant::kTwinCreation, Mutant::kOpenDoor, Mutant::kLostOdooWrite}) {
        const std::unique_ptr<Player> player = new_player(mutant);
        ASSERT_TRUE(player);
        const Broken found = first_broken(*player);
        ASSERT_NE(found.seed, 0u) << to_string(mutant);
        const Schedule whole = make_schedule(found.seed);
        const Result<Small> small = make_small(*player, whole, found.promise());
        ASSERT_TRUE(small.ok()) << small.error().message;
        const std::string text = small->shrunk.cutting.text();
        std::printf("planted %s: seed %lu shrinks to %s in %d tries\n", std::string(to_string(mutant)).c_str(),
                    found.seed, text.c_str(), small->shrunk.tries);
        EXPECT_EQ(small->outcome.broken(), found.promise());
        EXPECT_LE(small->schedule.steps.size(), kStepsLeftMax) << small->schedule.text();
        EXPECT_TRUE(small->shrunk.smallest);
        // From its text, by somebody else, it comes to the same.
        const std::unique_ptr<Player> other = new_player(mutant);
        ASSERT_TRUE(other);
        const Result<Outcome> again = other->play(*Cutting::parse(text)->of(whole));
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(again->log, small->outcome.log);
        ASSERT_FALSE(again->sound());
        EXPECT_EQ(again->violations.front().text, small->outcome.violations.front().text);
    }
}

}  // namespace
}  // namespace syncline::simulation
