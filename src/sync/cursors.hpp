// How far each walk over a peer has come. SQL of sync.cursors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"

namespace syncline::sync {

Result<std::optional<Time>> load_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name);
Result<void> save_cursor(pg::Transaction& tx, const access::Scope& scope, std::string_view name, Time value);
// The same value for all of them.
Result<void> save_cursors(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& names,
                          Time value);

// Those of `ids` whose cursor (called `prefix` + id) was saved longest ago, or never: the first `rows_max`.
Result<std::vector<std::string>> oldest(pg::Transaction& tx, const access::Scope& scope, std::string_view prefix,
                                        const std::vector<std::string>& ids, int rows_max);

}  // namespace syncline::sync
