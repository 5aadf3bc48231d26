// Values that somebody typed and that lost (conflicts), and pairs that wait for a person (reviews).
// SQL of ledger.conflicts and ledger.reviews.
#pragma once

#include <string>
#include <vector>

#include "access/scope.hpp"
#include "base/time.hpp"
#include "json/json.hpp"
#include "pg/database.hpp"

namespace syncline::ledger {

struct Conflict {
    std::int64_t id = 0;  // given by the store
    std::string run;
    Time at{};
    std::string link;
    std::string title;  // read only
    std::string field;
    std::string winner;  // "odoo", "plane"
    json::Value winning;
    json::Value losing;
    std::string reason;
};

struct Review {
    std::int64_t id = 0;
    std::string link;
    std::string field;
    json::Value odoo;
    json::Value plane;
    std::string reason;
    Time opened_at{};
};

Result<void> append(pg::Transaction& tx, const access::Scope& scope, const std::vector<Conflict>& conflicts);
// The same before the loser is overwritten, so that it is kept whatever happens to the write. Nothing is added for one
// that was entered before and whose write has not been settled since (it is being tried again).
Result<void> append_before_write(pg::Transaction& tx, const access::Scope& scope,
                                 const std::vector<Conflict>& conflicts);
// Newest first; of one link when `link` is not empty.
Result<std::vector<Conflict>> conflicts(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                                        int rows_max);

// Opens each review once, and closes those of `link` that are not in the list any more.
Result<void> set_reviews(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                         const std::vector<Review>& reviews);
// A person decided it. kNotFound, kMoved when it is closed already.
Result<Review> close_review(pg::Transaction& tx, const access::Scope& scope, std::int64_t id);
Result<std::vector<Review>> open_reviews(pg::Transaction& tx, const access::Scope& scope, int rows_max);

}  // namespace syncline::ledger
