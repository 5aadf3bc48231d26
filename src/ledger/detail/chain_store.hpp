// The chain as the store keeps it. SQL of ledger.heads and of the chain's columns.
#pragma once

#include <vector>

#include "ledger/chain.hpp"

namespace syncline::ledger {

struct ChainEnds {
    ChainHead head;            // seq 0 when nothing was ever written
    std::int64_t outside = 0;  // rows that no place between 1 and the head holds
};
Result<ChainEnds> chain_ends(pg::Database& store, const access::OrgId& org);
// The rows of the next kChainPageRows places after `after`, up to `last`, by seq.
Result<std::vector<ChainRow>> rows_after(pg::Database& store, const access::OrgId& org, std::int64_t after,
                                         std::int64_t last);

}  // namespace syncline::ledger
