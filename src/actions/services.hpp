// What the actions work on. Made by the composition root; references only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "actions/types.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
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

// What actions may know of the settings. No secrets.
struct ConfigView {
    std::string odoo;   // address, for people
    std::string plane;  // address and workspace
    std::string caller = "operator";
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

    template <typename Body>
    auto transact(Body&& body) {
        return store.transact(scope.org.text(), std::forward<Body>(body));
    }
};

}  // namespace syncline::actions
