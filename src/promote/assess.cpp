#include "promote/assess.hpp"

namespace syncline::promote {
namespace {

// From where on a person should look twice.
constexpr double kArchivedShare = 0.05;
constexpr double kQuarantinedShare = 0.20;
constexpr double kUpdatedShare = 0.50;
constexpr std::int64_t kFewRows = 20;  // shares of fewer rows say nothing

std::string percent(std::int64_t part, std::int64_t whole) {
    return std::to_string(whole == 0 ? 0 : (100 * part + whole / 2) / whole) + " %";
}

std::string of_rows(std::int64_t part, const Counts& all) {
    return std::to_string(part) + " of " + std::to_string(all.total()) + " (" + percent(part, all.total()) + ")";
}

bool exceeds(std::int64_t part, const Counts& all, double share) {
    return all.total() >= kFewRows && static_cast<double>(part) > share * static_cast<double>(all.total());
}

}  // namespace

Assessment assess(const Plan& plan) {
    Assessment it{{"approve", "reject"}, {}, ""};
    bool look = false;
    for (const Counts& one : plan.counts) {
        if (exceeds(one.archived, one, kArchivedShare)) {
            it.risks.push_back(of_rows(one.archived, one) + " of " + one.entity + " would be archived");
            look = true;
        }
        if (exceeds(one.updated, one, kUpdatedShare)) {
            it.risks.push_back(of_rows(one.updated, one) + " of " + one.entity +
                               " overwrite rows that are there: edits made in the core since are lost");
        }
        if (exceeds(one.quarantined, one, kQuarantinedShare)) {
            it.risks.push_back(of_rows(one.quarantined, one) + " of " + one.entity + " stay out, in quarantine");
            look = true;
        }
        if (const auto skus = one.reasons.find("sku_conflict"); skus != one.reasons.end()) {
            it.risks.push_back(std::to_string(skus->second) + " of " + one.entity +
                               " stay out because another record has their SKU");
        }
    }
    const Counts all = total_of(plan.counts);
    if (all.writes() == 0) {
        it.recommendation = "reject: nothing would be written";
    } else if (look) {
        it.recommendation = "look at the samples and the quarantine first; approve only if these numbers are meant";
    } else {
        it.recommendation = "approve: it can be undone as long as nobody edits the rows";
    }
    return it;
}

}  // namespace syncline::promote
