// Observations: the last version seen of each record on each peer. SQL of sync.observations.
// Besides the profile's entities, these are kept the same way: user, stage, tag (Odoo); member, state, label,
// project_member (Plane).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "merge/plan.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

struct Observation {
    std::string entity;
    std::string id;         // at the peer
    std::string container;  // the peer's id of its project
    std::string stamp;      // write_date, updated_at
    merge::Presence presence = merge::Presence::kPresent;
    json::Object seen;
    std::string digest;  // of what the profile compares
    bool dirty = true;   // no plan has taken it into account yet; only read
};

// What a sweep needs to know of a record seen before.
struct Seen {
    std::string stamp;
    std::string digest;
    merge::Presence presence = merge::Presence::kPresent;
    Time seen_at{};
    bool dirty = false;
    json::Object carried;  // see load_carried()
};
using SeenById = std::map<std::string, Seen, std::less<>>;
using Ids = std::vector<std::string>;

using SeenByEntity = std::map<std::string, SeenById, std::less<>>;

// All of an entity, or those of one container.
Result<SeenById> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           std::string_view container = {});
// The same of several entities at once; each of them has its place in the answer.
Result<SeenByEntity> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, const Ids& entities,
                               std::string_view container = {});
Result<SeenById> load_seen_of(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                              std::string_view entity, const Ids& ids);
// Attributes of Plane's items that have calls of their own: the item JSON lacks them, so what was seen of them before
// is carried along.
inline constexpr std::string_view kCarried[] = {"cycle", "blocked_by"};
// The Plane records of `ids`, or all of one container when there is no list, with what is carried of each.
Result<SeenById> load_carried(pg::Transaction& tx, const access::Scope& scope, std::string_view entity,
                              std::string_view container, const Ids* ids);
// The Plane items of one project that are in a cycle, by id.
struct InCycle {
    std::string cycle;
    bool present = false;  // as a cycle counts them: not archived, not gone
};
Result<std::map<std::string, InCycle, std::less<>>> items_in_cycles(pg::Transaction& tx, const access::Scope& scope,
                                                                    std::string_view entity,
                                                                    std::string_view container);
// The containers of those that were ever seen.
Result<std::map<std::string, std::string, std::less<>>> containers_of(pg::Transaction& tx, const access::Scope& scope,
                                                                      record::Peer peer, std::string_view entity,
                                                                      const Ids& ids);
Result<std::vector<Observation>> load_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                                                   std::string_view entity, const std::vector<std::string>& ids);
// Of several entities on both peers.
using PeerIds = std::vector<std::pair<std::string, std::string>>;  // entity, id at the peer
struct Observations {
    std::vector<Observation> odoo;
    std::vector<Observation> plane;
};
Result<Observations> load_observations(pg::Transaction& tx, const access::Scope& scope, const PeerIds& odoo,
                                       const PeerIds& plane);
Result<std::vector<Observation>> load_all_observations(pg::Transaction& tx, const access::Scope& scope,
                                                       record::Peer peer, std::string_view entity,
                                                       std::string_view container = {});

// Writes what was seen at `at`. A record becomes dirty when its digest or presence differs from before; `settled` ones
// were just written by us and are planned already. Answers the ids of those that differ.
Result<Ids> save_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                              const std::vector<Observation>& observations, Time at, bool settled = false);
// Answers the ids of those for which it is new.
Result<Ids> mark_presence(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                          const Ids& ids, merge::Presence presence);
// Of an observation o: one of the fields $5 names one of the ids $6.
inline constexpr std::string_view kNamesOneOf =
    "exists (select from unnest($5::text[]) field, lateral jsonb_array_elements_text(case jsonb_typeof(o.seen->field) "
    "when 'array' then o.seen->field else jsonb_build_array(o.seen->field) end) named where named = any($6::text[]))";
// Records whose `fields` name one of `ids` must be read again whatever their stamp says. Answers which they are.
Result<Ids> forget_stamps(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                          const std::vector<std::string>& fields, const Ids& ids);
// The plan for the links of these records has taken what was seen of them into account.
Result<void> mark_planned(pg::Transaction& tx, const access::Scope& scope, const PeerIds& odoo, const PeerIds& plane);

}  // namespace syncline::sync
