// Who gets a SKU that several claim. Only what is in use holds one. The rules, in this order:
//   1. the row that has it already keeps it, unless this very plan gives it another SKU or archives it;
//   2. of those that are new to it, the lowest Odoo id gets it.
// Who comes first in a batch, or in which batch, decides nothing: see docs/promotion.md. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "promote/transform.hpp"

namespace syncline::promote {

struct SkuHolder {
    std::string row;               // UUID
    std::int64_t external_id = 0;  // 0 = not of Odoo
};

class SkuBook {
public:
    void holds(std::string sku, SkuHolder holder) { holders_[std::move(sku)] = std::move(holder); }
    // By a line of this plan: `row` has `sku` afterwards; "" = it gives up whatever it had.
    void planned(std::string_view sku, SkuHolder holder);
    // What speaks against `claimant` having `sku`; a claim that stands is planned from then on. In a first pass over
    // all records any holder stands in the way: whether it moves on is known only after it. Then in order of id.
    std::optional<Refusal> claim(std::string_view sku, const SkuHolder& claimant, bool first_pass);

private:
    std::unordered_map<std::string, SkuHolder> holders_;  // in the core, as it is
    std::unordered_map<std::string, SkuHolder> planned_;
    std::unordered_set<std::string> moving_;  // rows that this plan writes: what they had counts no more
};

}  // namespace syncline::promote
