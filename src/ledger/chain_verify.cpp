// The chain in the store, page by page.
#include <algorithm>

#include "ledger/chain.hpp"
#include "ledger/detail/chain_store.hpp"

namespace syncline::ledger {

Result<Verdict> verify_store(pg::Database& store, const access::OrgId& org, const std::optional<ChainHead>& noted) {
    const ChainEnds ends = TRY(chain_ends(store, org));
    ChainVerifier verifier(org.text(), noted);
    for (std::int64_t after = 0; after < ends.head.seq && verifier.good(); after += kChainPageRows) {
        for (const ChainRow& row : TRY(rows_after(store, org, after, ends.head.seq))) verifier.add(row);
        const std::int64_t end = std::min(after + kChainPageRows, ends.head.seq);
        if (verifier.good() && verifier.due() <= end) {
            verifier.reject("row " + std::to_string(verifier.due()) + " is missing");
        }
    }
    if (ends.outside > 0)
        verifier.reject(std::to_string(ends.outside) + " rows lie outside the chain: they were put in");
    return verifier.finish(ends.head);
}

}  // namespace syncline::ledger
