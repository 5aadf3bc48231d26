#include "app/connect.hpp"

#include <iterator>

#include "app/home.hpp"
#include "app/installation.hpp"
#include "app/signals.hpp"
#include "app/terminal.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "net/url.hpp"

namespace syncline::app {

namespace {

constexpr std::size_t kStdinBytesMax = 64 * 1024;

Result<std::string> need(std::string given, const std::string& question, const std::string& flag) {
    if (given.empty()) given = ask(question);
    if (given.empty()) return make_error(Errc::kNotConfigured, "not told: " + flag, "give it as " + flag);
    return given;
}

std::string read_stdin() {
    std::string text;
    for (int c = std::getchar(); c != EOF && c != '\n' && text.size() < kStdinBytesMax; c = std::getchar()) {
        text += static_cast<char>(c);
    }
    return text;
}

struct Key {
    vault::Secret value;
    std::optional<vault::SecretRef> ref;  // kept as it is; none: to be sealed
};

// From a reference, a file, standard input or the terminal; never from the command line, which everybody can read.
Result<Key> key_of(const cli::ConnectArgs& args, const std::string& question) {
    if (!args.key_ref.empty()) {
        const vault::SecretRef ref = TRY(vault::parse_secret_ref(args.key_ref));
        return Key{TRY(vault::resolve(ref)), ref};
    }
    vault::Secret value;
    if (!args.key_file.empty()) {
        value = TRY(vault::resolve({vault::SecretRef::Kind::kFile, args.key_file}));
    } else if (args.key_stdin) {
        value = vault::Secret(std::string(trim(read_stdin())));
    } else {
        value = ask_secret(question);
    }
    if (value.empty()) {
        return make_error(Errc::kKeyMissing, "no key was given",
                          "type it when asked, or give --key-file, --key-stdin or --key-ref env:NAME");
    }
    return Key{std::move(value), std::nullopt};
}

// Where one database is told, it is the one. Servers may keep their list to themselves: then the caller goes on
// without.
std::vector<std::string> listed_databases(net::HttpClient& http, const std::string& url) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = net::join_path(url, "web/database/list");
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"jsonrpc":"2.0","method":"call","params":{}})";
    const Result<net::HttpResponse> response = http.send(request);
    if (!response || response->status != 200) return {};
    const Result<json::Value> answer = json::parse(response->body);
    const json::Value* list = answer ? json::find(*answer, "result") : nullptr;
    std::vector<std::string> names;
    if (!list || !list->is_array()) return names;
    for (const json::Value& name : list->get_array()) {
        if (name.is_string()) names.emplace_back(name.get_string());
    }
    return names;
}

std::string guessed_database(net::HttpClient& http, const OdooConfig& config) {
    const std::vector<std::string> listed = listed_databases(http, config.url);
    if (listed.size() == 1) return listed.front();
    if (listed.size() > 1) return ask("Which database (" + join(listed, ", ") + ")? ");
    const Result<net::Url> url = net::parse_url(config.url);
    // Odoo's own hosting names the database after the host.
    if (url && url->host.ends_with(".odoo.com")) return url->host.substr(0, url->host.find('.'));
    return {};
}

Result<int> say(const cli::Command& command, const json::Object& found, const std::string& text) {
    print(command.globals.json ? json::canonical(found) + "\n" : text);
    return cli::kOk;
}

std::string next_step(const Installation& installation, const cli::Style& style) {
    const Result<Config> config = load_config(installation.home());
    if (!config || (config->odoo && config->plane)) return "next: " + style.program + " plan\n";
    return "next: " + style.program + " connect " + (config->odoo ? "plane" : "odoo") + "\n";
}

Result<int> connect_odoo(const cli::Command& command, Installation& installation) {
    const cli::ConnectArgs& args = command.connect;
    OdooConfig config = TRY(odoo_from_url(TRY(need(args.url, "Odoo's address: ", "URL"))));
    if (!args.database.empty()) config.database = args.database;
    config.login = args.login;
    Key key = TRY(key_of(args, "API key (Odoo: Preferences, Security, New API Key): "));
    if (config.database.empty()) config.database = guessed_database(installation.http(), config);
    Result<odoo::ServerInfo> info = installation.odoo_client(config, key.value)->probe();
    if (!info && info.error().code == Errc::kNotConfigured && config.database.empty()) {
        config.database = ask("Database: ");
        if (!config.database.empty()) info = installation.odoo_client(config, key.value)->probe();
    }
    if (!info && info.error().code == Errc::kNotConfigured && config.login.empty()) {
        config.login = ask("Login that the key belongs to: ");
        if (!config.login.empty()) info = installation.odoo_client(config, key.value)->probe();
    }
    if (!info) return info.error();
    const auto client = installation.odoo_client(config, key.value);
    const Result<odoo::FieldInfos> task = client->fields("project.task");
    const bool addon = task && task->contains("is_shipped");
    if (!key.ref) TRY(installation.seal_secret("odoo", key.value));
    if (key.ref) config.key = *key.ref;
    TRY(save_connections(installation.home(), config, std::nullopt));
    const cli::Style style = style_of(command.globals);
    return say(command,
               {{"peer", "odoo"},
                {"url", config.url},
                {"database", config.database},
                {"version", info->version},
                {"login", info->login},
                {"key", config.key.text()},
                {"projects", task.ok()},
                {"addon", addon}},
               style.good("connected") + ": Odoo " + info->version + " at " + config.url +
                   (config.database.empty() ? "" : ", database " + config.database) + ", as " + info->login + "\n" +
                   (task ? "  its projects and tasks can be read\n"
                         : "  but its tasks cannot: " + task.error().message + "\n") +
                   (addon ? "  the addon ipai_ppm is there: work can be shipped\n"
                          : "  the addon ipai_ppm is not there: nothing is marked as shipped, all else works\n") +
                   "  the key is kept as " + config.key.text() + "\n" + next_step(installation, style));
}

