#include "simulation/soak.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>

namespace syncline::simulation {

namespace {

class Crew {
public:
    Crew(const SoakOptions& options, const SoakHooks& hooks) : options_(options), hooks_(hooks) {}

    void work(Player& player) {
        while (const std::optional<std::uint64_t> seed = next()) {
            Result<Outcome> outcome = player.play(make_schedule(*seed, options_.steps));
            note(*seed, std::move(outcome));
        }
    }

    Result<Soaked> result() {
        if (failure_) return *failure_;
        std::sort(soaked_.broken.begin(), soaked_.broken.end(),
                  [](const Broken& a, const Broken& b) { return a.seed < b.seed; });
        return std::move(soaked_);
    }

private:
    std::optional<std::uint64_t> next() {
        const std::lock_guard lock(mutex_);
        if (taken_ == options_.count || failure_ || soaked_.stopped) return std::nullopt;
        soaked_.stopped = hooks_.stop && hooks_.stop();
        if (soaked_.stopped) return std::nullopt;
        return options_.first_seed + taken_++;
    }

    void note(std::uint64_t seed, Result<Outcome> outcome) {
        const std::lock_guard lock(mutex_);
        if (!outcome) {
            failure_ = std::move(outcome).error().during(fmt::format("playing the schedule of seed {}", seed));
            return;
        }
        ++soaked_.played;
        if (!outcome->sound()) {
            ++soaked_.violations;
            Broken broken{seed, std::move(outcome->violations)};
            if (hooks_.broken) hooks_.broken(broken);
            if (soaked_.broken.size() < kBrokenMax) soaked_.broken.push_back(std::move(broken));
        }
        if (hooks_.progress) hooks_.progress(soaked_.played, soaked_.violations);
    }

    const SoakOptions& options_;
    const SoakHooks& hooks_;
    std::mutex mutex_;
    std::uint64_t taken_ = 0;
    std::optional<Error> failure_;
    Soaked soaked_;
};

}  // namespace

std::string Soaked::text() const {
    return fmt::format("schedules {}, violations {}, per second {:.0f}", played, violations, per_second());
}

Result<Soaked> soak(const std::vector<std::unique_ptr<Player>>& players, const SoakOptions& options,
                    const SoakHooks& hooks) {
    const auto began = std::chrono::steady_clock::now();
    Crew crew(options, hooks);
    std::vector<std::thread> threads;
    threads.reserve(players.size());
    for (const std::unique_ptr<Player>& player : players) threads.emplace_back([&] { crew.work(*player); });
    for (std::thread& thread : threads) thread.join();
    Soaked soaked = TRY(crew.result());
    soaked.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return soaked;
}

Result<Small> make_small(Player& player, const Schedule& failing, const std::string& promise) {
    const auto still_breaks = [&](const Schedule& schedule) -> Result<bool> {
        return TRY(player.play(schedule)).broken() == promise;
    };
    Small small;
    small.shrunk = TRY(shrink(failing, still_breaks));
    small.schedule = TRY(small.shrunk.cutting.of(failing));
    small.outcome = TRY(player.play(small.schedule));
    return small;
}

std::string story(const Schedule& schedule, const Outcome& outcome) {
    std::string text = schedule.text();
    for (const std::string& line : outcome.log) text += line + "\n";
    for (const std::string& line : outcome.explanation) text += "   | " + line + "\n";
    for (const Violation& violation : outcome.violations) {
        text += fmt::format("seed {} broke {}: {}\n", outcome.seed, violation.promise, violation.text);
    }
    return text;
}

}  // namespace syncline::simulation
