#include "mirror/pulls.hpp"

#include "mirror/detail/pull_log.hpp"

namespace syncline::mirror {
namespace {

constexpr std::string_view kColumns =
    "run, entity, kind, state, wanted, total, done, done_to, created, updated, deleted, unchanged, calls, bytes, "
    "errors, "
    "error, by, plan, since, cut, started_at, updated_at, ended_at";

template <typename Enum>
Enum parsed(std::string_view text, std::initializer_list<Enum> all) {
    for (const Enum value : all) {
        if (to_string(value) == text) return value;
    }
    return *all.begin();  // the table's own check allows no other
}

std::vector<PullError> errors_of(std::string_view text) {
    std::vector<PullError> errors;
    const Result<json::Value> list = json::parse(text);
    if (!list.ok() || !list->is_array()) return errors;
    for (const json::Value& error : list->get_array()) {
        errors.push_back({json::integer_or(error, "id"), std::string(json::text_or(error, "field")),
                          std::string(json::text_or(error, "message"))});
    }
    return errors;
}

Result<PullRow> pull_row(const pg::Rows& rows, std::size_t i) {
    PullRow row;
    row.run = rows.text(i, "run");
    row.entity = rows.text(i, "entity");
    row.kind = parsed(rows.text(i, "kind"), {PullKind::kFull, PullKind::kDelta});
    row.state = parsed(rows.text(i, "state"), {PullState::kRunning, PullState::kPaused, PullState::kCancelled,
                                               PullState::kDone, PullState::kFailed});
    row.wanted = parsed(rows.text(i, "wanted"), {Wanted::kRun, Wanted::kPause, Wanted::kCancel});
    row.total = rows.integer(i, "total");
    row.done = rows.integer(i, "done");
    row.done_to = rows.integer(i, "done_to");
    row.counts = {rows.integer(i, "created"), rows.integer(i, "updated"), rows.integer(i, "deleted"),
                  rows.integer(i, "unchanged")};
    row.calls = rows.integer(i, "calls");
    row.bytes = rows.integer(i, "bytes");
    row.errors = errors_of(rows.text(i, "errors"));
    row.error = rows.text(i, "error");
    row.by = rows.text(i, "by");
    row.plan = rows.text(i, "plan");
    row.since = rows.text(i, "since");
    if (!rows.is_null(i, "cut")) row.cut = TRY(parse_time(rows.text(i, "cut")));
    row.started_at = TRY(parse_time(rows.text(i, "started_at")));
    row.updated_at = TRY(parse_time(rows.text(i, "updated_at")));
    if (!rows.is_null(i, "ended_at")) row.ended_at = TRY(parse_time(rows.text(i, "ended_at")));
    return row;
}

json::Array errors_json(const std::vector<PullError>& errors) {
    json::Array list;
    for (const PullError& error : errors) {
        list.push_back(json::Object{{"id", error.id}, {"field", error.field}, {"message", error.message}});
    }
    return list;
}

std::optional<std::string> moment(Time time) {
    if (time == Time{}) return std::nullopt;
    return format_iso(time);
}

}  // namespace

std::string_view to_string(PullKind kind) { return kind == PullKind::kFull ? "full" : "delta"; }

std::string_view to_string(PullState state) {
    switch (state) {
        case PullState::kRunning: return "running";
        case PullState::kPaused: return "paused";
        case PullState::kCancelled: return "cancelled";
        case PullState::kDone: return "done";
        case PullState::kFailed: break;
    }
    return "failed";
}

std::string_view to_string(Wanted wanted) {
    switch (wanted) {
        case Wanted::kRun: return "run";
        case Wanted::kPause: return "pause";
        case Wanted::kCancel: break;
    }
    return "cancel";
}

Result<std::vector<PullRow>> recent_pulls(pg::Transaction& tx, const Source& source, std::string_view entity,
                                          int rows_max) {
    static const std::string kSql = "select " + std::string(kColumns) +
                                    " from odoo.pulls where org_id = $1 and connector = $2 and kind <> 'preview' "
                                    "and ($3 = '' or entity = $3) order by started_at desc, entity limit $4";
    const pg::Rows rows = TRY(tx.exec(kSql, {source.org.text(), source.connector, entity, rows_max}));
    std::vector<PullRow> pulls;
    for (std::size_t i = 0; i < rows.size(); ++i) pulls.push_back(TRY(pull_row(rows, i)));
    return pulls;
}

Result<void> ask_pull(pg::Transaction& tx, const Source& source, std::string_view entity, Wanted wanted) {
    const pg::Rows rows =
        TRY(tx.exec("update odoo.pulls set wanted = $4, "
                    "state = case when state = 'paused' and $4 = 'cancel' then 'cancelled' else state end, "
                    "ended_at = case when state = 'paused' and $4 = 'cancel' then updated_at else ended_at end "
                    "where org_id = $1 and connector = $2 and entity = $3 and state in ('running', 'paused')",
                    {source.org.text(), source.connector, entity, to_string(wanted)}));
    if (rows.affected() > 0) return ok();
    return make_error(Errc::kNotFound, "no pull of " + std::string(entity) + " is running or paused");
}

namespace detail {

Result<std::optional<PullRow>> open_pull(pg::Transaction& tx, const Source& source, std::string_view entity) {
    static const std::string kSql = "select " + std::string(kColumns) +
                                    " from (select * from odoo.pulls where org_id = $1 and connector = $2 and "
                                    "entity = $3 order by started_at desc limit 1) last "
                                    "where state in ('running', 'paused', 'failed')";
    const pg::Rows rows = TRY(tx.exec(kSql, {source.org.text(), source.connector, entity}));
    if (rows.empty()) return std::optional<PullRow>();
    return std::optional<PullRow>(TRY(pull_row(rows, 0)));
}

Result<void> save_pull(pg::Transaction& tx, const Source& source, const PullRow& row) {
    std::optional<std::string> since, ended, error;
    if (!row.since.empty()) since = row.since;
    if (row.ended_at) ended = format_iso(*row.ended_at);
    if (!row.error.empty()) error = row.error;
    TRY(tx.exec(
        "insert into odoo.pulls (org_id, run, connector, entity, kind, state, wanted, total, done, done_to, created, "
        "updated, deleted, unchanged, calls, bytes, errors, error, by, plan, since, cut, started_at, updated_at, "
        "ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::jsonb, "
        "$18, $19, $20, $21, $22, $23, $24, $25) on conflict (org_id, run, entity) do update set "
        "state = excluded.state, wanted = excluded.wanted, total = excluded.total, done = excluded.done, "
        "done_to = excluded.done_to, created = excluded.created, updated = excluded.updated, "
        "deleted = excluded.deleted, unchanged = excluded.unchanged, calls = excluded.calls, "
        "bytes = excluded.bytes, errors = excluded.errors, error = excluded.error, plan = excluded.plan, "
        "since = excluded.since, cut = excluded.cut, updated_at = excluded.updated_at, "
        "ended_at = excluded.ended_at",
        {source.org.text(),
         row.run,
         source.connector,
         row.entity,
         to_string(row.kind),
         to_string(row.state),
         to_string(row.wanted),
         row.total,
         row.done,
         row.done_to,
         row.counts.created,
         row.counts.updated,
         row.counts.deleted,
         row.counts.unchanged,
         row.calls,
         row.bytes,
         json::canonical(errors_json(row.errors)),
         error,
         row.by,
         row.plan,
         since,
         moment(row.cut),
         format_iso(row.started_at),
         format_iso(row.updated_at),
         ended}));
    return ok();
}

Result<Wanted> note_step(pg::Transaction& tx, const Source& source, const PullRow& row, const Step& step) {
    const pg::Rows rows = TRY(tx.exec(
        "update odoo.pulls set done = done + $4, done_to = greatest(done_to, $5), created = created + $6, "
        "updated = updated + $7, deleted = deleted + $8, unchanged = unchanged + $9, calls = calls + $10, "
        "bytes = bytes + $11, updated_at = $12 where org_id = $1 and run = $2 and entity = $3 returning wanted",
        {source.org.text(), row.run, row.entity, step.done, step.done_to, step.counts.created, step.counts.updated,
         step.counts.deleted, step.counts.unchanged, step.calls, step.bytes, format_iso(step.at)}));
    if (rows.empty()) return make_error(Errc::kInternal, "the pull's own row is gone");
    return parsed(rows.text(0, "wanted"), {Wanted::kRun, Wanted::kPause, Wanted::kCancel});
}

}  // namespace detail
}  // namespace syncline::mirror
