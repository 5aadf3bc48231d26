#include "governance/ship_reviews.hpp"

#include <charconv>

#include "ledger/entries.hpp"
#include "record/link_key.hpp"

namespace syncline::governance {

namespace {

constexpr std::string_view kGroupPrefix = "group:";
constexpr const char* kShippedField = "is_shipped";
constexpr const char* kShippedAtField = "shipped_at";
// No run stands behind what a person decides.
constexpr const char* kNoRun = "00000000-0000-0000-0000-000000000000";

constexpr std::string_view kColumns =
    "select review, link, kind, title, status, (extract(epoch from opened_at) * 1000000)::bigint as opened_us, "
    "decided_by, decided_at is not null as decided, (extract(epoch from decided_at) * 1000000)::bigint as decided_us "
    "from ppm.ship_reviews ";

ShipReview review_of(const pg::Rows& rows, std::size_t row) {
    ShipReview review;
    review.id = rows.integer(row, "review");
    review.link = rows.text(row, "link");
    review.kind = rows.text(row, "kind");
    review.title = rows.text(row, "title");
    review.status = rows.text(row, "status");
    review.opened_at = Time(Micros(rows.integer(row, "opened_us")));
    review.decided_by = rows.text(row, "decided_by");
    if (rows.boolean(row, "decided")) review.decided_at = Time(Micros(rows.integer(row, "decided_us")));
    return review;
}

std::string_view state_of(const record::Fields& fields) {
    const auto state = fields.find("state");
    return state == fields.end() ? std::string_view() : record::as_text(state->second);
}

bool is_shipped(const record::Fields& fields) {
    const auto shipped = fields.find("shipped");
    return shipped != fields.end() && shipped->second == record::Value(true);
}

Result<ShipReview> load(pg::Transaction& tx, const access::Scope& scope, std::int64_t id) {
    pg::Rows rows = TRY(tx.exec(std::string(kColumns) + "where org_id = $1 and profile = $2 and review = $3",
                                {scope.org.text(), scope.profile, id}));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "there is no review " + std::to_string(id),
                          "`syncline reviews` lists them with their numbers");
    }
    return review_of(rows, 0);
}

Error decided_already(const ShipReview& review) {
    return make_error(Errc::kMoved, "review " + std::to_string(review.id) + " is " + review.status + " already" +
                                        (review.decided_by.empty() ? "" : " by " + review.decided_by));
}

// Tells Odoo. False with words when this server has nowhere to keep it.
Result<bool> ship(odoo::Client& odoo, const profile::Profile& profile, const ShipReview& review, Time now,
                  std::string& note) {
    const record::LinkKey key = TRY(record::parse_link_key(review.link));
    const profile::EntityMap* entity = profile.entity(key.entity);
    if (!entity || key.origin != record::Peer::kOdoo) {
        note = "kept here only: " + review.link + " is not a record of Odoo";
        return false;
    }
    const odoo::FieldInfos fields = TRY(odoo.fields(entity->odoo_model));
    if (!fields.contains(kShippedField)) {
        note = "kept here only: this Odoo has no field is_shipped; install the addon ipai_ppm to ship from here";
        return false;
    }
    json::Object values{{kShippedField, true}};
    if (fields.contains(kShippedAtField)) values[kShippedAtField] = format_odoo(now);
    std::int64_t id = 0;
    std::from_chars(key.id.data(), key.id.data() + key.id.size(), id);
    TRY(odoo.write(entity->odoo_model, id, values));
    note = "shipped in Odoo; the next sync carries it to Plane";
    return true;
}

}  // namespace

