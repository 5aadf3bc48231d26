// What the store knows about why one link is, or is not, in step. Reads only.
#pragma once

#include "actions/detail/chain.hpp"
#include "actions/services.hpp"

namespace syncline::actions::detail {

// All but `parked`, `reviews` and `fields`, which the caller has.
Result<ChainFacts> chain_facts(pg::Transaction& tx, Services& services, const LinkRow& row, sync::Link link);

}  // namespace syncline::actions::detail
