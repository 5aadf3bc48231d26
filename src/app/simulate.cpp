#include "app/simulate.hpp"

#include <algorithm>
#include <thread>

#include "app/detail/scratch_store.hpp"
#include "app/profiles.hpp"
#include "app/signals.hpp"
#include "app/terminal.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "json/json.hpp"
#include "simulation/soak.hpp"

namespace syncline::app {

namespace {

constexpr std::string_view kProfile = "delivery";  // what people do in the simulation is made for it

using Players = std::vector<std::unique_ptr<simulation::Player>>;

Result<Players> make_players(detail::ScratchStore& store, const cli::SimulateArgs& args) {
    const std::vector<BuiltinProfile> profiles = builtin_profiles();
    const auto profile =
        std::find_if(profiles.begin(), profiles.end(), [](const BuiltinProfile& it) { return it.name == kProfile; });
    if (profile == profiles.end()) return make_error(Errc::kInternal, "the profile delivery is not in this program");
    std::uint64_t wanted = static_cast<std::uint64_t>(args.workers);
    if (wanted == 0) wanted = std::max(1u, std::thread::hardware_concurrency());
    Players players;
    for (std::uint64_t i = 0; i < std::min(wanted, args.count); ++i) {
        players.push_back(
            TRY(simulation::Player::open({TRY(store.new_database()), std::string(profile->toml), {}, false})));
    }
    return players;
}

json::Array to_json(const std::vector<simulation::Violation>& violations) {
    json::Array list;
    for (const simulation::Violation& it : violations) {
        list.push_back(json::Object{{"promise", it.promise}, {"text", it.text}});
    }
    return list;
}

json::Object to_json(const simulation::Soaked& soaked) {
    json::Array broken;
    for (const simulation::Broken& it : soaked.broken) {
        broken.push_back(json::Object{{"seed", it.seed}, {"violations", to_json(it.violations)}});
    }
    return {{"schedules", soaked.played},
            {"violations", soaked.violations},
            {"per_second", soaked.per_second()},
            {"broken", std::move(broken)}};
}

json::Object to_json(const simulation::Small& small) {
    return {{"seed", small.schedule.seed},
            {"keep", small.shrunk.cutting.text()},
            {"tries", small.shrunk.tries},
            {"smallest", small.shrunk.smallest},
            {"story", simulation::story(small.schedule, small.outcome)},
            {"violations", to_json(small.outcome.violations)}};
}

std::string again(const simulation::Small& small, const cli::SimulateArgs& args) {
    return "play it again: " + program_path() + " simulate --seed " + std::to_string(small.schedule.seed) +
           " --steps " + std::to_string(args.steps) + " --keep " + small.shrunk.cutting.text() + "\n";
}

// One part of one schedule.
Result<int> replay(const cli::Command& command) {
    const cli::SimulateArgs& args = command.simulate;
    const simulation::Cutting cutting = TRY(simulation::Cutting::parse(args.keep));
    const simulation::Schedule schedule = TRY(cutting.of(simulation::make_schedule(args.seed, args.steps)));
    const std::unique_ptr<detail::ScratchStore> store = TRY(detail::ScratchStore::make());
    const Players players = TRY(make_players(*store, args));
    const simulation::Outcome outcome = TRY(players.front()->play(schedule));
    const std::string story = simulation::story(schedule, outcome);
    if (command.globals.json) {
        print(json::canonical(json::Object{{"seed", args.seed},
                                           {"keep", cutting.text()},
                                           {"story", story},
                                           {"violations", to_json(outcome.violations)}}) +
              "\n");
    } else {
        print(story);
    }
    return outcome.sound() ? cli::kOk : cli::kFailed;
}

std::string line_of(const simulation::Broken& broken) {
    return "seed " + std::to_string(broken.seed) + " broke " + broken.promise() + ": " +
           broken.violations.front().text + "\n";
}

// What breaks is told when it is found: the rest may take a night. With --json it is in the answer.
Result<simulation::Soaked> play_all(const Players& players, const cli::Command& command) {
    const cli::SimulateArgs& args = command.simulate;
    cli::ProgressLine line;
    simulation::SoakHooks hooks;
    hooks.stop = stop_asked;
    if (!command.globals.json) {
        hooks.broken = [&](const simulation::Broken& broken) {
            print_error(line.clear());
            print(line_of(broken));
        };
    }
    if (error_is_terminal() && !command.globals.quiet && !command.globals.json) {
        hooks.progress = [&](std::uint64_t played, std::uint64_t) {
            const sync::Progress progress{"playing", static_cast<std::int64_t>(played),
                                          static_cast<std::int64_t>(args.count)};
            print_error(line.update(progress, SystemClock().now()));
        };
    }
    Result<simulation::Soaked> soaked = simulation::soak(players, {args.seed, args.count, args.steps}, hooks);
    print_error(line.clear());
    return soaked;
}

}  // namespace

Result<int> run_simulate(const cli::Command& command) {
    catch_signals();
    const cli::SimulateArgs& args = command.simulate;
    if (!args.keep.empty()) return replay(command);
    const std::unique_ptr<detail::ScratchStore> store = TRY(detail::ScratchStore::make());
    const Players players = TRY(make_players(*store, args));
    const simulation::Soaked soaked = TRY(play_all(players, command));
    json::Object answer = to_json(soaked);
    std::string text;
    if (!soaked.broken.empty() && !soaked.stopped) {
        const simulation::Broken& first = soaked.broken.front();
        const simulation::Small small = TRY(simulation::make_small(
            *players.front(), simulation::make_schedule(first.seed, args.steps), first.promise()));
        text +=
            "\nthe first one, made small:\n" + simulation::story(small.schedule, small.outcome) + again(small, args);
        answer["shrunk"] = to_json(small);
    }
    print(command.globals.json ? json::canonical(answer) + "\n" : text + soaked.text() + "\n");
    if (soaked.violations > 0) return cli::kFailed;
    return soaked.stopped ? cli::kInterrupted : cli::kOk;
}

}  // namespace syncline::app
