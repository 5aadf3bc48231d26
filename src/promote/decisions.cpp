#include "promote/decisions.hpp"

#include "json/json.hpp"

namespace syncline::promote {
namespace {

std::string array_text(const std::vector<std::string>& texts) {
    json::Array array;
    for (const std::string& text : texts) array.push_back(json::Value(text));
    return json::canonical(array);
}

Result<std::vector<std::string>> texts_in(const pg::Rows& rows, std::size_t row, std::string_view column) {
    const json::Value value = TRY(json::parse(rows.text(row, column)));
    std::vector<std::string> texts;
    if (!value.is_array()) return texts;
    for (const json::Value& one : value.get_array()) {
        if (one.is_string()) texts.emplace_back(one.get_string());
    }
    return texts;
}

}  // namespace

Result<std::int64_t> log_decision(pg::Transaction& tx, const access::OrgId& org, const Decision& it) {
    const pg::Rows rows = TRY(
        tx.exec("insert into governance.decisions (org_id, what, owner, asked_by, at, choices, risks, recommendation, "
                "outcome, why, plan_hash, run) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10, $11, "
                "nullif($12, '')::uuid) returning decision",
                {org.text(), it.what, it.owner, it.asked_by, format_iso(it.at), array_text(it.choices),
                 array_text(it.risks), it.recommendation, it.outcome, it.why, it.plan_hash, it.run}));
    return rows.integer(0, "decision");
}

Result<void> decision_led_to(pg::Transaction& tx, const access::OrgId& org, std::string_view plan_hash,
                             std::string_view run) {
    TRY(
        tx.exec("update governance.decisions set run = $3 where org_id = $1 and decision = (select max(decision) from "
                "governance.decisions where org_id = $1 and plan_hash = $2)",
                {org.text(), plan_hash, run}));
    return ok();
}

Result<std::vector<Decision>> decisions(pg::Transaction& tx, const access::OrgId& org, int rows_max) {
    const pg::Rows rows = TRY(
        tx.exec("select decision, what, owner, asked_by, (extract(epoch from at) * 1000000)::bigint as at_us, choices, "
                "risks, recommendation, outcome, why, plan_hash, coalesce(run::text, '') as run "
                "from governance.decisions where org_id = $1 order by decision desc limit $2",
                {org.text(), rows_max}));
    std::vector<Decision> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Decision it;
        it.id = rows.integer(i, "decision");
        it.what = rows.text(i, "what");
        it.owner = rows.text(i, "owner");
        it.asked_by = rows.text(i, "asked_by");
        it.at = Time(Micros(rows.integer(i, "at_us")));
        it.choices = TRY(texts_in(rows, i, "choices"));
        it.risks = TRY(texts_in(rows, i, "risks"));
        it.recommendation = rows.text(i, "recommendation");
        it.outcome = rows.text(i, "outcome");
        it.why = rows.text(i, "why");
        it.plan_hash = rows.text(i, "plan_hash");
        it.run = rows.text(i, "run");
        all.push_back(std::move(it));
    }
    return all;
}

}  // namespace syncline::promote
