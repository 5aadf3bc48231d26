// A preview as the store keeps it.
#pragma once

#include "mirror/preview.hpp"

namespace syncline::mirror::detail {

// Replaces the entity's preview. `changes` hold new, updated and deleted ids; what else is in the mirror is in sync.
Result<void> store_preview(pg::Transaction& tx, const Source& source, const Preview& preview,
                           const std::vector<std::pair<std::int64_t, Status>>& changes);

}  // namespace syncline::mirror::detail
