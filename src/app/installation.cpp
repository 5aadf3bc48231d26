#include "app/installation.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/secret_store.hpp"
#include "app/home.hpp"
#include "app/measured_client.hpp"
#include "app/profiles.hpp"
#include "governance/ship_reviews.hpp"
#include "net/curl_client.hpp"
#include "net/url.hpp"

namespace syncline::app {

namespace {

constexpr unsigned kConfigMode = 0644;

std::string caller_name() {
    const passwd* entry = getpwuid(geteuid());
    return entry ? entry->pw_name : "uid " + std::to_string(geteuid());
}

profile::Guard guarded(profile::Guard guard, const Config& config) {
    guard.share_max = config.guard_share_max.value_or(guard.share_max);
    guard.changes_min = config.guard_changes_min.value_or(guard.changes_min);
    guard.deletions_max = config.guard_deletions_max.value_or(guard.deletions_max);
    return guard;
}

}  // namespace

struct Installation::Connected {
    std::unique_ptr<odoo::Client> odoo;
    std::unique_ptr<plane::Client> plane;
    std::unique_ptr<sync::Context> context;
    std::unique_ptr<sync::Engine> engine;
};

struct Installation::Mirroring {
    Mirroring(net::HttpClient& http, Clock& clock, mirror::Quota quota) : meter(http, clock, quota) {}
    mirror::Meter meter;
    std::unique_ptr<odoo::Client> client;
    std::atomic<bool> stop{false};
};

Installation::~Installation() = default;

Result<Config> load_config(const std::string& home) {
    const std::string path = config_path(home);
    const Result<std::string> text = read_file(path);
    if (!text && text.error().code == Errc::kNotFound) return Config();
    if (!text) return text.error();
    return parse_config(*text, path);
}

Result<void> save_connections(const std::string& home, const std::optional<OdooConfig>& odoo,
                              const std::optional<PlaneConfig>& plane) {
    const std::string path = config_path(home);
    Result<std::string> text = read_file(path);
    if (!text && text.error().code != Errc::kNotFound) return text.error();
    const std::string before = text ? *text : "profile = \"delivery\"\n";
    const std::string after = with_connections(before, odoo, plane);
    TRY(parse_config(after, path));  // never leave a file behind that cannot be read
    return write_file(path, after, kConfigMode);
}

Result<std::unique_ptr<Installation>> Installation::open(const cli::Globals& globals, InstallationHooks hooks,
                                                         bool migrate) {
    std::unique_ptr<Installation> it(new Installation());
    it->home_ = TRY(home_folder(globals.home));
    it->hooks_ = std::move(hooks);
    TRY(make_folder(it->home_));
    it->config_ = TRY(load_config(it->home_));
    it->profile_ = TRY(open_profile(globals.profile.empty() ? it->config_.profile : globals.profile));
    it->profile_.guard = guarded(it->profile_.guard, it->config_);
    it->store_ = TRY(Store::open(it->home_, globals.store.empty() ? it->config_.store : globals.store));
    if (migrate) TRY(it->store_->migrate());
    it->http_ = net::make_curl_client();
    const auto measured = [at = it.get()](std::string peer) {
        return std::make_unique<MeasuredClient>(*at->http_, at->clock_, [at, peer](int status, Micros took) {
            if (at->told_of_request_) at->told_of_request_(peer, status, took);
        });
    };
    it->odoo_http_ = measured("odoo");
    it->plane_http_ = measured("plane");
    it->odoo_breaker_ = std::make_unique<net::Breaker>(*it->odoo_http_, it->clock_, "Odoo");
    it->plane_breaker_ = std::make_unique<net::Breaker>(*it->plane_http_, it->clock_, "Plane");
    return it;
}

Result<vault::Secret> Installation::secret(const vault::SecretRef& ref) {
    std::optional<vault::SealingKey> key;
    if (ref.kind == vault::SecretRef::Kind::kVault) {
        Result<vault::SealingKey> opened = vault::SealingKey::open(key_path(home_), false);
        if (opened) {
            key = std::move(*opened);
        } else if (opened.error().code != Errc::kKeyMissing) {
            return std::move(opened).error();
        }
    }
    Result<vault::Secret> found =
        vault::resolve(ref, key ? &*key : nullptr, access::sealed_reader(store_->database(), access::default_org()));
    if (found || found.error().code != Errc::kKeyMissing) return found;
    Error missing = std::move(found).error();
    if (ref.kind == vault::SecretRef::Kind::kVault) missing.hint = "`syncline connect " + ref.name + "` asks for it";
    return missing;
}

Result<void> Installation::seal_secret(const std::string& name, const vault::Secret& secret) {
    const vault::SealingKey key = TRY(vault::SealingKey::open(key_path(home_), true));
    return access::put_sealed(store_->database(), access::default_org(), name, TRY(key.seal(name, secret)));
}

std::unique_ptr<odoo::Client> Installation::odoo_client(const OdooConfig& config, vault::Secret key) {
    odoo::Settings settings;
    settings.url = config.url;
    settings.database = config.database;
    settings.login = config.login;
    settings.key = std::move(key);
    return std::make_unique<odoo::Client>(*odoo_breaker_, clock_, random_, std::move(settings));
}

std::unique_ptr<plane::Client> Installation::plane_client(const PlaneConfig& config, vault::Secret key,
                                                          std::string_view external_source) {
    plane::Settings settings;
    settings.url = config.url;
    settings.workspace = config.workspace;
    settings.key = std::move(key);
    settings.budget.calls_max = config.calls_per_minute;
    if (!external_source.empty()) settings.external_source = external_source;
    return std::make_unique<plane::Client>(*plane_breaker_, clock_, random_, std::move(settings));
}

Result<void> Installation::reconnect() {
    config_ = TRY(load_config(home_));
    const std::lock_guard lock(connecting_);
    connected_.reset();
    mirroring_.reset();
    return ok();
}

std::vector<Installation::PeerState> Installation::peer_states() {
    std::vector<PeerState> states = {{"odoo", odoo_breaker_->state(), std::nullopt},
                                     {"plane", plane_breaker_->state(), std::nullopt}};
    const std::lock_guard lock(connecting_);
    const bool limited = config_.plane && config_.plane->calls_per_minute > 0;
    if (connected_ && limited) states.back().budget = connected_->plane->budget_available();
    return states;
}

Result<actions::Peers> Installation::peers() {
    if (!connected_) {
        if (!config_.odoo || !config_.plane) {
            const std::string peer = config_.odoo ? "plane" : "odoo";
            return make_error(Errc::kNotConfigured,
                              (config_.odoo ? "Plane" : "Odoo") + std::string(" is not connected"),
                              "`syncline connect " + peer + "` asks for what is needed");
        }
        auto made = std::make_unique<Connected>();
        made->odoo = odoo_client(*config_.odoo, TRY(secret(config_.odoo->key)));
        made->plane = plane_client(*config_.plane, TRY(secret(config_.plane->key)));
        sync::Settings settings;
        settings.scope = scope();
        settings.close_out_every = config_.close_out_every;
        sync::Hooks hooks;
        hooks.progress = hooks_.progress;
        hooks.stop = hooks_.stop;
        hooks.settled = [this](pg::Transaction& tx, const sync::Settled& settled) {
            return governance::on_settled(tx, scope(), profile_, settled);
        };
        made->context.reset(new sync::Context{store_->database(), *made->odoo, *made->plane, clock_, random_, profile_,
                                              std::move(settings), std::move(hooks)});
        made->engine = std::make_unique<sync::Engine>(*made->context);
        const std::lock_guard lock(connecting_);
        connected_ = std::move(made);
    }
    return actions::Peers{*connected_->odoo, *connected_->plane, *connected_->engine, *connected_->context};
}

Result<actions::MirrorPeer> Installation::mirror_peer() {
    if (!config_.odoo) {
        return make_error(Errc::kNotConfigured, "Odoo is not connected",
                          "`syncline connect odoo` asks for what is needed");
    }
    const MirrorConfig config = config_.mirror.value_or(MirrorConfig{});
    mirror::PullerSettings settings;
    settings.source = {scope().org, "odoo"};
    settings.server = config_.odoo->url + " " + config_.odoo->database;
    settings.in_flight = config.in_flight;
    settings.overlap = config.overlap;
    if (!mirroring_) {
        odoo::Settings odoo;
        odoo.url = config_.odoo->url;
        odoo.database = config_.odoo->database;
        odoo.login = config_.odoo->login;
        odoo.key = TRY(secret(config_.odoo->key));
        auto made = std::make_unique<Mirroring>(*odoo_breaker_, clock_,
                                                mirror::Quota{config.calls_per_minute, config.calls_per_day});
        TRY(store_->database().run(settings.source.org.text(),
                                   [&](pg::Transaction& tx) { return made->meter.load(tx, settings.source); }));
        made->client = std::make_unique<odoo::Client>(made->meter, clock_, random_, std::move(odoo));
        mirroring_ = std::move(made);
    }
    actions::MirrorPeer peer{*mirroring_->client, mirroring_->meter, random_,
                             std::move(settings), &mirroring_->stop, {}};
    peer.progress = [this](const mirror::Progress& progress) {
        if (hooks_.stop && hooks_.stop()) mirroring_->stop = true;
        if (!hooks_.progress) return;
        const bool waiting = progress.waiting > 0;
        hooks_.progress({(waiting ? "Odoo does not answer, waiting: " : "pulling ") + std::string(progress.entity),
                         progress.done, progress.total});
    };
    return peer;
}

std::vector<actions::Check> Installation::local_checks() const {
    std::vector<actions::Check> checks;
    checks.push_back({"home", "ok", home_, ""});
    checks.push_back(
        {"store", "ok", store_->is_private() ? "the private PostgreSQL" : "the PostgreSQL that the settings name", ""});
    struct stat facts {};
    const bool there = stat(key_path(home_).c_str(), &facts) == 0;
    const bool wanted = (config_.odoo && config_.odoo->key.kind == vault::SecretRef::Kind::kVault) ||
                        (config_.plane && config_.plane->key.kind == vault::SecretRef::Kind::kVault);
    constexpr unsigned kOthers = 077;
    if (there && (facts.st_mode & kOthers) != 0) {
        checks.push_back({"vault", "fail", "others may read the key file", "chmod 600 " + key_path(home_)});
    } else if (there) {
        checks.push_back({"vault", "ok", "the key file is private", ""});
    } else {
        checks.push_back({"vault", wanted ? "fail" : "ok", "no key file yet",
                          wanted ? "put " + key_path(home_) + " back from a backup, or connect the peers again" : ""});
    }
    return checks;
}

std::vector<actions::HookSetting> Installation::hook_settings() {
    const bool listens = config_.listen != "off";
    const std::string listening = "http://" + (config_.listen.empty() ? std::string(kListenDefault) : config_.listen);
    std::vector<actions::HookSetting> settings;
    for (const HookConfig& hook : config_.hooks) {
        actions::HookSetting setting;
        setting.name = hook.name;
        setting.source = ingress::to_string(hook.source);
        setting.url = net::join_path(config_.public_url.empty() ? listening : config_.public_url,
                                     "/hooks/" + setting.source + "/" + hook.name);
        bool can_verify = false;
        for (const vault::SecretRef& reference : hook.secrets) {
            setting.secret += (setting.secret.empty() ? "" : ", ") + reference.text();
            const Result<vault::Secret> value = secret(reference);
            can_verify = can_verify || value.ok();
            if (!value) setting.problem = value.error().message;
        }
        if (can_verify) setting.problem.clear();
        if (!listens) setting.problem = "the settings say listen = \"off\"";
        settings.push_back(std::move(setting));
    }
    return settings;
}

actions::Services Installation::services() {
    actions::Services services{store_->database(), profile_, scope(), clock_, {}, {}, {}, {}};
    if (config_.odoo) {
        services.config.odoo = config_.odoo->url + (config_.odoo->database.empty() ? "" : " " + config_.odoo->database);
    }
    if (config_.plane) services.config.plane = config_.plane->url + " " + config_.plane->workspace;
    services.config.caller = caller_name();
    services.config.hooks = hook_settings();
    if (config_.mirror) {
        services.config.mirror = {config_.mirror->entities, config_.mirror->companies, config_.mirror->preview_life};
    }
    services.peers = [this] { return peers(); };
    services.mirror = [this] { return mirror_peer(); };
    services.open_profile = open_profile;
    services.local_checks = [this] { return local_checks(); };
    services.progress = hooks_.progress;
    services.stop = hooks_.stop;
    return services;
}

}  // namespace syncline::app
