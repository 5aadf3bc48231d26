// The composition root: everything that one home folder needs, wired once. The rest of the program sees references.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "actions/services.hpp"
#include "app/config.hpp"
#include "app/store.hpp"
#include "cli/command.hpp"
#include "net/breaker.hpp"
#include "vault/seal.hpp"

namespace syncline::app {

struct InstallationHooks {
    std::function<void(const sync::Progress&)> progress;  // may be empty
    std::function<bool()> stop;                           // may be empty
};

class Installation {
public:
    // Reads the settings, opens the profile and the store, brings the store up to date when `migrate`. The peers are
    // connected when first asked for. Main thread only.
    static Result<std::unique_ptr<Installation>> open(const cli::Globals& globals, InstallationHooks hooks,
                                                      bool migrate = true);
    ~Installation();

    const std::string& home() const { return home_; }
    const Config& config() const { return config_; }
    Store& store() { return *store_; }
    const profile::Profile& profile() const { return profile_; }
    Clock& clock() { return clock_; }
    access::Scope scope() const { return {access::default_org(), profile_.name}; }

    actions::Services services();
    Result<actions::Peers> peers();
    // Odoo alone, as the mirror asks it. Connected when first asked.
    Result<actions::MirrorPeer> mirror_peer();
    // Reads the settings again and connects anew when next asked: somebody may have mended a key meanwhile.
    Result<void> reconnect();

    // Clients for settings that are not saved yet.
    std::unique_ptr<odoo::Client> odoo_client(const OdooConfig& config, vault::Secret key);
    // `external_source`: in whose name it makes records; "" = the sync's.
    std::unique_ptr<plane::Client> plane_client(const PlaneConfig& config, vault::Secret key,
                                                std::string_view external_source = {});
    net::HttpClient& http() { return *http_; }
    // Told of each request to a peer: its name, the status (0: no answer), how long it took; from any thread. To be set
    // before anything is asked.
    using OnRequest = std::function<void(const std::string& peer, int status, Micros took)>;
    void on_request(OnRequest told) { told_of_request_ = std::move(told); }

    struct PeerState {
        std::string name;  // "odoo", "plane"
        net::Breaker::State breaker;
        std::optional<double> budget;  // calls that could be made now without waiting; none: not known yet
    };
    // Safe from any thread.
    std::vector<PeerState> peer_states();

    // The value behind a reference; a missing one names the command that sets it.
    Result<vault::Secret> secret(const vault::SecretRef& ref);
    // Seals a value under HOME/vault.key (made when absent) as vault:NAME.
    Result<void> seal_secret(const std::string& name, const vault::Secret& secret);

private:
    Installation() = default;
    struct Connected;
    struct Mirroring;
    std::vector<actions::Check> local_checks() const;
    std::vector<actions::HookSetting> hook_settings();

    std::string home_;
    Config config_;
    profile::Profile profile_;
    SystemClock clock_;
    SystemRandom random_;
    InstallationHooks hooks_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<net::HttpClient> http_;
    OnRequest told_of_request_;
    std::unique_ptr<net::HttpClient> odoo_http_;
    std::unique_ptr<net::HttpClient> plane_http_;
    std::unique_ptr<net::Breaker> odoo_breaker_;
    std::unique_ptr<net::Breaker> plane_breaker_;
    std::mutex connecting_;  // of connected_, which the worker may replace
    std::unique_ptr<Connected> connected_;
    std::unique_ptr<Mirroring> mirroring_;
};

// The settings of a home folder; the defaults when there is no file yet.
Result<Config> load_config(const std::string& home);
Result<void> save_connections(const std::string& home, const std::optional<OdooConfig>& odoo,
                              const std::optional<PlaneConfig>& plane);

}  // namespace syncline::app
