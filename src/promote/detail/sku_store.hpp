// What the core and the plan so far know of the SKUs of a batch.
#pragma once

#include <set>

#include "promote/context.hpp"
#include "promote/sku.hpp"

namespace syncline::promote::detail {

// `pass_start`: the last line before this pass over the records.
Result<SkuBook> sku_book(pg::Transaction& tx, const mirror::Source& source, std::string_view plan,
                         const std::set<std::string>& skus, std::int64_t pass_start);

// Rows of the core without a mapping that have one of these SKUs, and that no line of the plan means: SKU → variant and
// product, for the product only where it has no mapping either.
struct Unmapped {
    std::string variant;
    std::string product;
};
Result<std::unordered_map<std::string, Unmapped>> unmapped_rows(pg::Transaction& tx, const mirror::Source& source,
                                                                std::string_view plan,
                                                                const std::set<std::string>& skus);

}  // namespace syncline::promote::detail
