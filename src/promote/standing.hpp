// How things stand: what is in the core, what waits, what is in quarantine.
#pragma once

#include "promote/plan.hpp"

namespace syncline::promote {

inline constexpr int kQuarantineRowsMax = 10'000;

struct Standing {
    std::string entity;
    std::vector<std::string> tables;
    std::int64_t active = 0;    // rows of the core in use
    std::int64_t archived = 0;  // and not
    std::int64_t selected = 0;  // differ in the mirror, and shall be taken over
    std::int64_t waiting = 0;   // differ, and nobody chose
    std::int64_t quarantined = 0;
};
Result<std::vector<Standing>> standing(pg::Transaction& tx, const mirror::Source& source);

struct Quarantined {
    std::string entity;
    std::int64_t external_id = 0;
    std::int64_t version = 0;
    std::string name;
    std::string reason;
    std::string detail;
    Time since{};
};
struct QuarantinePage {
    std::vector<Quarantined> rows;
    std::int64_t row_count = 0;  // that match
    std::map<std::string, std::int64_t> reasons;
};
// Empty filters match all. kInvalid for a reason that does not exist or `rows_max` out of bounds.
Result<QuarantinePage> quarantine(pg::Transaction& tx, const mirror::Source& source, std::string_view entity,
                                  std::string_view reason, int rows_max);

}  // namespace syncline::promote
