#include "promote/detail/undo_batch.hpp"

#include "mirror/selection.hpp"
#include "promote/detail/apply_batch.hpp"

namespace syncline::promote::detail {
namespace {

constexpr std::string_view kForeignKeyBroken = "23503";
// Of this batch, what is still to be undone.
constexpr std::string_view kChanges =
    " h.org_id = $1 and h.run = $2 and h.line >= $3 and h.line <= $4 and h.undone_by is null and h.kept_why is null ";

pg::Params span_of(const mirror::Source& source, const UndoBatch& batch) {
    return {source.org.text(), batch.run, batch.from, batch.to};
}

// Somebody wrote the row since; or its old SKU has another owner now, who is not undone with it.
Result<void> keep_edited(pg::Transaction& tx, const mirror::Source& source, const UndoBatch& batch) {
    const std::string table = "core." + batch.core_table;
    TRY(tx.exec("update promote.changes h set kept_why = 'edited since' where" + std::string(kChanges) +
                    "and h.action <> 'unchanged' and not exists (select from " + table +
                    " c where c.org_id = h.org_id and c.id = h.internal_id and core.content(to_jsonb(c)) = h.after)",
                span_of(source, batch)));
    if (batch.core_table != "variants") return ok();
    TRY(tx.exec("update promote.changes h set kept_why = 'its SKU has another owner now' where" +
                    std::string(kChanges) +
                    "and h.before is not null and (h.before ->> 'active')::boolean and exists (select from "
                    "core.variants c where c.org_id = h.org_id and c.sku_held = h.before ->> 'sku' and c.id <> "
                    "h.internal_id and not exists (select from promote.changes o where o.org_id = h.org_id and o.run = "
                    "h.run and o.line >= $3 and o.line <= $4 and o.internal_id = c.id and o.kept_why is null and "
                    "o.undone_by is null))",
                span_of(source, batch)));
    return ok();
}

Result<void> restore_rows(pg::Transaction& tx, const Context& context, const UndoBatch& batch) {
    const Table& table = table_of(batch.core_table);
    pg::Params params = span_of(context.source, batch);
    params.emplace_back(format_iso(context.clock.now()));
    TRY(tx.exec("update core." + batch.core_table + " c set (updated_at, " + columns_of(table, "") +
                    ") = (select $5::timestamptz, " + columns_of(table, "r.") +
                    " from jsonb_populate_record(null::core." + batch.core_table +
                    ", h.before) r) from promote.changes h where" + std::string(kChanges) +
                    "and h.action in ('update', 'archive') and c.org_id = $1 and c.id = h.internal_id",
                params));
    return ok();
}

Result<void> remove_one(pg::Transaction& tx, const mirror::Source& source, const UndoBatch& batch, std::int64_t line,
                        std::string_view id) {
    TRY(tx.exec("savepoint one"));
    const Result<pg::Rows> gone =
        tx.exec("delete from core." + batch.core_table + " where org_id = $1 and id = $2", {source.org.text(), id});
    if (gone) {
        TRY(tx.exec("release savepoint one"));
        return ok();
    }
    if (gone.error().detail("sqlstate") != kForeignKeyBroken) return gone.error();
    TRY(tx.exec("rollback to savepoint one"));
    TRY(
        tx.exec("update promote.changes set kept_why = 'rows that stay refer to it' where org_id = $1 and run = $2 and "
                "line = $3",
                {source.org.text(), batch.run, line}));
    return ok();
}

// All at once; one by one, from the last, where rows that stay refer to some of them.
Result<void> remove_rows(pg::Transaction& tx, const mirror::Source& source, const UndoBatch& batch) {
    TRY(tx.exec("savepoint rows"));
    const Result<pg::Rows> gone =
        tx.exec("delete from core." + batch.core_table + " c using promote.changes h where" + std::string(kChanges) +
                    "and h.action = 'create' and c.org_id = $1 and c.id = h.internal_id",
                span_of(source, batch));
    if (gone) {
        TRY(tx.exec("release savepoint rows"));
        return ok();
    }
    if (gone.error().detail("sqlstate") != kForeignKeyBroken) return gone.error();
    TRY(tx.exec("rollback to savepoint rows"));
    const pg::Rows rows = TRY(tx.exec("select h.line, h.internal_id from promote.changes h where" +
                                          std::string(kChanges) + "and h.action = 'create' order by h.line desc",
                                      span_of(source, batch)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        TRY(remove_one(tx, source, batch, rows.integer(i, "line"), rows.text(i, "internal_id")));
    }
    return ok();
}

// The mirror's records are as untaken as before; mappings that the run made rest.
Result<void> give_back(pg::Transaction& tx, const Context& context, const UndoBatch& batch) {
    pg::Params params = span_of(context.source, batch);
    params.insert(params.end(), {format_iso(context.clock.now()), context.source.connector});
    TRY(tx.exec("update core.mappings m set is_active = false, updated_at = $5 from promote.changes h where" +
                    std::string(kChanges) +
                    "and m.org_id = h.org_id and m.connector = $6 and m.entity = h.entity and m.external_id = "
                    "h.external_id and m.run = h.run",
                params));
    const pg::Rows rows = TRY(tx.exec(
        "select h.external_id, h.taken_before from promote.changes h where" + std::string(kChanges) + "order by h.line",
        span_of(context.source, batch)));
    std::vector<mirror::Taken> taken;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        mirror::Taken one{rows.integer(i, "external_id"), {}};
        if (!rows.is_null(i, "taken_before")) one.version = rows.integer(i, "taken_before");
        taken.push_back(one);
    }
    return mirror::mark_taken(tx, context.source, batch.entity, taken);
}

}  // namespace

Result<std::optional<UndoBatch>> next_undo(pg::Transaction& tx, const mirror::Source& source, std::string_view run,
                                           std::string_view undo, std::int64_t before, int rows_max) {
    const pg::Rows rows = TRY(tx.exec(
        "with next as (select line, entity, core_table from promote.changes where org_id = $1 and run = $2 and "
        "undone_by is null and kept_why is null and line < $4 order by line desc limit $3), "
        "first as (select * from next order by line desc limit 1) "
        "select f.entity, f.core_table, min(n.line) as low, max(n.line) as high from first f join next n on n.entity = "
        "f.entity and n.core_table = f.core_table and n.line > coalesce((select max(b.line) from next b, first a "
        "where (b.entity, b.core_table) <> (a.entity, a.core_table)), -1) group by 1, 2",
        {source.org.text(), run, rows_max, before}));
    if (rows.empty()) return std::optional<UndoBatch>();
    return std::optional(UndoBatch{std::string(run), std::string(undo), std::string(rows.text(0, "entity")),
                                   std::string(rows.text(0, "core_table")), rows.integer(0, "low"),
                                   rows.integer(0, "high")});
}

Result<void> undo_batch(pg::Transaction& tx, const Context& context, const UndoBatch& batch) {
    TRY(keep_edited(tx, context.source, batch));
    TRY(remove_rows(tx, context.source, batch));
    TRY(restore_rows(tx, context, batch));
    TRY(give_back(tx, context, batch));
    pg::Params params = span_of(context.source, batch);
    params.emplace_back(batch.undo);
    TRY(tx.exec("update promote.changes h set undone_by = $5 where" + std::string(kChanges), params));
    return ok();
}

}  // namespace syncline::promote::detail
