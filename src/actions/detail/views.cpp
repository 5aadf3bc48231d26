#include "actions/detail/views.hpp"

#include "profile/reasons.hpp"

namespace syncline::actions::detail {

std::vector<ParkedView> parked_views(const std::vector<merge::Parked>& parked) {
    std::vector<ParkedView> views;
    for (const merge::Parked& entry : parked) {
        views.push_back({entry.field, entry.reason, entry.detail, std::string(profile::reasons::advice(entry.reason))});
    }
    return views;
}

std::vector<StepView> step_views(const std::vector<merge::Step>& steps) {
    std::vector<StepView> views;
    for (const merge::Step& step : steps) {
        StepView view{std::string(record::to_string(step.side)), std::string(merge::to_string(step.action)), {}};
        for (const merge::FieldChange& change : step.fields) {
            view.fields.push_back({change.field, record::to_json(change.from), record::to_json(change.to)});
        }
        views.push_back(std::move(view));
    }
    return views;
}

ConflictView conflict_view(const ledger::Conflict& conflict) {
    return {conflict.id,     format_iso(conflict.at), conflict.link,   conflict.title, conflict.field,
            conflict.winner, conflict.winning,        conflict.losing, conflict.reason};
}

ReviewView review_view(const ledger::Review& review, const std::string& title) {
    return {review.id,    format_iso(review.opened_at), review.link, title, review.field, review.odoo, review.plane,
            review.reason};
}

HistoryView history_view(const ledger::Entry& entry) {
    return {format_iso(entry.at), entry.side, entry.action, entry.changes, entry.detail};
}

ShipReviewView ship_review_view(const governance::ShipReview& review) {
    return {review.id,         review.link,
            review.kind,       review.title,
            review.status,     format_iso(review.opened_at),
            review.decided_by, review.decided_at ? format_iso(*review.decided_at) : std::string()};
}

Result<Titles> load_titles(pg::Transaction& tx, const access::Scope& scope, const std::vector<std::string>& links) {
    const pg::Rows rows =
        TRY(tx.exec("select link, title from sync.links where org_id = $1 and profile = $2 "
                    "and (link = any($3::text[]) or ($3::text[] = '{}' and container is null))",
                    {scope.org.text(), scope.profile, pg::array_literal(links)}));
    Titles titles;
    for (std::size_t i = 0; i < rows.size(); ++i) titles.emplace(rows.text(i, "link"), rows.text(i, "title"));
    return titles;
}

}  // namespace syncline::actions::detail
