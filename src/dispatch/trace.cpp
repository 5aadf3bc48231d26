#include "dispatch/trace.hpp"

#include <algorithm>

#include "dispatch/detail/trace_handles.hpp"
#include "json/json.hpp"

namespace syncline::dispatch {

namespace {

constexpr std::size_t kValueBytesMax = 60;

// Each query answers at, what, about, detail; $1 is the org, the last parameter how many rows at most.
constexpr std::string_view kReceipts =
    "select r.received_at as at, 'receipt' as what, 'receipt/' || r.receipt as about, r.source || ' ' || "
    "coalesce(nullif(r.kind, ''), 'unknown') || ' at ' || r.endpoint || case when r.duplicates > 0 then ', and ' || "
    "r.duplicates || ' times again' else '' end || case when r.quarantine <> '' then ', in quarantine: ' || "
    "r.quarantine "
    "else '' end || ', correlation ' || r.correlation as detail "
    "from ingress.receipts r where r.org_id = $1 and r.receipt = any($2::bigint[]) order by 1 desc limit $3";
constexpr std::string_view kInbox =
    "select i.changed_at as at, 'inbox' as what, i.subject as about, i.state || coalesce(' by run ' || i.run, '') || "
    "case when i.reason <> '' then ': ' || i.reason else '' end as detail from ingress.inbox i where i.org_id = $1 "
    "and i.receipt = any($2::bigint[]) and ($3::text[] = '{}' or i.subject = any($3::text[])) order by 1 desc limit $4";
constexpr std::string_view kJobs =
    "select at, 'job' as what, subject as about, detail from ("
    "select enqueued_at as at, subject, kind || ' waits (job ' || id || ', due ' || "
    "to_char(run_at at time zone 'utc', 'HH24:MI:SS') || case when failures > 0 then ', failed ' || failures || "
    "' times' else '' end || ')' as detail, correlation, org_id from jobs.queue union all "
    "select claimed_at, subject, kind || ' runs at ' || worker || ' (job ' || id || ')', correlation, org_id "
    "from jobs.running union all "
    "select died_at, subject, kind || ' is dead (job ' || id || '): ' || reason || ', ' || error, correlation, org_id "
    "from jobs.dead union all "
    "select dropped_at, subject, kind || ' was dropped by ' || dropped_by || ' (job ' || id || '): ' || why, "
    "correlation, org_id from jobs.dropped) j where org_id = $1 and (correlation = any($2::uuid[]) "
    "or subject = any($3::text[])) order by 1 desc limit $4";
constexpr std::string_view kRuns =
    "select started_at as at, 'run' as what, run::text as about, kind || ' began' as detail from ledger.runs "
    "where org_id = $1 and run = any($2::uuid[]) union all "
    "select ended_at, 'run', run::text, kind || ' ended: ' || status || coalesce(', ' || nullif(error, ''), '') "
    "from ledger.runs where org_id = $1 and run = any($2::uuid[]) and ended_at is not null order by 1 desc, 4 desc "
    "limit $3";
// Of a record's runs only what went wrong: they did much else.
constexpr std::string_view kEvents =
    "select at, 'event' as what, coalesce(run::text, '') as about, level || ': ' || message || "
    "case when facts <> '{}' then ' ' || facts::text else '' end as detail from ops.run_events where org_id = $1 "
    "and (run = any($2::uuid[]) or correlation = any($3::uuid[])) and (not $4 or level in ('warn', 'error')) "
    "order by 1 desc limit $5";
constexpr std::string_view kEntries =
    "select at, 'entry' as what, link as about, action || coalesce(' ' || side, '') || case when detail <> '' then ': "
    "' "
    "|| detail else '' end as detail, changes, entry from ledger.entries where org_id = $1 and profile = $2 "
    "and ($3 or run = any($4::uuid[])) and ($5::text[] = '{}' or link = any($5::text[])) order by entry desc limit $6";
constexpr std::string_view kConflicts =
    "select at, 'conflict' as what, link as about, field || ': ' || winner || ' won with ' || winning::text || ' over "
    "' || "
    "losing::text || ' (' || reason || ')' as detail from ledger.conflicts where org_id = $1 and profile = $2 "
    "and ($3 or run = any($4::uuid[])) and ($5::text[] = '{}' or link = any($5::text[])) order by conflict desc limit "
    "$6";

std::string value_text(const json::Value* value) {
    std::string text = value == nullptr ? "nothing" : json::canonical(*value);
    if (text.size() > kValueBytesMax) text = text.substr(0, kValueBytesMax) + "...";
    return text;
}

// "name "A" -> "B", state …"
std::string changes_text(std::string_view changes) {
    const Result<json::Value> parsed = json::parse(changes);
    if (!parsed || !parsed->is_array()) return {};
    std::string text;
    for (const json::Value& change : parsed->get_array()) {
        text += (text.empty() ? "" : ", ") + std::string(json::text_or(change, "field")) + " " +
                value_text(json::find(change, "from")) + " -> " + value_text(json::find(change, "to"));
    }
    return text;
}

class Story {
public:
    Story(pg::Transaction& tx, const access::OrgId& org, int rows_max) : tx_(tx), org_(org), rows_max_(rows_max) {}

