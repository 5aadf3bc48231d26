// Does what was mirrored add up? Counts beside Odoo's, references that lead somewhere, totals that are the sum of their
// lines, values of the right form, and no row of a company that is not ours. Each check passes, fails or is skipped,
// with evidence. Writes nothing. Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "mirror/scope.hpp"

namespace syncline::mirror {

enum class Verdict { kPass, kFail, kSkipped };
std::string_view to_string(Verdict verdict);  // pass, fail, skipped

struct Check {
    std::string area;  // products, customers, orders, inventory, platform
    std::string name;
    Verdict verdict = Verdict::kSkipped;
    std::string expected;
    std::string found;
    std::string evidence;  // ids of what is wrong, or why it was skipped
};

// Asks Odoo for one count per entity that was pulled, and for its sums of the stock by location; the rest is read from
// the mirror.
Result<std::vector<Check>> validate(pg::Database& database, odoo::Client& client, const Source& source,
                                    const std::vector<Company>& companies);

json::Array to_json(const std::vector<Check>& checks);

}  // namespace syncline::mirror
