#include "promote/detail/apply_batch.hpp"

#include "mirror/entities.hpp"
#include "mirror/selection.hpp"

namespace syncline::promote::detail {
namespace {

constexpr std::string_view kLines =
    " promote.plan_lines l where l.org_id = $1 and l.plan = $2 and l.line > $3 and l.line <= $4";

std::string core(const Batch& batch) { return "core." + batch.core_table; }

pg::Params span_of(const mirror::Source& source, const Plan& plan, const Batch& batch) {
    return {source.org.text(), plan.id, batch.from, batch.to};
}

Error changed_under_it(const Batch& batch) {
    return make_error(Errc::kMoved, "rows of " + core(batch) + " changed while the plan was applied",
                      "what was done so far stays; `syncline promote plan` shows what is left");
}

Result<Counts> count_lines(pg::Transaction& tx, const mirror::Source& source, const Plan& plan, const Batch& batch) {
    const pg::Rows rows = TRY(tx.exec("select l.action, count(*) as n from" + std::string(kLines) + " group by 1",
                                      span_of(source, plan, batch)));
    Counts counts;
    counts.entity = batch.entity;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view action = rows.text(i, "action");
        const std::int64_t n = rows.integer(i, "n");
        if (action == "create") counts.created = n;
        if (action == "update") counts.updated = n;
        if (action == "archive") counts.archived = n;
        if (action == "unchanged") counts.unchanged = n;
        if (action == "quarantine") counts.quarantined = n;
    }
    return counts;
}

// Updates first: one may give up a SKU that a new row gets.
Result<void> write_rows(pg::Transaction& tx, const Context& context, const Plan& plan, const Batch& batch,
                        const Counts& counts) {
    const Table& table = table_of(batch.core_table);
    pg::Params params = span_of(context.source, plan, batch);
    params.emplace_back(format_iso(context.clock.now()));
    const std::string record = "jsonb_populate_record(null::" + core(batch) + ", l.after) r";
    if (counts.updated + counts.archived > 0) {
        const pg::Rows updated = TRY(tx.exec(
            "update " + core(batch) + " c set (updated_at, " + columns_of(table, "") + ") = (select $5::timestamptz, " +
                columns_of(table, "r.") + " from " + record + ") from" + std::string(kLines) +
                " and l.action in ('update', 'archive') and c.org_id = $1 and c.id = l.internal_id and "
                "core.content(to_jsonb(c)) = l.before",
            params));
        if (updated.affected() != counts.updated + counts.archived) return changed_under_it(batch);
    }
    if (counts.created == 0) return ok();
    const pg::Rows created =
        TRY(tx.exec("insert into " + core(batch) + " (org_id, id, created_at, updated_at, " + columns_of(table, "") +
                        ") select $1, l.internal_id, $5, $5, " + columns_of(table, "r.") + " from (select * from" +
                        std::string(kLines) + " and l.action = 'create' order by l.line) l, " + record +
                        " on conflict (org_id, id) do nothing",
                    params));
    if (created.affected() != counts.created) return changed_under_it(batch);
    return ok();
}

Result<void> write_mappings(pg::Transaction& tx, const Context& context, const Plan& plan, const Batch& batch,
                            std::string_view run) {
    const mirror::Entity* entity = mirror::find_entity(batch.entity);
    pg::Params params = span_of(context.source, plan, batch);
    params.insert(params.end(), {context.source.connector, entity ? entity->models.front() : std::string_view(), run,
                                 format_iso(context.clock.now())});
    TRY(
        tx.exec("insert into core.mappings as m (org_id, connector, entity, external_id, external_model, core_table, "
                "internal_id, run, created_at, updated_at) select l.org_id, $5, l.entity, l.external_id, "
                "coalesce(nullif(e.model, ''), $6), l.core_table, l.internal_id, $7, $8, $8 from" +
                    std::string(" (select * from") + std::string(kLines) +
                    " and l.action <> 'quarantine' and l.internal_id is not null) l left join odoo.entities e on "
                    "e.org_id = l.org_id and e.connector = $5 and e.entity = l.entity "
                    "on conflict (org_id, connector, entity, external_id) do update set core_table = "
                    "excluded.core_table, internal_id = excluded.internal_id, is_active = true, run = excluded.run, "
                    "updated_at = excluded.updated_at where not m.is_active or m.internal_id <> excluded.internal_id",
                params));
    return ok();
}

Result<void> write_changes(pg::Transaction& tx, const Context& context, const Plan& plan, const Batch& batch,
                           std::string_view run) {
    pg::Params params = span_of(context.source, plan, batch);
    params.insert(params.end(), {context.source.connector, run, format_iso(context.clock.now())});
    TRY(tx.exec(
        "insert into promote.changes (org_id, run, line, connector, entity, external_id, version, taken_before, "
        "core_table, internal_id, action, before, after, at) select l.org_id, $6, l.line, $5, l.entity, "
        "l.external_id, l.version, r.taken, l.core_table, l.internal_id, l.action, l.before, l.after, $7 "
        "from (select * from" +
            std::string(kLines) +
            " and l.action <> 'quarantine') l join odoo.records r on r.org_id = l.org_id and r.connector = $5 "
            "and r.entity = l.entity and r.external_id = l.external_id",
        params));
    const pg::Rows rows = TRY(tx.exec(
        "select l.external_id, l.version from" + std::string(kLines) + " and l.action <> 'quarantine' order by l.line",
        span_of(context.source, plan, batch)));
    std::vector<mirror::Taken> taken;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        taken.push_back({rows.integer(i, "external_id"), rows.integer(i, "version")});
    }
    return mirror::mark_taken(tx, context.source, batch.entity, taken);
}

}  // namespace

