// The coverage clock: per project and peer, the instant up to which all changes are known to be applied.
// SQL of sync.coverage.
//
// What is promised. Each instant is the start of a read of the peer, on our clock (a peer's own stamp compares with it
// after its measured skew is taken off).
//
//   covered_until   every edit of a record of this project that was committed at the peer before this instant is on the
//                   other side, or lost a conflict that is in the ledger, or is nothing that the profile carries over.
//   seen_until      the same, or it is one of the `waiting` links: parked, failed or held, each with its reason. While
//                   any waits, covered_until stays where it was; it catches up when the last one is done.
//   complete_until  Plane only: what a light look cannot see is seen as well: deletions, archives, which cycle an item
//                   is in. In Odoo each sweep sees deletions and archives.
//
// What is not: relations in Plane, of which each close-out reads a few again; an item's cycle when two items changed
// places and no close-out has come round to either cycle; and the second of two changes that Odoo stamped with the same
// whole second, which is found at the latest by the first sweep after 130 s (see observe_odoo.cpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"
#include "record/link_key.hpp"

namespace syncline::sync {

struct Coverage {
    std::string container;  // the project's link
    std::string title;
    record::Peer peer = record::Peer::kOdoo;
    std::optional<Time> covered_until;
    std::optional<Time> seen_until;
    std::optional<Time> complete_until;
    std::int64_t waiting = 0;
    Time looked_at{};
    std::string method;  // sweep (Odoo), light, full (Plane)
};

// Of the projects that take part, by title. A peer that was never looked at has no row.
Result<std::vector<Coverage>> coverage(pg::Transaction& tx, const access::Scope& scope);

// A look whose findings are planned and carried out, as far as they do not wait, has shown all that there is to see.
struct Proof {
    std::string container_entity;  // the profile's name of projects
    Time now{};
    Time plane_began{};
    std::vector<std::string> light;  // projects (Plane's ids) that the look at Plane saw lightly,
    std::vector<std::string> whole;  // or as a whole
    std::optional<Time> odoo_swept;  // when a sweep of Odoo began, which sees all projects
};
Result<void> cover(pg::Transaction& tx, const access::Scope& scope, const Proof& proof);

}  // namespace syncline::sync
