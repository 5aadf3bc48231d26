#include "promote/sku.hpp"

namespace syncline::promote {
namespace {

Refusal conflict(std::string_view sku, const SkuHolder& winner) {
    std::string who = winner.external_id > 0 ? "variant " + std::to_string(winner.external_id)
                                             : "the core's own variant " + winner.row;
    return {Reason::kSkuConflict, who + " has the SKU " + std::string(sku)};
}

}  // namespace

std::optional<Refusal> SkuBook::claim(std::string_view sku, const SkuHolder& claimant) {
    const std::string key(sku);
    if (const auto it = planned_.find(key); it != planned_.end() && it->second.row != claimant.row) {
        return conflict(sku, it->second);
    }
    if (const auto it = holders_.find(key); it != holders_.end() && it->second.row != claimant.row) {
        if (!moving_.contains(it->second.row)) return conflict(sku, it->second);
    }
    planned(sku, claimant);
    return std::nullopt;
}

}  // namespace syncline::promote
