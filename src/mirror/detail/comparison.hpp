// Records of the mirror beside what Odoo says now, read a batch at a time.
#pragma once

#include "mirror/detail/findings.hpp"
#include "mirror/reading.hpp"

namespace syncline::mirror::detail {

// Reads these ids from Odoo and says which fields differ from the mirror; `judge` names the fault of one record from
// its live write_date. Records that Odoo does not give, or the mirror does not have, are passed over. Answers how many
// were compared.
Result<std::int64_t> compare(pg::Database& database, odoo::Client& client, const Source& source,
                             const ReadingPlan& plan, const std::vector<std::int64_t>& ids,
                             const std::function<std::string(std::string_view stamp)>& judge, Findings& findings);

}  // namespace syncline::mirror::detail
