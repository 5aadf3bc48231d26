// How much came in and how much waits, for people who ask how things stand. Reads only; counts are bounded, so that
// asking costs the same in a flood.
#pragma once

#include <string>
#include <vector>

#include "access/org.hpp"
#include "base/time.hpp"
#include "pg/database.hpp"

namespace syncline::ingress {

inline constexpr std::int64_t kTallyMax = 100'000;  // of each count; there may be more

struct Tally {
    std::string endpoint;
    std::int64_t received = 0;     // new ones since then
    std::int64_t duplicates = 0;   // the same again
    std::int64_t quarantined = 0;  // of the new ones: verified, not understood
};
// In the order of `endpoints`.
Result<std::vector<Tally>> tally(pg::Transaction& tx, const access::OrgId& org,
                                 const std::vector<std::string>& endpoints, Time since);

// What is not done yet: by entity, but for the quarantined, which are about none.
struct Waiting {
    std::int64_t received = 0;
    std::int64_t processing = 0;
    std::int64_t failed = 0;  // tried again, or dead with their job
    std::int64_t quarantined = 0;
};
Result<Waiting> waiting(pg::Transaction& tx, const access::OrgId& org);

}  // namespace syncline::ingress
