#include "app/program.hpp"

#include "app/connect.hpp"
#include "app/demo.hpp"
#include "app/installation.hpp"
#include "app/serve.hpp"
#include "app/signals.hpp"
#include "app/sim.hpp"
#include "app/simulate.hpp"
#include "app/terminal.hpp"
#include "cli/errors.hpp"
#include "cli/exit_code.hpp"
#include "cli/parse.hpp"
#include "cli/progress.hpp"
#include "cli/run.hpp"
#include "watch/log.hpp"

namespace syncline::app {

namespace {

// Progress on standard error, where it does not mix with what the command answers; only on a terminal.
InstallationHooks hooks_for(const cli::Globals& globals, cli::ProgressLine& line) {
    InstallationHooks hooks;
    hooks.stop = stop_asked;
    if (error_is_terminal() && !globals.quiet && !globals.json) {
        hooks.progress = [&line](const sync::Progress& progress) {
            print_error(line.update(progress, SystemClock().now()));
        };
    }
    return hooks;
}

// doctor has something to say even where nothing else works.
cli::Answer doctor_without_store(const Error& error, const cli::Command& command, const cli::Style& style) {
    actions::DoctorReport report;
    report.checks.push_back(
        {"installation", "fail", error.message + " (" + std::string(to_string(error.code)) + ")", error.hint});
    report.healthy = false;
    return cli::answer_doctor(report, command, style);
}

Result<int> run_action(const cli::Command& command, watch::Log& log) {
    const cli::Style style = style_of(command.globals);
    catch_signals();
    cli::ProgressLine line;
    const bool migrate = command.verb != cli::Verb::kMigrate && command.verb != cli::Verb::kDoctor;
    Result<std::unique_ptr<Installation>> opened =
        Installation::open(command.globals, hooks_for(command.globals, line), migrate);
    if (!opened) {
        if (command.verb != cli::Verb::kDoctor) return opened.error();
        const cli::Answer answer = doctor_without_store(opened.error(), command, style);
        print(answer.text);
        return answer.exit_code;
    }
    log.info("opened", {{"home", (*opened)->home()}, {"profile", (*opened)->profile().name}});
    actions::Services services = (*opened)->services();
    Result<cli::Answer> answer = cli::answer(services, command, style);
    // The private store belonged to another command, which has ended meanwhile and taken it along.
    Store& store = (*opened)->store();
    const bool gone = !answer && (answer.error().code == Errc::kStore || answer.error().code == Errc::kUnreachable);
    if (gone && store.is_private() && !store.started_here()) {
        TRY(store.revive());
        if (store.started_here()) answer = cli::answer(services, command, style);
    }
    print_error(line.clear());
    if (!answer) return answer.error();
    print(answer->text);
    return answer->exit_code;
}

Result<int> run(const cli::Command& command, watch::Log& log) {
    if (cli::needs_no_installation(command)) {
        const cli::Answer answer = TRY(cli::answer_alone(command, style_of(command.globals)));
        print(answer.text);
        return answer.exit_code;
    }
    switch (command.verb) {
        case cli::Verb::kSim: TRY(run_sim(command.sim)); return cli::kOk;
        case cli::Verb::kSimulate: return run_simulate(command);
        case cli::Verb::kServe: return run_serve(command, log);
        case cli::Verb::kConnect: return run_connect(command);
        case cli::Verb::kDemo: return run_demo(command, log);
        default: return run_action(command, log);
    }
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
    const std::variant<cli::Command, cli::Say> parsed = cli::parse(arguments);
    if (const auto* say = std::get_if<cli::Say>(&parsed)) {
        say->exit_code == 0 ? print(say->text) : print_error(say->text);
        return say->exit_code;
    }
    const cli::Command& command = std::get<cli::Command>(parsed);
    watch::Log log({watch::parse_level(command.globals.log_level), command.globals.log_json});
    const Result<int> done = run(command, log);
    if (done) return *done;
    log.info("failed", {{"code", std::string(to_string(done.error().code))}, {"error", done.error().message}});
    const bool color = command.globals.color && error_is_terminal();
    print_error(cli::render_error(done.error(), command.globals.json, color));
    return cli::exit_code(done.error().code);
}

}  // namespace syncline::app
