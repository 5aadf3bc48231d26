#include "sync/decisions.hpp"

#include "ledger/entries.hpp"
#include "record/link_key.hpp"
#include "sync/links.hpp"
#include "sync/turn.hpp"

namespace syncline::sync {

namespace {

// No run stands behind what a person decides.
constexpr const char* kNoRun = "00000000-0000-0000-0000-000000000000";

Result<Link> load_link(pg::Transaction& tx, const access::Scope& scope, const std::string& key) {
    std::vector<Link> links = TRY(load_links(tx, scope, {key}));
    if (links.empty()) return make_error(Errc::kMoved, key + " is not linked any more");
    return std::move(links.front());
}

// Where the product's own value decides, that value becomes the winner's; elsewhere what was agreed becomes the
// loser's.
Result<bool> base_takes_winner(const profile::Profile& profile, const Link& link, const std::string& field) {
    const profile::EntityMap* entity = profile.entity(link.index.entity);
    const profile::FieldMap* map = entity ? entity->field(field) : nullptr;
    if (!map) {
        return make_error(
            Errc::kInvalid,
            "the profile " + profile.name + " has no field " + field + " of " + link.index.entity + " any more",
            "the next sync closes this review");
    }
    return map->policy.owner == merge::Owner::kApp;
}

Result<void> move_base(pg::Transaction& tx, const access::Scope& scope, const std::string& link,
                       const std::string& field, const json::Value& value) {
    TRY(
        tx.exec("update sync.links set base = jsonb_set(coalesce(base, '{}'), array[$4], $5::jsonb), "
                "replan = true, refused_hash = null where org_id = $1 and profile = $2 and link = $3",
                {scope.org.text(), scope.profile, link, field, json::canonical(value)}));
    return ok();
}

}  // namespace

Result<Decided> decide(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                       const Decision& decision, Time now) {
    TRY(take_turn(tx, scope));
    Decided decided;
    decided.review = TRY(ledger::close_review(tx, scope, decision.review));
    const ledger::Review& review = decided.review;
    const Link link = TRY(load_link(tx, scope, review.link));
    decided.title = link.title;
    decided.odoo_id = link.index.odoo_id;
    decided.plane_id = link.index.plane_id;
    const bool odoo_wins = decision.winner == record::Peer::kOdoo;
    const json::Value& winning = odoo_wins ? review.odoo : review.plane;
    const json::Value& losing = odoo_wins ? review.plane : review.odoo;
    const bool takes_winner = TRY(base_takes_winner(profile, link, review.field));
    TRY(move_base(tx, scope, review.link, review.field, takes_winner ? winning : losing));
    const std::string winner(record::to_string(decision.winner));
    TRY(ledger::append(tx, scope,
                       {ledger::Conflict{0, kNoRun, now, review.link, "", review.field, winner, winning, losing,
                                         "decided by " + decision.by}}));
    ledger::Entry entry{kNoRun, now, review.link, "", "review_resolved", {}, ""};
    entry.detail = review.field + ": " + winner + "'s value stands, decided by " + decision.by;
    TRY(ledger::append(tx, scope, {entry}));
    return decided;
}

}  // namespace syncline::sync
