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
    // A line of an earlier pass over the records gives the row another SKU, or none: what it had is free.
    void moves(std::string row) { moving_.insert(std::move(row)); }
    // By a line of this plan, the holder has it afterwards.
    void planned(std::string_view sku, SkuHolder holder) { planned_[std::string(sku)] = std::move(holder); }
    // What speaks against `claimant` having `sku`; a claim that stands is planned from then on. To be called in order
    // of id. Who moves on in this very pass still stands in the way: else who comes later in it would win over an
    // earlier.
    std::optional<Refusal> claim(std::string_view sku, const SkuHolder& claimant);

private:
    std::unordered_map<std::string, SkuHolder> holders_;  // in the core, as it is
    std::unordered_map<std::string, SkuHolder> planned_;
    std::unordered_set<std::string> moving_;
};

}  // namespace syncline::promote
