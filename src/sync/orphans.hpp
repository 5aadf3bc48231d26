// The orphan registry: Plane work that belongs to no Odoo record. It never creates a task; a person decides.
// SQL of sync.orphans.
#pragma once

#include <string>
#include <vector>

#include "access/scope.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

struct Orphan {
    std::string plane_id;
    std::string project;  // Plane's id
    std::string entity;
    std::string title;
    std::string reason = "orphan";  // or "twin": a second item with the external id of a linked one
    std::string status;             // open, dismissed, linked; read only
    std::string first_seen;         // as PostgreSQL shows it; read only
};

Result<void> save_orphans(pg::Transaction& tx, const access::Scope& scope, const std::vector<Orphan>& orphans);
// Those of `plane_ids` (of all, when there is no list) that were found a link since are no orphans any more.
Result<void> close_linked_orphans(pg::Transaction& tx, const access::Scope& scope,
                                  const std::vector<std::string>* plane_ids = nullptr);
Result<std::vector<Orphan>> open_orphans(pg::Transaction& tx, const access::Scope& scope, int rows_max);
// kNotFound when no open orphan has this id.
Result<void> dismiss_orphan(pg::Transaction& tx, const access::Scope& scope, std::string_view plane_id);

}  // namespace syncline::sync
