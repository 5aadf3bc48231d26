// Links: which records belong together, and what both sides last agreed on. SQL of sync.links.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "merge/plan.hpp"
#include "pg/database.hpp"
#include "profile/translate.hpp"
#include "sync/observations.hpp"

namespace syncline::sync {

enum class LinkStatus {
    kNew,       // seen on one side only
    kIntended,  // a creation was about to be sent: look before sending it again
    kActive,
    kTombstone,  // ended by a deletion or archive
};
std::string_view to_string(LinkStatus status);
Result<LinkStatus> parse_link_status(std::string_view text);

// The light part: who is linked to whom.
struct LinkIndex {
    std::string key;
    std::string entity;
    std::string container;  // the project's link key; "" for a project
    std::string odoo_id;    // "" when not there
    std::string plane_id;
    LinkStatus status = LinkStatus::kNew;
};

// What both peers call the records of some links.
struct PeerRecords {
    PeerIds odoo;
    PeerIds plane;
    void add(const LinkIndex& link);
};

struct Link {
    LinkIndex index;
    std::string title;
    std::optional<record::Fields> base;
    profile::Echoes echoes;
    std::vector<merge::Parked> parked;
    std::string refused_hash;
    Time refused_at{};
    bool replan = false;  // not read: asks for another plan, whatever is observed
    bool asked = false;   // only read: it was planned because `replan` said so
    int failures = 0;
    std::string last_error;
};

Result<std::vector<LinkIndex>> load_link_index(pg::Transaction& tx, const access::Scope& scope);
// Those of `keys`, and those that have one of these records. kStore when an Odoo id is no number.
Result<std::vector<LinkIndex>> find_links(pg::Transaction& tx, const access::Scope& scope,
                                          const std::vector<std::string>& keys, const PeerIds& odoo,
                                          const PeerIds& plane);
// The keys of all links of `entity` in the projects that `keys` are, or are in.
Result<std::vector<std::string>> siblings(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                                          const std::vector<std::string>& keys);
// Of one project, itself not counted.
Result<std::int64_t> count_active(pg::Transaction& tx, const access::Scope& scope, std::string_view container);
Result<std::vector<Link>> load_links(pg::Transaction& tx, const access::Scope& scope,
                                     const std::vector<std::string>& keys);

// Makes a link for every observed Odoo record of `entity` that has none yet. Answers how many.
Result<std::int64_t> add_new_odoo_links(pg::Transaction& tx, const access::Scope& scope, std::string_view entity);

// The keys of links ($1 org, $2 profile), for statements that need them. From what was seen and not planned yet to its
// link, by the links' own indexes; and those that ask for a plan.
inline constexpr std::string_view kAskingForPlan =
    "select l.link from sync.observations o join sync.links l on l.org_id = o.org_id and l.profile = o.profile "
    "and l.entity = o.entity and l.odoo_id = o.id::bigint "
    "where o.org_id = $1 and o.profile = $2 and o.dirty and o.peer = 'odoo' "
    "union select l.link from sync.observations o join sync.links l on l.org_id = o.org_id "
    "and l.profile = o.profile and l.entity = o.entity and l.plane_id = o.id "
    "where o.org_id = $1 and o.profile = $2 and o.dirty and o.peer = 'plane' "
    "union select link from sync.links where org_id = $1 and profile = $2 and replan";
inline constexpr std::string_view kParked =
    "select link from sync.links where org_id = $1 and profile = $2 and parked <> '[]'";

// Which parked links are planned again besides those that ask for it.
struct Asking {
    bool parked = false;   // all
    bool waiting = false;  // those that wait for another record: one was made, or taken up again
};
// Keys of the links that must be planned: something new was seen of them, or they ask for it.
Result<std::vector<std::string>> keys_to_plan(pg::Transaction& tx, const access::Scope& scope, const Asking& asking);
// Links that are planned together, and the projects whose links they are.
struct Portion {
    std::vector<std::string> keys;
    std::vector<std::string> homes;
};
// These links, each project's together, in portions that are full with `most` or more. What was never planned belongs
// where its Odoo record is; `container` is the entity that projects are.
Result<std::vector<Portion>> portions(pg::Transaction& tx, const access::Scope& scope, std::string_view container,
                                      const std::vector<std::string>& keys, std::size_t most);
// Records that somebody named, by entity and id at the peer, side by side.
struct Named {
    std::vector<std::string> odoo_entities;
    std::vector<std::string> odoo_ids;
    std::vector<std::string> plane_entities;
    std::vector<std::string> plane_ids;
};
// The same for a look at named records. What fails again and again, and projects that the guard stopped, are left to
// the next sync, but for the named records' own failures; what is parked of them is planned again.
Result<std::vector<std::string>> keys_to_look_at(pg::Transaction& tx, const access::Scope& scope, const Named& named,
                                                 const Asking& asking);
// Whether the guard stopped these projects.
Result<void> set_held(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& containers,
                      bool held);
// It stopped these and no others; nothing is known yet about `unjudged`.
Result<void> set_only_held(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& containers,
                           const std::vector<std::string>& unjudged);
// Those whose record of `entity` at `peer`, as last seen, names one of `ids` in one of `fields`.
Result<void> replan_naming(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           const std::vector<std::string>& fields, const std::vector<std::string>& ids);
// Those that have something parked.
Result<void> replan_parked(pg::Transaction& tx, const access::Scope& scope);
// The links of one project, named by its id in Plane.
Result<void> replan_project(pg::Transaction& tx, const access::Scope& scope, std::string_view plane_id);

// Links waiting for nothing but their counterpart in Plane, named by external id: adopts `plane_id`.
// False when the link has another counterpart already.
Result<bool> adopt(pg::Transaction& tx, const access::Scope& scope, std::string_view key, std::string_view plane_id);
Result<void> intend(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& keys);
// Writes everything but created_at.
Result<void> save_links(pg::Transaction& tx, const access::Scope& scope, const std::vector<Link>& links);

}  // namespace syncline::sync
