// All (id, write_date) of Odoo beside all of the mirror, page by page: what is new, changed, back, or missing.
#pragma once

#include <functional>

#include "mirror/detail/stamps_ahead.hpp"
#include "mirror/scope.hpp"

namespace syncline::mirror {

inline constexpr int kSweepPage = 20'000;  // ids compared at once, so memory stays flat

struct Difference {
    enum class Kind { kNew, kChanged, kMissing } kind = Kind::kNew;
    std::int64_t id = 0;
    std::string_view stamp;  // write_date in Odoo; "" of a missing one. Lives as long as the call
};
struct SweepCounts {
    std::int64_t ids = 0;       // in Odoo
    std::int64_t archived = 0;  // of these
    std::int64_t created = 0, changed = 0, missing = 0;
    bool same() const { return created + changed + missing == 0; }
};

// Calls `each` for every difference, in order of id. kMissing means: stored, not found gone yet, not in Odoo's list.
// One short transaction per page. `each` may stop it with an error.
Result<SweepCounts> sweep(odoo::Client& client, pg::Database& database, const Source& source, const Scope& scope,
                          const std::function<Result<void>(const Difference&)>& each);

// The same with a list that is being asked for already, by pages of kSweepPage.
Result<SweepCounts> sweep(detail::StampsAhead& pages, pg::Database& database, const Source& source,
                          std::string_view entity, const std::function<Result<void>(const Difference&)>& each);

// Of ids that are not in the scope's list any more: those that exist outside it. The rest were deleted.
Result<std::vector<std::int64_t>> out_of_scope(odoo::Client& client, const Scope& scope,
                                               const std::vector<std::int64_t>& ids);

}  // namespace syncline::mirror
