// What every part of the engine needs: the peers, the store, the clock, the profile, and the settings.
// Made once by whoever owns the parts; holds references only.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "access/scope.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "odoo/client.hpp"
#include "pg/database.hpp"
#include "plane/client.hpp"
#include "profile/profile.hpp"
#include "profile/translate.hpp"

namespace syncline::sync {

struct Settings {
    access::Scope scope;
    std::string external_source = "odoo";  // with this, Plane's items carry "project.task:42"
    // A Plane item is looked at again when it moved less than this before the newest one seen: its updated_at is set a
    // second time some moments after each write.
    Micros plane_overlap = std::chrono::seconds(30);
    // How often id sets, cycles, states, labels and members are read whole.
    Micros close_out_every = std::chrono::minutes(5);
    int relations_per_close_out = 5;  // items of a project whose relations are read again, oldest first
    int cycles_per_close_out = 2;     // cycles of a project whose items are read although their count is right
    int lookups_per_close_out = 50;   // vanished items that are asked for one by one: archived or deleted?
    // So long a look waits for another run of the same profile to end before it says kHeld.
    std::chrono::milliseconds lock_wait = std::chrono::seconds(2);
    Micros plan_life = std::chrono::hours(1);
    // A plan that a peer refused for good is tried again after this: what stood against it may be gone.
    Micros refused_for = std::chrono::hours(1);
    // Links whose writes are made are settled together, but none waits longer than this while the run goes on.
    std::size_t settlements_together = 64;
    Micros settle_within = std::chrono::milliseconds(250);
    // What was seen longer ago than this is looked at again before it is overwritten.
    Micros ground_holds = std::chrono::seconds(10);
    // More links than this are planned and carried out in portions of whole projects: what is held at once follows from
    // this number and the largest project, not from all there is.
    std::size_t links_at_once = 4000;
    int failures_in_a_row_max = 5;  // then the run stops: the peer is in trouble
};

// What has been settled with one link, told inside the transaction that settles it.
struct Settled {
    std::string link;
    std::string entity;
    std::string title;
    Time at{};
    std::optional<record::Fields> before;  // base before; none when it was settled for the first time
    record::Fields agreed;                 // base from now on
};

struct Progress {
    std::string phase;  // "reading Odoo", "reading Plane", "writing"
    std::int64_t done = 0;
    std::int64_t total = 0;  // 0: not known
};

struct Hooks {
    std::function<void(const Progress&)> progress;                          // may be empty
    std::function<Result<void>(pg::Transaction&, const Settled&)> settled;  // may be empty
    std::function<bool()> stop;                                             // true: end soon, keep all that is done
};

struct Context {
    pg::Database& store;
    odoo::Client& odoo;
    plane::Client& plane;
    Clock& clock;
    Random& random;
    const profile::Profile& profile;
    Settings settings;
    Hooks hooks;

    const access::Scope& scope() const { return settings.scope; }
    template <typename Body>
    auto transact(Body&& body) {
        return store.transact(settings.scope.org.text(), std::forward<Body>(body));
    }
    void progress(std::string_view phase, std::int64_t done, std::int64_t total) const {
        if (hooks.progress) hooks.progress({std::string(phase), done, total});
    }
    bool stopping() const { return hooks.stop && hooks.stop(); }
};

// The entity that containers are made of, such as "project".
inline const profile::EntityMap* container_entity(const profile::Profile& profile) {
    for (const profile::EntityMap& entity : profile.entities) {
        if (entity.plane_kind == "project") return &entity;
    }
    return nullptr;
}

// "project.task:42": how Plane's records name the Odoo record that they belong to.
inline std::string external_id(const profile::EntityMap& entity, std::string_view odoo_id) {
    return entity.odoo_model + ":" + std::string(odoo_id);
}

}  // namespace syncline::sync
