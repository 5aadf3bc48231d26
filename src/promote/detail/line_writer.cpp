#include "promote/detail/line_writer.hpp"

#include "vault/digest.hpp"

namespace syncline::promote::detail {
namespace {

// The lines of one batch, with the rows as PostgreSQL itself reads and writes them: so that equal means equal.
std::string insert_lines(std::string_view table) {
    return "with input as (select * from jsonb_to_recordset($4::jsonb) as r(n bigint, external_id bigint, "
           "version integer, id uuid, name text, gone boolean, row jsonb, reason text, detail text)), "
           "compared as (select i.*, c.id is not null as there, core.content(to_jsonb(c)) as before, "
           "case when i.row is not null then core.content(to_jsonb(jsonb_populate_record(c, i.row))) end as after "
           "from input i left join core." +
           std::string(table) +
           " c on c.org_id = $1 and c.id = i.id), "
           "decided as (select *, case when reason <> '' then 'quarantine' when gone and not there then 'unchanged' "
           "when not there then 'create' when before = after then 'unchanged' "
           "when (before ->> 'active')::boolean and not (after ->> 'active')::boolean then 'archive' "
           "else 'update' end as action from compared) "
           "insert into promote.plan_lines (org_id, plan, line, entity, external_id, version, core_table, internal_id, "
           "action, name, before, after, reason, detail) "
           "select $1, $2, n, $3, external_id, version, '" +
           std::string(table) +
           "', case when action <> 'quarantine' then id end, action, name, "
           "case when action in ('update', 'archive') then before end, "
           "case when action in ('create', 'update', 'archive') then after end, reason, detail from decided order by n "
           "returning line, external_id, version, action, name, reason, detail, coalesce(internal_id::text, '') as id, "
           "coalesce(encode(sha256(convert_to(before::text, 'UTF8')), 'hex'), '') as was, "
           "coalesce(encode(sha256(convert_to(after::text, 'UTF8')), 'hex'), '') as will_be";
}

json::Object line_of(const Candidate& one, std::int64_t line) {
    json::Object object{{"n", line},
                        {"external_id", one.external_id},
                        {"version", one.version},
                        {"name", one.name},
                        {"gone", one.gone},
                        {"id", nullptr},
                        {"reason", one.refusal ? to_string(one.refusal->reason) : ""},
                        {"detail", one.refusal ? one.refusal->detail : ""}};
    if (!one.row_id.empty()) object["id"] = one.row_id;
    if (!one.refusal && !one.row_id.empty()) object["row"] = one.row;
    return object;
}

}  // namespace

LineWriter::LineWriter(pg::Transaction& tx, const mirror::Source& source, std::string plan, Time now)
    : tx_(tx),
      source_(source),
      plan_(std::move(plan)),
      now_(now),
      hash_(vault::sha256_hex("syncline.promote.1\n" + source.org.text() + "\n" + source.connector + "\n")) {}

Result<void> LineWriter::write(Counts& counts, std::vector<Candidate>& batch) {
    for (const Table& table : all_tables()) {
        std::vector<const Candidate*> of_table;
        for (const Candidate& one : batch) {
            if (one.table == &table) of_table.push_back(&one);
        }
        if (!of_table.empty()) TRY(write_table(counts, table, of_table));
    }
    return quarantine(counts.entity, batch);
}

Result<void> LineWriter::write_table(Counts& counts, const Table& table, const std::vector<const Candidate*>& batch) {
    json::Array input;
    input.reserve(batch.size());
    for (const Candidate* one : batch) input.push_back(line_of(*one, ++lines_));
    const pg::Rows rows = TRY(
        tx_.exec(insert_lines(table.core_table), {source_.org.text(), plan_, counts.entity, json::canonical(input)}));
    for (std::size_t i = 0; i < rows.size(); ++i) count(counts, table, rows, i);
    return ok();
}

void LineWriter::count(Counts& counts, const Table& table, const pg::Rows& rows, std::size_t row) {
    const std::string action(rows.text(row, "action"));
    const std::string reason(rows.text(row, "reason"));
    std::string line = hash_ + " " + counts.entity + " " + std::string(table.core_table);
    for (const std::string_view column : {"external_id", "version", "action", "id", "was", "will_be", "reason"}) {
        line += " " + std::string(rows.text(row, column));
    }
    hash_ = vault::sha256_hex(line + "\n");
    if (action == "create") ++counts.created;
    if (action == "update") ++counts.updated;
    if (action == "archive") ++counts.archived;
    if (action == "unchanged") ++counts.unchanged;
    if (action == "quarantine") {
        ++counts.quarantined;
        ++counts.reasons[reason];
    }
    if (action == "unchanged" || ++sampled_[counts.entity + "/" + action + "/" + reason] > kSamplesMax) return;
    samples_.push_back({counts.entity,
                        rows.integer(row, "external_id"),
                        std::string(rows.text(row, "name")),
                        action,
                        std::string(rows.text(row, "detail")),
                        {}});
}

Result<void> LineWriter::quarantine(std::string_view entity, const std::vector<Candidate>& batch) {
    json::Array refused;
    for (const Candidate& one : batch) {
        if (one.refusal) refused.push_back(line_of(one, 0));
    }
    if (refused.empty()) return ok();
    TRY(
        tx_.exec("insert into promote.quarantine as q (org_id, connector, entity, external_id, version, name, reason, "
                 "detail, plan, since) select $1, $2, $3, external_id, version, name, reason, detail, $4, $5 "
                 "from jsonb_to_recordset($6::jsonb) as r(external_id bigint, version integer, name text, reason text, "
                 "detail text) on conflict (org_id, connector, entity, external_id) do update set version = "
                 "excluded.version, name = excluded.name, reason = excluded.reason, detail = excluded.detail, plan = "
                 "excluded.plan, since = case when q.reason = excluded.reason then q.since else excluded.since end",
                 {source_.org.text(), source_.connector, entity, plan_, format_iso(now_), json::canonical(refused)}));
    return ok();
}

}  // namespace syncline::promote::detail
