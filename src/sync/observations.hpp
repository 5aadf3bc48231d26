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
};

// What a sweep needs to know of a record seen before.
struct Seen {
    std::string stamp;
    std::string digest;
    merge::Presence presence = merge::Presence::kPresent;
    Time seen_at{};
};
using SeenById = std::map<std::string, Seen, std::less<>>;

Result<SeenById> load_seen(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           std::string_view container = {});
Result<std::vector<Observation>> load_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                                                   std::string_view entity, const std::vector<std::string>& ids);
Result<std::vector<Observation>> load_all_observations(pg::Transaction& tx, const access::Scope& scope,
                                                       record::Peer peer, std::string_view entity,
                                                       std::string_view container = {});

// Writes what was seen at `at`. A record becomes dirty when its digest or presence differs from before; `settled` ones
// were just written by us and are planned already. Answers how many differ.
Result<std::int64_t> save_observations(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                                       const std::vector<Observation>& observations, Time at, bool settled = false);
Result<void> mark_presence(pg::Transaction& tx, const access::Scope& scope, record::Peer peer, std::string_view entity,
                           const std::vector<std::string>& ids, merge::Presence presence);
// Records whose `fields` name one of `ids` must be read again whatever their stamp says. Answers how many there are.
Result<std::int64_t> forget_stamps(pg::Transaction& tx, const access::Scope& scope, record::Peer peer,
                                   std::string_view entity, const std::vector<std::string>& fields,
                                   const std::vector<std::string>& ids);
// The plan for these links has taken what was seen into account.
Result<void> mark_planned(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& link_keys);

}  // namespace syncline::sync