std::string columns_of(const Table& table, std::string_view prefix) {
    std::string names;
    for (const std::string_view name : {"active", "deleted_at", "metadata"}) {
        names += (names.empty() ? "" : ", ") + std::string(prefix) + std::string(name);
    }
    for (const Column& column : table.columns) names += ", " + std::string(prefix) + std::string(column.name);
    return names;
}

Result<std::optional<Batch>> next_batch(pg::Transaction& tx, const mirror::Source& source, const Plan& plan,
                                        int rows_max) {
    const pg::Rows rows = TRY(
        tx.exec("with next as (select line, entity, core_table from promote.plan_lines where org_id = $1 and plan = $2 "
                "and line > $3 order by line limit $4), first as (select * from next order by line limit 1) "
                "select f.entity, f.core_table, max(n.line) as last from first f join next n on n.entity = f.entity "
                "and n.core_table = f.core_table and n.line < coalesce((select min(b.line) from next b, first a "
                "where (b.entity, b.core_table) <> (a.entity, a.core_table)), 9223372036854775807) group by 1, 2",
                {source.org.text(), plan.id, plan.done_to, rows_max}));
    if (rows.empty()) return std::optional<Batch>();
    return std::optional(Batch{std::string(rows.text(0, "entity")), std::string(rows.text(0, "core_table")),
                               plan.done_to, rows.integer(0, "last")});
}

Result<std::string> moved_line(pg::Transaction& tx, const mirror::Source& source, const Plan& plan,
                               const Batch& batch) {
    pg::Params params = span_of(source, plan, batch);
    params.emplace_back(source.connector);
    const pg::Rows rows = TRY(tx.exec(
        "select l.entity, l.external_id, l.name, r.version is distinct from l.version as upstream from "
        "(select * from" +
            std::string(kLines) +
            " and l.action <> 'quarantine') l left join lateral (select version from odoo.records where org_id = $1 "
            "and connector = $5 and entity = l.entity and external_id = l.external_id offset 0) r on true "
            "left join lateral (select * from " +
            core(batch) +
            " where org_id = $1 and id = l.internal_id offset 0) c on true where r.version is distinct from l.version "
            "or "
            "(l.action = 'create' and c.id is not null) or (l.action in ('update', 'archive') and "
            "core.content(to_jsonb(c)) is distinct from l.before) order by l.line limit 1",
        params));
    if (rows.empty()) return std::string();
    return std::string(rows.text(0, "entity")) + " " + std::string(rows.text(0, "external_id")) +
           (rows.text(0, "name").empty() ? "" : " (" + std::string(rows.text(0, "name")) + ")") +
           (rows.boolean(0, "upstream") ? " has a newer version in the mirror" : " was changed in the core");
}

Result<Counts> write_batch(pg::Transaction& tx, const Context& context, const Plan& plan, const Batch& batch,
                           std::string_view run) {
    const Counts counts = TRY(count_lines(tx, context.source, plan, batch));
    TRY(write_rows(tx, context, plan, batch, counts));
    TRY(write_mappings(tx, context, plan, batch, run));
    TRY(write_changes(tx, context, plan, batch, run));
    return counts;
}

}  // namespace syncline::promote::detail
