#include "ledger/conflicts.hpp"

namespace syncline::ledger {

namespace {

json::Array rows_of(const std::vector<Conflict>& conflicts) {
    json::Array rows;
    for (const Conflict& conflict : conflicts) {
        rows.push_back(json::Object{{"run", conflict.run},
                                    {"at", format_iso(conflict.at)},
                                    {"link", conflict.link},
                                    {"field", conflict.field},
                                    {"winner", conflict.winner},
                                    {"winning", conflict.winning},
                                    {"losing", conflict.losing},
                                    {"reason", conflict.reason}});
    }
    return rows;
}

}  // namespace

Result<void> append(pg::Transaction& tx, const access::Scope& scope, const std::vector<Conflict>& conflicts) {
    if (conflicts.empty()) return ok();
    // A JSON null inside a recordset column arrives as SQL NULL: put back what was meant.
    TRY(tx.exec(
        "insert into ledger.conflicts (org_id, profile, run, at, link, field, winner, winning, losing, reason) "
        "select $1, $2, run, at, link, field, winner, coalesce(winning, 'null'), coalesce(losing, 'null'), reason "
        "from jsonb_to_recordset($3::jsonb) as r(run uuid, at timestamptz, link text, field text, winner text, "
        "winning jsonb, losing jsonb, reason text)",
        {scope.org.text(), scope.profile, json::canonical(rows_of(conflicts))}));
    return ok();
}

Result<void> append_before_write(pg::Transaction& tx, const access::Scope& scope,
                                 const std::vector<Conflict>& conflicts) {
    if (conflicts.empty()) return ok();
    // Only the newest conflict of the field counts, and only while no entry since then says that the field was written.
    TRY(tx.exec(
        "insert into ledger.conflicts (org_id, profile, run, at, link, field, winner, winning, losing, reason) "
        "select $1, $2, run, at, link, field, winner, coalesce(winning, 'null'), coalesce(losing, 'null'), reason "
        "from jsonb_to_recordset($3::jsonb) as r(run uuid, at timestamptz, link text, field text, winner text, "
        "winning jsonb, losing jsonb, reason text) where not exists (select from (select c.at, c.losing, c.winning "
        "from ledger.conflicts c where c.org_id = $1 and c.profile = $2 and c.link = r.link and c.field = r.field "
        "order by c.conflict desc limit 1) newest where newest.losing = coalesce(r.losing, 'null') "
        "and newest.winning = coalesce(r.winning, 'null') and not exists (select from ledger.entries e "
        "where e.org_id = $1 and e.profile = $2 and e.link = r.link and e.at >= newest.at "
        "and e.changes @> jsonb_build_array(jsonb_build_object('field', r.field))))",
        {scope.org.text(), scope.profile, json::canonical(rows_of(conflicts))}));
    return ok();
}

Result<std::vector<Conflict>> conflicts(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                                        int rows_max) {
    pg::Rows rows = TRY(
        tx.exec("select c.conflict, c.run, c.at, c.link, coalesce(l.title, '') as title, c.field, c.winner, c.winning, "
                "c.losing, c.reason from ledger.conflicts c "
                "left join sync.links l on l.org_id = c.org_id and l.profile = c.profile and l.link = c.link "
                "where c.org_id = $1 and c.profile = $2 and ($3 = '' or c.link = $3) order by c.conflict desc limit $4",
                {scope.org.text(), scope.profile, link, rows_max}));
    std::vector<Conflict> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Conflict conflict;
        conflict.id = rows.integer(i, "conflict");
        conflict.run = rows.text(i, "run");
        conflict.at = TRY(parse_time(rows.text(i, "at")));
        conflict.link = rows.text(i, "link");
        conflict.title = rows.text(i, "title");
        conflict.field = rows.text(i, "field");
        conflict.winner = rows.text(i, "winner");
        conflict.winning = TRY(json::parse(rows.text(i, "winning")));
        conflict.losing = TRY(json::parse(rows.text(i, "losing")));
        conflict.reason = rows.text(i, "reason");
        found.push_back(std::move(conflict));
    }
    return found;
}

Result<void> set_reviews(pg::Transaction& tx, const access::Scope& scope, std::string_view link,
                         const std::vector<Review>& reviews) {
    std::vector<std::string> fields;
    for (const Review& review : reviews) fields.push_back(review.field);
    TRY(
        tx.exec("update ledger.reviews set status = 'resolved' where org_id = $1 and profile = $2 and link = $3 "
                "and status = 'open' and field <> all($4::text[])",
                {scope.org.text(), scope.profile, link, pg::array_literal(fields)}));
    for (const Review& review : reviews) {
        TRY(
            tx.exec("insert into ledger.reviews (org_id, profile, link, field, odoo, plane, reason, opened_at) "
                    "values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8) "
                    "on conflict (org_id, profile, link, field) where status = 'open' "
                    "do update set odoo = excluded.odoo, plane = excluded.plane",
                    {scope.org.text(), scope.profile, link, review.field, json::canonical(review.odoo),
                     json::canonical(review.plane), review.reason, format_iso(review.opened_at)}));
    }
    return ok();
}

namespace {

constexpr std::string_view kReviewColumns = "review, link, field, odoo, plane, reason, status, opened_at ";

Result<Review> review_of(const pg::Rows& rows, std::size_t row) {
    Review review;
    review.id = rows.integer(row, "review");
    review.link = rows.text(row, "link");
    review.field = rows.text(row, "field");
    review.odoo = TRY(json::parse(rows.text(row, "odoo")));
    review.plane = TRY(json::parse(rows.text(row, "plane")));
    review.reason = rows.text(row, "reason");
    review.opened_at = TRY(parse_time(rows.text(row, "opened_at")));
    return review;
}

}  // namespace

Result<std::vector<Review>> open_reviews(pg::Transaction& tx, const access::Scope& scope, int rows_max) {
    const pg::Rows rows = TRY(tx.exec("select " + std::string(kReviewColumns) +
                                          "from ledger.reviews where org_id = $1 and profile = $2 and status = 'open' "
                                          "order by review limit $3",
                                      {scope.org.text(), scope.profile, rows_max}));
    std::vector<Review> found;
    for (std::size_t i = 0; i < rows.size(); ++i) found.push_back(TRY(review_of(rows, i)));
    return found;
}

Result<Review> close_review(pg::Transaction& tx, const access::Scope& scope, std::int64_t id) {
    const pg::Rows rows = TRY(tx.exec("select " + std::string(kReviewColumns) +
                                          "from ledger.reviews where org_id = $1 and profile = $2 and review = $3 "
                                          "for update",
                                      {scope.org.text(), scope.profile, id}));
    if (rows.empty()) {
        return make_error(Errc::kNotFound, "there is no conflict " + std::to_string(id) + " to decide",
                          "`syncline conflicts` lists them with their numbers");
    }
    if (rows.text(0, "status") != "open") {
        return make_error(Errc::kMoved, "conflict " + std::to_string(id) + " is decided already",
                          "`syncline conflicts` lists those that wait");
    }
    TRY(tx.exec("update ledger.reviews set status = 'resolved' where org_id = $1 and profile = $2 and review = $3",
                {scope.org.text(), scope.profile, id}));
    return review_of(rows, 0);
}

}  // namespace syncline::ledger