Result<int> connect_plane(const cli::Command& command, Installation& installation) {
    const cli::ConnectArgs& args = command.connect;
    PlaneConfig config = TRY(plane_from_url(TRY(need(args.url, "Plane's address, with the workspace: ", "URL"))));
    if (!args.workspace.empty()) config.workspace = args.workspace;
    config.workspace =
        TRY(need(config.workspace, "Workspace (the part of the address after the host): ", "--workspace"));
    if (installation.config().plane) config.calls_per_minute = installation.config().plane->calls_per_minute;
    if (args.calls_per_minute) config.calls_per_minute = *args.calls_per_minute;
    Key key = TRY(key_of(args, "API key (Plane: Settings, Personal Access Tokens): "));
    const auto client = installation.plane_client(config, key.value);
    const plane::Capabilities can = TRY(client->probe());
    const std::vector<json::Object> projects = TRY(client->projects());
    if (!key.ref) TRY(installation.seal_secret("plane", key.value));
    if (key.ref) config.key = *key.ref;
    TRY(save_connections(installation.home(), std::nullopt, config));
    const cli::Style style = style_of(command.globals);
    std::string limits;
    if (!can.relations) limits += "  it cannot relate items: blockers stay in Odoo\n";
    if (can.relations && !can.relations_delete)
        limits += "  relations cannot be taken away by its API: a removed blocker is parked\n";
    if (!can.custom_fields) limits += "  it has no custom fields: what needs them goes into descriptions\n";
    return say(command,
               {{"peer", "plane"},
                {"url", config.url},
                {"workspace", config.workspace},
                {"user", can.user_email},
                {"community", can.community},
                {"relations", can.relations},
                {"projects", projects.size()},
                {"key", config.key.text()},
                {"calls_per_minute", config.calls_per_minute}},
               style.good("connected") + ": Plane " + (can.community ? "Community Edition" : "Cloud") + " at " +
                   config.url + ", workspace " + config.workspace + ", as " +
                   (can.user_email.empty() ? can.user_id : can.user_email) + "\n" + "  " +
                   cli::counted(static_cast<std::int64_t>(projects.size()), "project") + " visible to this key\n" +
                   limits + "  the key is kept as " + config.key.text() + "\n" + next_step(installation, style));
}

}  // namespace

Result<OdooConfig> odoo_from_url(const std::string& pasted) {
    const std::string bare = pasted.substr(0, pasted.find('#'));
    const net::Url url = TRY(net::parse_url(bare.find("://") == std::string::npos ? "https://" + bare : bare));
    OdooConfig config;
    config.url = url.origin();
    for (const auto& [name, value] : net::decode_query(url.query)) {
        if (name == "db") config.database = value;
    }
    return config;
}

Result<PlaneConfig> plane_from_url(const std::string& pasted) {
    const std::string bare = pasted.substr(0, pasted.find('#'));
    const net::Url url = TRY(net::parse_url(bare.find("://") == std::string::npos ? "https://" + bare : bare));
    PlaneConfig config;
    config.url = url.host == "app.plane.so" ? "https://api.plane.so" : url.origin();
    const std::vector<std::string> parts = split(url.path, '/');  // "", first, …
    const std::string first = parts.size() > 1 ? parts[1] : "";
    const bool page = first == "api" || first == "god-mode" || first == "spaces" || first == "sign-in";
    if (!page) config.workspace = first;
    // An address of the API itself: /api/v1/workspaces/acme/…
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        if (page && parts[i] == "workspaces") config.workspace = parts[i + 1];
    }
    return config;
}

Result<int> run_connect(const cli::Command& command) {
    const std::unique_ptr<Installation> installation = TRY(Installation::open(command.globals, {}));
    return command.connect.peer == "odoo" ? connect_odoo(command, *installation)
                                          : connect_plane(command, *installation);
}

}  // namespace syncline::app