    Result<void> add(std::string_view from, std::vector<pg::Param> params) {
        params.insert(params.begin(), pg::Param(org_.text()));
        params.emplace_back(rows_max_ + 1);
        const pg::Rows rows = TRY(tx_.exec(from, params));
        // Newest first as they come; the story goes forward.
        for (std::size_t i = rows.size(); i-- > 0;) {
            TraceRow row;
            row.at = TRY(parse_time(rows.text(i, "at")));
            row.what = rows.text(i, "what");
            row.about = rows.text(i, "about");
            row.detail = rows.text(i, "detail");
            if (row.what == "entry") {
                const std::string changes = changes_text(rows.text(i, "changes"));
                if (!changes.empty()) row.detail += ": " + changes;
            }
            rows_.push_back(std::move(row));
        }
        return ok();
    }

    // Equal instants stay in the order of their causes: receipts, jobs, runs, what was written.
    void into(Trace& trace) {
        std::stable_sort(rows_.begin(), rows_.end(), [](const TraceRow& a, const TraceRow& b) { return a.at < b.at; });
        const auto most = static_cast<std::size_t>(rows_max_);
        trace.cut = rows_.size() > most;
        if (trace.cut) rows_.erase(rows_.begin(), rows_.end() - rows_max_);
        trace.rows = std::move(rows_);
    }

private:
    pg::Transaction& tx_;
    const access::OrgId& org_;
    int rows_max_;
    std::vector<TraceRow> rows_;
};

}  // namespace

Result<Trace> trace(pg::Transaction& tx, const access::Scope& scope, const profile::Profile& profile,
                    const std::string& id, int rows_max) {
    const TraceHandles found = TRY(find_handles(tx, scope, profile, id));
    if (found.kind.empty()) {
        return make_error(Errc::kNotFound, "nothing is known of '" + id + "'",
                          "give a correlation, run, receipt/N, job/N, link key, subject or a record's id");
    }
    // A run is told whole; a record over all its runs; a cause as far as it concerns the entities that it named.
    const std::string links = found.kind == "run" ? "{}" : pg::array_literal(found.links);
    const std::string runs = pg::array_literal(found.runs);
    const std::string named = found.of_record ? pg::array_literal(found.subjects) : "{}";
    Story story(tx, scope.org, std::clamp(rows_max, 1, kTraceRowsMax));
    TRY(story.add(kReceipts, {pg::array_literal(found.receipts)}));
    TRY(story.add(kInbox, {pg::array_literal(found.receipts), named}));
    TRY(story.add(kJobs, {pg::array_literal(found.of_record ? std::set<std::string>() : found.correlations),
                          pg::array_literal(found.kind == "run" ? std::set<std::string>() : found.subjects)}));
    TRY(story.add(kRuns, {runs}));
    TRY(story.add(kEvents, {runs, pg::array_literal(found.correlations), found.of_record}));
    const bool all_runs = found.of_record && !found.links.empty();
    TRY(story.add(kEntries, {scope.profile, all_runs, runs, links}));
    TRY(story.add(kConflicts, {scope.profile, all_runs, runs, links}));
    Trace told{id, found.kind, {}, {}, {}, false};
    told.correlations.assign(found.correlations.begin(), found.correlations.end());
    told.links.assign(found.links.begin(), found.links.end());
    story.into(told);
    return told;
}

}  // namespace syncline::dispatch
