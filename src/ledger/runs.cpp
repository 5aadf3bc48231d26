#include "ledger/runs.hpp"

namespace syncline::ledger {

Result<void> start_run(pg::Transaction& tx, const access::Scope& scope, const Run& run) {
    std::optional<std::string> correlation;
    if (!run.correlation.empty()) correlation = run.correlation;
    TRY(
        tx.exec("insert into ledger.runs (org_id, run, profile, kind, started_at, correlation) "
                "values ($1, $2, $3, $4, $5, $6)",
                {scope.org.text(), run.id, scope.profile, run.kind, format_iso(run.started_at), correlation}));
    return ok();
}

Result<void> end_run(pg::Transaction& tx, const access::Scope& scope, const Run& run) {
    std::optional<std::string> ended;
    if (run.ended_at) ended = format_iso(*run.ended_at);
    std::optional<std::string> error;
    if (!run.error.empty()) error = run.error;
    TRY(
        tx.exec("update ledger.runs set ended_at = $3, status = $4, counts = $5::jsonb, error = $6 "
                "where org_id = $1 and run = $2",
                {scope.org.text(), run.id, ended, run.status, json::canonical(run.counts), error}));
    return ok();
}

Result<void> forget_idle_runs(pg::Transaction& tx, const access::Scope& scope, std::string_view keep,
                              Time looks_before) {
    TRY(
        tx.exec("delete from ledger.runs where org_id = $1 and profile = $2 and run <> $3::uuid and status = 'done' "
                "and counts @> '{\"idle\": true}' and (kind <> 'look' or started_at < $4)",
                {scope.org.text(), scope.profile, keep, format_iso(looks_before)}));
    return ok();
}

Result<std::vector<Run>> recent_runs(pg::Transaction& tx, const access::Scope& scope, int rows_max) {
    pg::Rows rows =
        TRY(tx.exec("select run, kind, started_at, ended_at, status, counts, error, correlation from ledger.runs where "
                    "org_id = $1 and profile = $2 order by started_at desc limit $3",
                    {scope.org.text(), scope.profile, rows_max}));
    std::vector<Run> runs;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Run run;
        run.id = rows.text(i, "run");
        run.kind = rows.text(i, "kind");
        run.started_at = TRY(parse_time(rows.text(i, "started_at")));
        if (!rows.is_null(i, "ended_at")) run.ended_at = TRY(parse_time(rows.text(i, "ended_at")));
        run.status = rows.text(i, "status");
        if (json::Value counts = TRY(json::parse(rows.text(i, "counts"))); counts.is_object()) {
            run.counts = counts.as_object();
        }
        run.error = rows.text(i, "error");
        run.correlation = rows.text(i, "correlation");
        runs.push_back(std::move(run));
    }
    return runs;
}

}  // namespace syncline::ledger
