// What the actions work on. Made by the composition root; references only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "actions/types.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "mirror/preview.hpp"
#include "mirror/pull.hpp"
#include "odoo/client.hpp"
#include "pg/database.hpp"
#include "plane/client.hpp"
#include "profile/profile.hpp"
#include "sync/engine.hpp"

namespace syncline::actions {

// Both peers, ready to be asked, and the engine over them.
struct Peers {
    odoo::Client& odoo;
    plane::Client& plane;
    sync::Engine& engine;
    sync::Context& context;
};

// Odoo as the mirror asks it: metered, within the quota of the settings.
struct MirrorPeer {
    odoo::Client& client;
    mirror::Meter& meter;
    Random& random;
    mirror::PullerSettings settings;
    const std::atomic<bool>* stop = nullptr;                // pauses a pull
    std::function<void(const mirror::Progress&)> progress;  // may be empty
};

// What the settings say of the mirror.
struct MirrorView {
    std::vector<std::string> entities;    // of `--all`; empty: all there are
    std::vector<std::int64_t> companies;  // of Odoo; empty: all that the key may see, in a store of one org
    Micros preview_life = mirror::kPreviewLifeUsual;
};

// One address that receives events, as the settings have it.
struct HookSetting {
    std::string name;     // the last part of its address
    std::string source;   // plane, odoo, github, ci, standard
    std::string url;      // whole, as the sender must reach it
    std::string secret;   // the references, for people: "env:PLANE_HOOK, vault:plane-hook"
    std::string problem;  // why nothing can verify: a reference has no value; "" = all is well
};

// What actions may know of the settings. No secrets.
struct ConfigView {
    std::string odoo;   // address, for people
    std::string plane;  // address and workspace
    std::string caller = "operator";
    std::vector<HookSetting> hooks;
    MirrorView mirror;
};

struct Services {
    pg::Database& store;
    const profile::Profile& profile;
    access::Scope scope;
    Clock& clock;
    ConfigView config;
    // Connects when first asked: much can be answered without the peers. kNotConfigured, kKeyMissing.
    std::function<Result<Peers>()> peers;
    // A profile by name or file, for the linter.
    std::function<Result<profile::Profile>(const std::string&)> open_profile;
    // Checks of the installation itself: store, key file, settings.
    std::function<std::vector<Check>()> local_checks;
    // For long work without peers: how far it has come, and whether somebody wants it to end. May be empty.
    std::function<void(const sync::Progress&)> progress = {};
    std::function<bool()> stop = {};
    // Connects to Odoo alone when first asked. kNotConfigured, kKeyMissing.
    std::function<Result<MirrorPeer>()> mirror = {};

    mirror::Source mirror_source() const { return {scope.org, "odoo"}; }

    template <typename Body>
    auto transact(Body&& body) {
        return store.transact(scope.org.text(), std::forward<Body>(body));
    }
};

}  // namespace syncline::actions
