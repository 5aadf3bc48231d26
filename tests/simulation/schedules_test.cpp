// Random schedules through the whole program. SYNCLINE_SCHEDULES says how many, SYNCLINE_SCHEDULE_SEED from which seed.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "pg/testing/pg_fixture.hpp"
#include "simulation/player.hpp"

namespace syncline::simulation {
namespace {

constexpr int kBackdrops = 4;
constexpr int kWorkers = 2;
constexpr std::uint64_t kTellEach = 1000;
constexpr std::uint64_t kSchedules = 1500;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string profile_text() {
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::unique_ptr<Player> new_player(Mutant mutant = Mutant::kNone) {
    const Result<std::string> dsn = pg::testing::fresh_database();
    EXPECT_TRUE(dsn.ok());
    Result<std::unique_ptr<Player>> player = Player::open({*dsn, profile_text(), mutant});
    EXPECT_TRUE(player.ok()) << (player ? "" : player.error().message);
    return player ? std::move(*player) : nullptr;
}

using Start = std::chrono::steady_clock::time_point;

// A long run shows on standard error how far it is.
void tell(std::uint64_t played, std::uint64_t count, std::uint64_t violations, Start began) {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    const double rate = static_cast<double>(played) / took.count();
    std::fprintf(stderr, "%lu of %lu schedules, violations %lu, per second %.1f, %.0f s left\n", played, count,
                 violations, rate, static_cast<double>(count - played) / rate);
}

std::string told(const Schedule& schedule, const Outcome& outcome) {
    std::string text = schedule.text();
    for (const std::string& line : outcome.log) text += line + "\n";
    for (const std::string& line : outcome.explanation) text += "   | " + line + "\n";
    for (const Violation& violation : outcome.violations) {
        text += "seed " + std::to_string(outcome.seed) + " broke " + violation.promise + ": " + violation.text + "\n";
    }
    return text;
}

// A simulated crash that nobody caught is a mistake of the simulation: it must name its seed.
Result<Outcome> play(Player& player, const Schedule& schedule) {
    try {
        return player.play(schedule);
    } catch (...) {
        return make_error(Errc::kInternal, "a simulated crash left the scene");
    }
}

TEST(Schedules, KeepEveryPromise) {
    const std::uint64_t first = number_from("SYNCLINE_SCHEDULE_SEED", 1);
    const std::uint64_t count = number_from("SYNCLINE_SCHEDULES", kSchedules);
    std::atomic<std::uint64_t> next{0};
    std::atomic<std::uint64_t> violations{0};
    std::atomic<std::uint64_t> played{0};
    std::mutex telling;
    std::vector<std::unique_ptr<Player>> players;
    for (int i = 0; i < kWorkers; ++i) {
        players.push_back(new_player());
        ASSERT_TRUE(players.back());
    }
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (const std::unique_ptr<Player>& player : players) {
        workers.emplace_back([&, it = player.get()] {
            for (std::uint64_t seed = first + next++; seed < first + count; seed = first + next++) {
                const Schedule schedule = make_schedule(seed, kStepsUsual, kBackdrops);
                const Result<Outcome> outcome = play(*it, schedule);
                if (++played % kTellEach == 0) tell(played, count, violations, began);
                if (outcome && outcome->sound()) continue;
                ++violations;
                const std::lock_guard lock(telling);
                ADD_FAILURE() << (outcome ? told(schedule, *outcome)
                                          : "seed " + std::to_string(seed) + ": " + outcome.error().message);
            }
        });
    }
    for (std::thread& worker : workers) worker.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("random schedules: %lu, violations %lu, per second %.1f\n", count, violations.load(),
                static_cast<double>(count) / took.count());
}

TEST(Schedules, ASeedComesToTheSameWhateverWasPlayedBefore) {
    const std::unique_ptr<Player> fresh = new_player();
    const std::unique_ptr<Player> worn = new_player();
    ASSERT_TRUE(fresh && worn);
    for (std::uint64_t seed = 100; seed < 105; ++seed) {
        ASSERT_TRUE(worn->play(make_schedule(seed, kStepsUsual, kBackdrops)).ok());
    }
    for (std::uint64_t seed = 7; seed < 10; ++seed) {
        const Schedule schedule = make_schedule(seed, kStepsUsual, kBackdrops);
        const Result<Outcome> one = fresh->play(schedule, true);
        const Result<Outcome> other = worn->play(schedule, true);
        ASSERT_TRUE(one.ok() && other.ok());
        EXPECT_EQ(one->log, other->log) << "seed " << seed;
        EXPECT_EQ(one->digest, other->digest) << "seed " << seed;
    }
}

// A judge that finds nothing proves nothing: faults planted on purpose must be found, and soon.
TEST(Schedules, PlantedFaultsAreFound) {
    constexpr std::uint64_t kWithin = 400;
    for (const Mutant mutant : kMutants) {
        const std::unique_ptr<Player> player = new_player(mutant);
        ASSERT_TRUE(player) << to_string(mutant);
        std::string found;
        for (std::uint64_t seed = 1; seed <= kWithin && found.empty(); ++seed) {
            const Result<Outcome> outcome = player->play(make_schedule(seed, kStepsUsual, kBackdrops));
            ASSERT_TRUE(outcome.ok()) << outcome.error().message;
            if (!outcome->sound()) found = outcome->broken() + " at seed " + std::to_string(seed);
        }
        EXPECT_FALSE(found.empty()) << to_string(mutant) << " was not found in " << kWithin << " schedules";
        std::printf("planted %s: %s\n", std::string(to_string(mutant)).c_str(), found.c_str());
    }
}

}  // namespace
}  // namespace syncline::simulation