bool state_matches(const profile::Profile& profile, std::string_view rule_state, std::string_view state) {
    if (state.empty()) return false;
    if (!rule_state.starts_with(kGroupPrefix)) return rule_state == state;
    const std::string_view group = rule_state.substr(kGroupPrefix.size());
    const auto in_group = [&](const std::vector<profile::StateRow>& rows) {
        for (const profile::StateRow& row : rows) {
            if (row.key == state && row.group == group) return true;
        }
        return false;
    };
    if (in_group(profile.states)) return true;
    for (const auto& [project, rows] : profile.state_overrides) {
        if (in_group(rows)) return true;
    }
    return false;
}

Result<void> on_settled(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                        const sync::Settled& settled) {
    // What was done before we first met it is history, not news.
    if (!settled.before) return ok();
    const std::string_view before = state_of(*settled.before);
    const std::string_view now = state_of(settled.agreed);
    if (before.empty() || before == now || is_shipped(settled.agreed)) return ok();
    for (const profile::ReviewRule& rule : profile.reviews) {
        if (rule.entity != settled.entity || !state_matches(profile, rule.state, now) ||
            state_matches(profile, rule.state, before)) {
            continue;
        }
        const pg::Rows made = TRY(
            tx.exec("insert into ppm.ship_reviews (org_id, profile, link, kind, title, opened_at) "
                    "values ($1, $2, $3, $4, $5, $6) on conflict (org_id, profile, link, kind) where status = 'open' "
                    "do nothing",
                    {scope.org.text(), scope.profile, settled.link, rule.kind, settled.title, format_iso(settled.at)}));
        if (made.affected() == 0) continue;
        TRY(ledger::append(tx, scope,
                           {{kNoRun,
                             settled.at,
                             settled.link,
                             "",
                             "review_opened",
                             {},
                             rule.kind + " review: " + std::string(before) + " to " + std::string(now)}}));
    }
    return ok();
}

Result<std::vector<ShipReview>> ship_reviews(pg::Transaction& tx, const access::Scope& scope, bool open_only,
                                             int rows_max) {
    pg::Rows rows = TRY(tx.exec(std::string(kColumns) +
                                    "where org_id = $1 and profile = $2 and (status = 'open' or not $3::boolean) "
                                    "order by (status = 'open') desc, review desc limit $4",
                                {scope.org.text(), scope.profile, open_only, rows_max}));
    std::vector<ShipReview> reviews;
    for (std::size_t i = 0; i < rows.size(); ++i) reviews.push_back(review_of(rows, i));
    return reviews;
}

Result<Decided> decide(pg::Database& store, const access::Scope& scope, const profile::Profile& profile,
                       odoo::Client& odoo, std::int64_t review, Decision decision, const std::string& by, Time now) {
    Decided decided;
    decided.review =
        TRY(store.transact(scope.org.text(), [&](pg::Transaction& tx) { return load(tx, scope, review); }));
    if (decided.review.status != "open") return decided_already(decided.review);
    const bool approve = decision == Decision::kApprove;
    decided.note = "closed; nothing is shipped";
    // Odoo first: writing it twice does no harm, a review approved without it would.
    if (approve) decided.shipped = TRY(ship(odoo, profile, decided.review, now, decided.note));
    TRY(store.transact(scope.org.text(), [&](pg::Transaction& tx) -> Result<void> {
        const std::string status = approve ? "approved" : "rejected";
        const pg::Rows rows =
            TRY(tx.exec("update ppm.ship_reviews set status = $4, decided_by = $5, decided_at = $6 where org_id = $1 "
                        "and profile = $2 and review = $3 and status = 'open'",
                        {scope.org.text(), scope.profile, review, status, by, format_iso(now)}));
        if (rows.affected() == 0) return decided_already(TRY(load(tx, scope, review)));
        TRY(ledger::append(tx, scope,
                           {{kNoRun,
                             now,
                             decided.review.link,
                             decided.shipped ? "odoo" : "",
                             "review_" + status,
                             {},
                             decided.review.kind + " review by " + by + ": " + decided.note}}));
        decided.review = TRY(load(tx, scope, review));
        return ok();
    }));
    return decided;
}

}  // namespace syncline::governance
