#include "app/demo.hpp"

#include "actions/handlers.hpp"
#include "app/detail/child.hpp"
#include "app/detail/demo_company.hpp"
#include "app/detail/demo_home.hpp"
#include "app/detail/demo_mirror.hpp"
#include "app/detail/demo_trade.hpp"
#include "app/home.hpp"
#include "app/installation.hpp"
#include "app/serve.hpp"
#include "app/signals.hpp"
#include "app/terminal.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/render.hpp"
#include "governance/ship_reviews.hpp"
#include "net/curl_client.hpp"
#include "net/free_port.hpp"
#include "net/http.hpp"
#include "sim/odoo/server.hpp"
#include "sim/plane/server.hpp"

namespace syncline::app {

namespace {

constexpr std::size_t kPlanLinksShown = 12;
constexpr unsigned kSecretMode = 0600;
constexpr std::string_view kListening = "listening on ";

// The demo's peers: simulated ones are children of this process.
struct DemoPeers {
    std::unique_ptr<detail::Child> odoo_child;
    std::unique_ptr<detail::Child> plane_child;
    OdooConfig odoo;
    PlaneConfig plane;
    std::string left_out;
    int hook_port = 0;  // where Plane tells what happens
};

constexpr std::string_view kHookName = "demo";

Result<std::string> address_of(const detail::Child& child) {
    if (!child.first_line().starts_with(kListening)) {
        return make_error(Errc::kInternal, "a simulated peer said: " + child.first_line());
    }
    return child.first_line().substr(kListening.size());
}

std::vector<std::string> company_arguments(const cli::DemoArgs& args) {
    return {"--seed",       std::to_string(args.seed),       "--projects", std::to_string(args.projects),
            "--milestones", std::to_string(args.milestones), "--tasks",    std::to_string(args.tasks)};
}

Result<void> start_odoo(const detail::DemoHome& home, const cli::DemoArgs& args, DemoPeers& peers) {
    if (args.peer == "odoo19") {
        if (args.odoo_url.empty() || args.odoo_key_file.empty()) {
            return make_error(Errc::kNotConfigured, "--peer odoo19 needs an Odoo",
                              "give --odoo-url, --odoo-database and --odoo-key-file");
        }
        peers.odoo.url = args.odoo_url;
        peers.odoo.database = args.odoo_database;
        const std::string key = TRY(read_file(args.odoo_key_file));
        return write_file(home.path("odoo.key"), std::string(trim(key)) + "\n", kSecretMode);
    }
    TRY(write_file(home.path("odoo.key"), sim::OdooOptions().key + "\n", kSecretMode));
    std::vector<std::string> arguments = {"sim", "odoo", "--key-file", home.path("odoo.key")};
    for (std::string& word : company_arguments(args)) arguments.push_back(std::move(word));
    peers.odoo_child = TRY(detail::Child::start(arguments));
    peers.odoo.url = TRY(address_of(*peers.odoo_child));
    peers.odoo.database = sim::OdooOptions().database;
    return ok();
}

Result<void> start_plane(const detail::DemoHome& home, const cli::DemoArgs& args, odoo::Client& odoo,
                         DemoPeers& peers) {
    const detail::People people = TRY(detail::people_for_plane(odoo));
    peers.left_out = people.left_out;
    TRY(write_file(home.path("people.json"), people.json + "\n", 0644));
    TRY(write_file(home.path("plane.key"), sim::PlaneOptions().key + "\n", kSecretMode));
    SystemRandom random;
    TRY(write_file(home.path("hook.secret"), "plane_wh_" + random.uuid() + "\n", kSecretMode));
    peers.hook_port = TRY(net::free_port());
    peers.plane_child = TRY(detail::Child::start(
        {"sim", "plane", "--key-file", home.path("plane.key"), "--people-file", home.path("people.json"), "--seed",
         std::to_string(args.seed), "--webhook",
         "http://127.0.0.1:" + std::to_string(peers.hook_port) + "/hooks/plane/" + std::string(kHookName),
         "--webhook-secret-file", home.path("hook.secret")}));
    peers.plane.url = TRY(address_of(*peers.plane_child));
    peers.plane.workspace = sim::PlaneOptions().workspace;
    peers.plane.calls_per_minute = 0;  // the simulated one has no limit
    return ok();
}

Result<void> write_settings(const detail::DemoHome& home, const cli::Globals& globals, const DemoPeers& peers) {
    const std::string profile = globals.profile.empty() ? "delivery" : globals.profile;
    const std::string text = "# Made by `syncline demo`.\nprofile = \"" + profile +
                             "\"\n\n[serve]\nlisten = \"127.0.0.1:" + std::to_string(peers.hook_port) +
                             "\"\nodoo_every = \"1s\"\nplane_every = \"30s\"\nclose_out_every = "
                             "\"1m\"\n\n" +
                             (peers.odoo_child ? "" : "[mirror]\ncompanies = [1]\n\n") + "[hooks." +
                             std::string(kHookName) +
                             "]\nsource = \"plane\"\nsecrets = [\"file:" + home.path("hook.secret") + "\"]\n";
    return write_file(config_path(home.folder()), with_connections(text, peers.odoo, peers.plane), 0644);
}

// One key for both uses: sealed for syncline, in a file for the curl lines that people paste.
Result<void> seal_keys(const detail::DemoHome& home, Installation& installation) {
    for (const char* name : {"odoo", "plane"}) {
        const std::string file = home.path(std::string(name) + ".key");
        const vault::Secret key = TRY(vault::resolve({vault::SecretRef::Kind::kFile, file}));
        TRY(installation.seal_secret(name, key));
    }
    return ok();
}

// A task and its item, for the commands to try.
struct Example {
    actions::LinkRow task;
    std::string project_plane_id;
    std::string done_state;
};

Result<Example> example_of(Installation& installation, actions::Services& services) {
    Example example;
    const actions::LinkList tasks = TRY(actions::links_list(services, {"task", "", "active", 1000}));
    actions::Peers peers = TRY(installation.peers());
    for (const actions::LinkRow& row : tasks.links) {
        const actions::Explanation it = TRY(actions::links_explain(services, {row.link}));
        bool open = false;
        for (const actions::FieldView& field : it.fields) {
            if (field.field != "state" || !field.plane.is_string()) continue;
            const std::string_view state = field.plane.get_string();
            open = !governance::state_matches(services.profile, "group:completed", state) &&
                   !governance::state_matches(services.profile, "group:cancelled", state);
        }
        if (!open) continue;
        example.task = row;
        break;
    }
    const profile::EntityMap* container = sync::container_entity(services.profile);
    if (example.task.link.empty() || !container) return example;
    const actions::LinkList projects = TRY(actions::links_list(services, {container->name, "", "active", 1000}));
    for (const actions::LinkRow& project : projects.links) {
        if (project.title != example.task.project) continue;
        example.project_plane_id = project.plane_id;
        for (const json::Object& state : TRY(peers.plane.states(project.plane_id))) {
            if (json::text_or(state, "group") == "completed") example.done_state = json::text_or(state, "id");
        }
    }
    return example;
}

std::string what_to_try(const DemoPeers& peers, const detail::DemoHome& home, const Example& example,
                        const cli::Style& style) {
    const std::string odoo_key = "\"Authorization: bearer $(cat " + home.path("odoo.key") + ")\"";
    const std::string plane_key = "\"X-API-Key: $(cat " + home.path("plane.key") + ")\"";
    std::string out = "\n" + style.bold("try, in another terminal") + "\n";
    if (!example.task.link.empty()) {
        out += style.dim("# rename a task in Odoo") + "\ncurl -s -H " + odoo_key +
               " -H 'Content-Type: application/json'" +
               (peers.odoo.database.empty() ? "" : " -H 'X-Odoo-Database: " + peers.odoo.database + "'") +
               " -d '{\"ids\": [" + example.task.odoo_id + "], \"vals\": {\"name\": \"Renamed in Odoo\"}}' " +
               peers.odoo.url + "/json/2/project.task/write\n";
        out += style.dim("# drag it to Done in Plane") + "\ncurl -s -X PATCH -H " + plane_key +
               " -H 'Content-Type: application/json' -d '{\"state\": \"" + example.done_state + "\"}' " +
               peers.plane.url + "/api/v1/workspaces/" + peers.plane.workspace + "/projects/" +
               example.project_plane_id + "/work-items/" + example.task.plane_id + "/ | head -c 300\n";
        out += style.dim("# and ask about it") + "\n" + style.program + " explain " + example.task.link + "\n";
    }
    for (const char* verb : {"status", "users", "reviews", "conflicts"}) out += style.program + " " + verb + "\n";
    return out + "\n";
}

struct Told {
    bool once;
    bool quiet;
    cli::Style style;
    void line(const std::string& text) const {
        if (!quiet) print(text + "\n");
    }
};

std::string summary_of(const actions::SyncReport& plan_cost, const actions::SyncReport& first,
                       const actions::SyncReport& check, const actions::SyncReport& idle, std::int64_t conflicts,
                       double seconds) {
    return json::canonical(json::Object{{"links", idle.links},
                                        {"writes", first.writes},
                                        {"parked", idle.parked},
                                        {"conflicts", conflicts},
                                        {"odoo_calls", plan_cost.odoo_calls + first.odoo_calls},
                                        {"plane_calls", plan_cost.plane_calls + first.plane_calls},
                                        {"check_calls", check.odoo_calls + check.plane_calls},
                                        {"idle_calls", idle.odoo_calls + idle.plane_calls},
                                        {"idle_writes", check.writes + idle.writes},
                                        {"seconds", seconds}}) +
           "\n";
}

Result<int> play(const cli::Command& command, const detail::DemoHome& home, const DemoPeers& peers,
                 Installation& installation, const Told& told, watch::Log& log) {
    const Time began = installation.clock().now();
    actions::Services services = installation.services();
    actions::Peers connected = TRY(installation.peers());
    const actions::PlanReport plan = TRY(actions::sync_plan(services, {"full"}));
    actions::SyncReport plan_cost;
    plan_cost.odoo_calls = net::total(connected.odoo.calls());
    plan_cost.plane_calls = net::total(connected.plane.calls());
    if (!told.quiet) print("\n" + cli::render(plan, told.style, kPlanLinksShown));
    const actions::SyncReport first = TRY(actions::sync_run(services, {"auto"}));
    if (!told.quiet) print("\n" + cli::render(first, told.style));
    if (!peers.left_out.empty()) told.line("  " + peers.left_out + " was left out of Plane on purpose: see `users`");
    if (command.demo.peer == "odoo19") {
        const auto tell = [&](const std::string& text) {
            if (!told.quiet) print(text);
        };
        TRY(detail::show_mirror(services, tell, told.style));
    }
    if (!told.once) {
        print(what_to_try(peers, home, TRY(example_of(installation, services)), told.style));
        told.line("serving until Ctrl-C");
        TRY(serve(installation, {false, command.globals.json, told.quiet, told.style}, log));
        told.line("stopped; " + home.folder() + " is left behind");
        return cli::kOk;
    }
    // The look after the first sync reads once what was written; from then on a look costs what it costs when idle.
    const actions::SyncReport check = TRY(actions::sync_run(services, {"auto"}));
    const actions::SyncReport idle = TRY(actions::sync_run(services, {"auto"}));
    const actions::StatusReport status = TRY(actions::sync_status(services, {}));
    const double seconds = std::chrono::duration<double>(installation.clock().now() - began).count();
    told.line("two more looks wrote " + std::to_string(check.writes + idle.writes) + ", the last one for " +
              cli::counted(idle.odoo_calls + idle.plane_calls, "call"));
    print(summary_of(plan_cost, first, check, idle, status.conflicts, seconds));
    return cli::kOk;
}

}  // namespace

Result<int> run_demo(const cli::Command& command, watch::Log& log) {
    catch_signals();
    cli::Globals globals = command.globals;
    globals.home = TRY(home_folder(globals.home.empty() ? ".demo" : globals.home));
    const detail::DemoHome home = TRY(detail::DemoHome::make_anew(globals.home));
    Told told{command.demo.once, globals.quiet || globals.json, style_of(globals)};
    told.style.program = program_path() + told.style.program.substr(std::string_view("syncline").size());

    DemoPeers peers;
    TRY(start_odoo(home, command.demo, peers));
    cli::ProgressLine line;
    InstallationHooks hooks;
    hooks.stop = stop_asked;
    if (error_is_terminal() && !told.quiet) {
        hooks.progress = [&line](const sync::Progress& progress) {
            print_error(line.update(progress, SystemClock().now()));
            if (progress.total > 0 && progress.done == progress.total) print_error(line.clear());
        };
    }
    // The settings are complete only when Plane runs, and Plane's people come from Odoo.
    {
        SystemClock clock;
        SystemRandom random;
        const std::unique_ptr<net::HttpClient> http = net::make_curl_client();
        odoo::Settings settings;
        settings.url = peers.odoo.url;
        settings.database = peers.odoo.database;
        settings.key = TRY(vault::resolve({vault::SecretRef::Kind::kFile, home.path("odoo.key")}));
        odoo::Client odoo(*http, clock, random, std::move(settings));
        told.line("Odoo   " + peers.odoo.url + ", version " + TRY(odoo.probe()).version);
        if (command.demo.peer == "odoo19" && TRY(detail::fill_real_odoo(odoo, command.demo))) {
            told.line("       a company was made there");
        }
        if (command.demo.peer == "odoo19" && TRY(detail::fill_real_trade(odoo))) {
            told.line("       with customers, products, orders and invoices");
        }
        TRY(start_plane(home, command.demo, odoo, peers));
        told.line("Plane  " + peers.plane.url + "/" + peers.plane.workspace);
    }
    TRY(write_settings(home, globals, peers));
    const std::unique_ptr<Installation> installation = TRY(Installation::open(globals, hooks));
    TRY(seal_keys(home, *installation));
    told.line("store  " + home.folder() + (installation->store().is_private() ? "/pg" : ""));
    return play(command, home, peers, *installation, told, log);
}

}  // namespace syncline::app
