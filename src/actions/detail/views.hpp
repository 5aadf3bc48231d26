// From the rooms' own types to what actions answer. Pure, but for the titles.
#pragma once

#include <map>
#include <string>

#include "actions/services.hpp"
#include "actions/types.hpp"
#include "governance/ship_reviews.hpp"
#include "ledger/conflicts.hpp"
#include "ledger/entries.hpp"
#include "merge/plan.hpp"

namespace syncline::actions::detail {

std::vector<ParkedView> parked_views(const std::vector<merge::Parked>& parked);
std::vector<StepView> step_views(const std::vector<merge::Step>& steps);
ConflictView conflict_view(const ledger::Conflict& conflict);
ReviewView review_view(const ledger::Review& review, const std::string& title);
HistoryView history_view(const ledger::Entry& entry);
ShipReviewView ship_review_view(const governance::ShipReview& review);

// Titles of links: of those named, or of all projects when none are named. Read only.
using Titles = std::map<std::string, std::string, std::less<>>;
Result<Titles> load_titles(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& links);

}  // namespace syncline::actions::detail
