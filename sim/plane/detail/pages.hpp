// Lists: order, and the offset pages that the server calls cursors.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sim/plane/detail/call.hpp"

namespace syncline::sim::plane {

using Rows = std::vector<const Row*>;

// Sorts by a column, "-" for descending, as PostgreSQL does: nulls last, and first when descending.
// False for an unknown column: the server crashes on it.
bool order_rows(Rows& rows, const Model& model, std::string_view order_by);
void newest_first(Rows& rows);

// One page in the full envelope. `render` shows a row.
Answer page(Call& call, const Rows& rows, const std::function<json::Value(const Row&)>& render);

}  // namespace syncline::sim::plane
