#include "cli/parse.hpp"

#include <CLI/CLI.hpp>

#include "cli/detail/verbs.hpp"
#include "cli/exit_code.hpp"
#include "cli/version.hpp"

namespace syncline::cli {

namespace {

// Of `simulate`.
constexpr std::uint64_t kSchedulesMax = 1'000'000'000;
constexpr int kStepsMax = 1000;
constexpr int kWorkersMax = 64;

void add_globals(CLI::App& app, Globals& globals) {
    const std::string group = "Everywhere";
    app.add_option("--home", globals.home, "Folder of the settings, the key and the private store")->group(group);
    app.add_option("--store", globals.store,
                   "PostgreSQL to use instead of the private one (a DSN, env:NAME, file:PATH)")
        ->group(group);
    app.add_option("--profile", globals.profile, "A built-in profile's name, or a file")->group(group);
    app.add_flag("--json", globals.json, "For programs: one JSON value on standard output")->group(group);
    app.add_flag("!--no-color", globals.color, "Plain text")->group(group);
    app.add_flag("-q,--quiet", globals.quiet, "Say nothing but errors and what was asked for")->group(group);
    app.add_option("--log", globals.log_level, "What to log to standard error")
        ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
        ->group(group);
    app.add_flag("--log-json", globals.log_json, "Log as JSON lines")->group(group);
}

using detail::verb;

void add_sync_verbs(CLI::App& app, Command& command) {
    CLI::App* sync = verb(app, command, Verb::kSync, "sync", "Look at both sides and make them agree");
    CLI::App* plan = verb(app, command, Verb::kPlan, "plan", "Show what sync would do; writes nothing");
    for (CLI::App* sub : {sync, plan}) {
        CLI::Option* full = sub->add_flag("--full", command.full, "Read everything, also what a quick look cannot see");
        sub->add_flag("--light", command.light, "A quick look: few calls")->excludes(full);
    }
    CLI::App* apply = verb(app, command, Verb::kApply, "apply", "Do exactly what a plan says");
    apply->add_option("HASH", command.subject, "The plan's hash; its first 8 characters will do")->required();
    CLI::App* serve = verb(app, command, Verb::kServe, "serve", "Keep both sides in step until stopped");
    serve->add_flag("--once", command.once, "One round, then end");
    serve->add_option("--roles", command.roles, "What this process does; else as configured")
        ->delimiter(',')
        ->check(CLI::IsMember({"ingress", "worker", "scheduler"}));
}

void add_list_verbs(CLI::App& app, Command& command) {
    verb(app, command, Verb::kStatus, "status", "How things stand");
    CLI::App* links = verb(app, command, Verb::kLinks, "links", "Which records belong together");
    links->add_option("--entity", command.links.entity, "Only this entity, such as task");
    links->add_option("--project", command.links.project, "Only this project: a part of its name, or its link");
    links->add_option("--status", command.links.status, "Only these")
        ->check(CLI::IsMember({"new", "intended", "active", "tombstone", "parked"}));
    CLI::App* explain = verb(app, command, Verb::kExplain, "explain", "Everything known about one record, and why");
    explain
        ->add_option("WHAT", command.subject, "task/odoo/42, odoo:project.task:42, a Plane id, or a piece of the title")
        ->required();
    CLI::App* conflicts = verb(app, command, Verb::kConflicts, "conflicts", "Values that lost, and pairs that wait");
    conflicts->add_option("LINK", command.subject, "Only of this link");
    CLI::App* resolve =
        verb(*conflicts, command, Verb::kConflictsResolve, "resolve", "Decide a pair that waits; the loser is kept");
    resolve->add_option("ID", command.id, "The pair's number")->required();
    resolve->add_option("SIDE", command.decision, "Whose value stands: odoo or plane")
        ->required()
        ->check(CLI::IsMember({"odoo", "plane"}));
    verb(app, command, Verb::kUsers, "users", "Who is who on both sides");
    CLI::App* orphans = verb(app, command, Verb::kOrphans, "orphans", "Work that exists in Plane only");
    CLI::App* dismiss =
        verb(*orphans, command, Verb::kOrphansDismiss, "dismiss", "Take it off the list; it stays in Plane");
    dismiss->add_option("ID", command.subject, "Its Plane id")->required();
    CLI::App* reviews = verb(app, command, Verb::kReviews, "reviews", "Work that is done and waits to be shipped");
    for (const char* decision : {"approve", "reject"}) {
        CLI::App* sub = reviews->add_subcommand(decision, decision == std::string("approve")
                                                              ? "Ship it (in Odoo, where the addon is)"
                                                              : "Close the review; nothing is shipped");
        sub->add_option("ID", command.id, "The review's number")->required();
        sub->callback([&command, decision] {
            command.verb = Verb::kReviewsDecide;
            command.decision = decision;
        });
    }
    for (CLI::App* sub : {links, conflicts, orphans, reviews}) detail::add_rows(*sub, command);
}

void add_setup_verbs(CLI::App& app, Command& command) {
    ConnectArgs& connect = command.connect;
    CLI::App* sub = verb(app, command, Verb::kConnect, "connect", "Set up a peer: asks for what is not given");
    sub->add_option("PEER", connect.peer, "odoo or plane")->required()->check(CLI::IsMember({"odoo", "plane"}));
    sub->add_option("URL", connect.url, "Its address; for Plane with the workspace: https://plane.example.com/acme");
    sub->add_option("--database", connect.database, "Odoo's database");
    sub->add_option("--login", connect.login, "Odoo's login (before version 19)");
    sub->add_option("--workspace", connect.workspace, "Plane's workspace");
    CLI::Option* ref = sub->add_option("--key-ref", connect.key_ref, "Where the key is kept: env:NAME or file:/path");
    CLI::Option* file =
        sub->add_option("--key-file", connect.key_file, "Read the key from this file and seal it")->excludes(ref);
    sub->add_flag("--key-stdin", connect.key_stdin, "Read the key from standard input and seal it")
        ->excludes(ref)
        ->excludes(file);
    sub->add_option("--calls-per-minute", connect.calls_per_minute, "Plane's limit for this key; 0: none")
        ->check(CLI::Range(0, 100000));
    verb(app, command, Verb::kDoctor, "doctor", "Check everything, and say what to do");
    verb(app, command, Verb::kMigrate, "migrate", "Bring the store to this program's version");
    verb(app, command, Verb::kActions, "actions", "Everything that can be asked for, with its inputs and outputs");
    CLI::App* profile = app.add_subcommand("profile", "Work on profiles")->require_subcommand(1);
    CLI::App* lint = verb(*profile, command, Verb::kProfileLint, "lint", "Check a profile: what will not survive");
    lint->add_option("FILE", command.subject, "A file or a built-in name; else the configured one");
}

void add_company(CLI::App& sub, int& projects, int& milestones, int& tasks, std::uint64_t& seed) {
    sub.add_option("--projects", projects, "Size of the company")->check(CLI::Range(1, 1000));
    sub.add_option("--milestones", milestones, "Size of the company")->check(CLI::Range(0, 10000));
    sub.add_option("--tasks", tasks, "Size of the company")->check(CLI::Range(0, 200000));
    sub.add_option("--seed", seed, "The same seed gives the same company and the same faults");
}

constexpr int kSimRecordsMax = 5'000'000;

void add_simulate(CLI::App& app, Command& command) {
    SimulateArgs& args = command.simulate;
    CLI::App* sub = verb(app, command, Verb::kSimulate, "simulate",
                         "Play random schedules of edits, faults and crashes, and check every promise");
    sub->add_option("--seed", args.seed, "Of the first schedule; the same seed gives the same schedule");
    CLI::Option* count = sub->add_option("--count", args.count, "How many schedules, from that seed on")
                             ->check(CLI::Range(std::uint64_t{1}, kSchedulesMax));
    sub->add_option("--steps", args.steps, "So many steps in each schedule")->check(CLI::Range(1, kStepsMax));
    sub->add_option("--keep", args.keep, "Play only this part of the schedule, as a failing one was shrunk to")
        ->excludes(count);
    sub->add_option("--workers", args.workers, "So many at once; 0: one for each processor")
        ->check(CLI::Range(0, kWorkersMax));
}

void add_demo_verbs(CLI::App& app, Command& command) {
    SimArgs& sim = command.sim;
    CLI::App* sub = verb(app, command, Verb::kSim, "sim", "A simulated Odoo or Plane, over real HTTP");
    sub->add_option("PEER", sim.peer, "odoo or plane")->required()->check(CLI::IsMember({"odoo", "plane"}));
    sub->add_option("--port", sim.port, "0: a free one")->check(CLI::Range(0, 65535));
    sub->add_option("--key-file", sim.key_file, "The key that works; else a well-known one");
    sub->add_option("--database", sim.database, "Odoo's database");
    sub->add_option("--workspace", sim.workspace, "Plane's workspace");
    sub->add_option("--people-file", sim.people_file, "Plane's users: a JSON array of email, first_name, last_name");
    sub->add_flag("!--no-addon", sim.addon, "Odoo without the addon ipai_ppm");
    sub->add_option("--records", sim.records, "Odoo's trade: N partners, 5 N products, N/2 orders")
        ->check(CLI::Range(0, kSimRecordsMax));
    sub->add_option("--partners", sim.partners, "Instead of N")->check(CLI::Range(0, kSimRecordsMax));
    sub->add_option("--products", sim.products, "Instead of 5 N")->check(CLI::Range(0, kSimRecordsMax));
    sub->add_option("--orders", sim.orders, "Instead of N/2")->check(CLI::Range(0, kSimRecordsMax));
    sub->add_option("--modules", sim.modules, "Odoo's trade modules; there is loyalty too; \"\" for none");
    sub->add_flag("!--no-relations", sim.relations, "A Plane that cannot relate items (before 1.3.0)");
    sub->add_option("--calls-per-minute", sim.calls_per_minute, "Plane's limit; 0: none")
        ->check(CLI::Range(0, 1000000));
    sub->add_option("--latency-ms", sim.latency_ms, "Each answer this much later")->check(CLI::Range(0, 60000));
    sub->add_option("--fault-share", sim.fault_share, "So many calls go wrong: 0.05 is one in twenty")
        ->check(CLI::Range(0.0, 1.0));
    CLI::Option* webhook = sub->add_option("--webhook", sim.webhook, "Plane: the address that it tells what happens");
    sub->add_option("--webhook-secret-file", sim.webhook_secret_file, "Plane: what it signs with")->needs(webhook);
    add_company(*sub, sim.projects, sim.milestones, sim.tasks, sim.seed);

    add_simulate(app, command);

    DemoArgs& demo = command.demo;
    sub = verb(app, command, Verb::kDemo, "demo", "See it work: a company in Odoo appears in Plane and stays in step");
    sub->add_flag("--once", demo.once, "Sync twice, print a summary as JSON, end");
    sub->add_option("--peer", demo.peer, "sim, or odoo19 for an Odoo of yours")
        ->check(CLI::IsMember({"sim", "odoo19"}));
    sub->add_option("--odoo-url", demo.odoo_url, "With --peer odoo19");
    sub->add_option("--odoo-database", demo.odoo_database, "With --peer odoo19");
    sub->add_option("--odoo-key-file", demo.odoo_key_file, "With --peer odoo19");
    add_company(*sub, demo.projects, demo.milestones, demo.tasks, demo.seed);
}

}  // namespace

std::variant<Command, Say> parse(const std::vector<std::string>& arguments) {
    Command command;
    CLI::App app("Keeps Odoo and Plane telling the same truth, and can prove it.", "syncline");
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", "syncline " + std::string(kVersion));
    app.footer(exit_code_help());
    add_globals(app, command.globals);
    add_sync_verbs(app, command);
    add_list_verbs(app, command);
    detail::add_event_verbs(app, command);
    detail::add_proof_verbs(app, command);
    detail::add_promote_verbs(app, command);
    detail::add_mirror_verbs(app, command);
    add_setup_verbs(app, command);
    add_demo_verbs(app, command);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp&) {
        const std::vector<CLI::App*> chosen = app.get_subcommands();
        return Say{kOk, chosen.empty() ? app.help() : chosen.front()->help()};
    } catch (const CLI::CallForVersion&) {
        return Say{kOk, "syncline " + std::string(kVersion) + "\n"};
    } catch (const CLI::ParseError& error) {
        return Say{kUsage, std::string("syncline: ") + error.what() + "\nTry `syncline --help`.\n"};
    }
    return command;
}

}  // namespace syncline::cli
