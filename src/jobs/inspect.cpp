#include "jobs/inspect.hpp"

#include "jobs/detail/dead_row.hpp"

namespace syncline::jobs {

namespace {

constexpr std::string_view kAbout =
    "select place, id, kind, subject, correlation, at, failures, worker, reason, error from ("
    "select 0 as place, id, kind, subject, correlation, claimed_at as at, failures, worker, '' as reason, '' as error"
    " from jobs.running where org_id = $1 and subject = any($2::text[]) union all "
    "select 1, id, kind, subject, correlation, run_at, failures, '', '', ''"
    " from jobs.queue where org_id = $1 and subject = any($2::text[]) union all "
    "select 2, id, kind, subject, correlation, died_at, attempts, '', reason, error"
    " from jobs.dead where org_id = $1 and subject = any($2::text[])) seen order by place, at, id limit $3";

}  // namespace

Result<std::vector<Seen>> about(pg::Transaction& tx, const access::OrgId& org, const std::vector<std::string>& subjects,
                                int rows_max) {
    const pg::Rows rows = TRY(tx.exec(kAbout, {org.text(), pg::array_literal(subjects), rows_max}));
    std::vector<Seen> all;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        Seen seen;
        seen.state = static_cast<Seen::State>(rows.integer(row, "place"));
        seen.id = rows.integer(row, "id");
        seen.kind = rows.text(row, "kind");
        seen.subject = rows.text(row, "subject");
        seen.correlation = rows.text(row, "correlation");
        seen.at = TRY(parse_time(rows.text(row, "at")));
        seen.failures = static_cast<int>(rows.integer(row, "failures"));
        seen.worker = rows.text(row, "worker");
        seen.reason = rows.text(row, "reason");
        seen.error = rows.text(row, "error");
        all.push_back(std::move(seen));
    }
    return all;
}

Result<DeadJob> dead_job(pg::Transaction& tx, const access::OrgId& org, std::int64_t id) {
    const pg::Rows rows =
        TRY(tx.exec(std::string(detail::kDeadColumns) + " where org_id = $1 and id = $2", {org.text(), id}));
    if (rows.empty()) return detail::no_such_dead(id);
    return detail::dead_of(rows, 0);
}

}  // namespace syncline::jobs
