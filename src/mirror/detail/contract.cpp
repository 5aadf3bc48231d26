#include "mirror/detail/contract.hpp"

#include <algorithm>

namespace syncline::mirror::detail {
namespace {

constexpr std::string_view kDiscarded = "came later, and the contract discards such fields";

bool is_kept(const Column& column) { return column.kept != Kept::kLeftOut; }

const Column* find(const Columns& columns, std::string_view field) {
    const auto found = std::ranges::find(columns, field, &Column::field);
    return found == columns.end() ? nullptr : &*found;
}

std::string_view handled_by(std::string_view contract) {
    if (contract == "freeze") return "stopped";
    return contract == "discard" ? "ignored" : "taken";
}

}  // namespace

Contract agree(const Columns& known, Columns today, std::string_view contract, bool again) {
    Contract agreed;
    const std::string handled(handled_by(contract));
    const bool discard = contract == "discard";
    for (Column& column : today) {
        const Column* before = find(known, column.field);
        if (known.empty() || !is_kept(column)) continue;
        if (before && !is_kept(*before) && before->type == column.type) {
            const bool unreadable = before->reason.starts_with(kUnreadable);
            const bool discarded = before->reason == kDiscarded && discard;
            if (discarded || (unreadable && !again)) column = *before;
            continue;
        }
        if (before && before->type == column.type) continue;
        agreed.drift.push_back(
            {column.field, before ? "retyped" : "added", before ? before->type : "", column.type, handled});
        if (discard) {
            column.kept = Kept::kLeftOut;
            column.reason = kDiscarded;
        }
    }
    for (const Column& before : known) {
        const Column* now = find(today, before.field);
        if (!is_kept(before) || (now && (is_kept(*now) || now->reason == kDiscarded))) continue;
        agreed.drift.push_back({before.field, "removed", before.type, "", handled});
    }
    agreed.stopped = contract == "freeze" && !agreed.drift.empty();
    agreed.columns = std::move(today);
    return agreed;
}

Result<EntityRow> entity_row(pg::Transaction& tx, const Source& source, const Scope& scope, Time now) {
    const pg::Rows rows = TRY(
        tx.exec("insert into odoo.entities (org_id, connector, entity, model, updated_at) values ($1, $2, $3, $4, $5) "
                "on conflict (org_id, connector, entity) do update set model = excluded.model, absent = '', "
                "updated_at = excluded.updated_at returning contract, cursor, "
                "(select plan from odoo.pulls p where p.org_id = $1 and p.connector = $2 and p.entity = $3 "
                "and p.state = 'done' order by started_at desc limit 1) as plan, "
                "full_at",
                {source.org.text(), source.connector, scope.entity->name, scope.model, format_iso(now)}));
    EntityRow row;
    row.contract = rows.text(0, "contract");
    row.cursor = rows.text(0, "cursor");
    row.plan = rows.text(0, "plan");
    if (!rows.is_null(0, "full_at")) row.full_at = TRY(parse_time(rows.text(0, "full_at")));
    return row;
}

Result<void> save_absent(pg::Transaction& tx, const Source& source, const Scope& scope, Time now) {
    TRY(
        tx.exec("insert into odoo.entities (org_id, connector, entity, absent, updated_at) values ($1, $2, $3, $4, $5) "
                "on conflict (org_id, connector, entity) do update set absent = excluded.absent, "
                "updated_at = excluded.updated_at",
                {source.org.text(), source.connector, scope.entity->name, scope.absent, format_iso(now)}));
    return ok();
}

Result<void> save_arrival(pg::Transaction& tx, const Source& source, std::string_view entity, const Arrival& arrival) {
    TRY(tx.exec(
        "update odoo.entities set cursor = $4, swept_at = $5, updated_at = $5, "
        "full_at = case when $6 then $5::timestamptz else full_at end "
        "where org_id = $1 and connector = $2 and entity = $3",
        {source.org.text(), source.connector, entity, arrival.cursor, format_iso(arrival.swept_at), arrival.full}));
    return ok();
}

Result<Columns> known_columns(pg::Transaction& tx, const Source& source, std::string_view entity) {
    const pg::Rows rows =
        TRY(tx.exec("select field, type, relation, by_company, kept, reason from odoo.fields "
                    "where org_id = $1 and connector = $2 and entity = $3 and gone_at is null order by field",
                    {source.org.text(), source.connector, entity}));
    Columns columns;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Kept kept = Kept::kLeftOut;
        if (rows.text(i, "kept") == to_string(Kept::kValue)) kept = Kept::kValue;
        if (rows.text(i, "kept") == to_string(Kept::kHash)) kept = Kept::kHash;
        columns.push_back({std::string(rows.text(i, "field")), std::string(rows.text(i, "type")),
                           std::string(rows.text(i, "relation")), rows.boolean(i, "by_company"), kept,
                           std::string(rows.text(i, "reason"))});
    }
    return columns;
}

Result<void> save_columns(pg::Transaction& tx, const Source& source, std::string_view entity, const Columns& columns,
                          Time now) {
    json::Array list;
    for (const Column& column : columns) {
        list.push_back(json::Object{{"field", column.field},
                                    {"type", column.type},
                                    {"relation", column.relation},
                                    {"by_company", column.by_company},
                                    {"kept", to_string(column.kept)},
                                    {"reason", column.reason}});
    }
    const std::string text = json::canonical(list);
    TRY(
        tx.exec("insert into odoo.fields (org_id, connector, entity, field, type, relation, by_company, kept, reason, "
                "first_seen) select $1, $2, $3, f.field, f.type, f.relation, f.by_company, f.kept, f.reason, $5 "
                "from jsonb_to_recordset($4::jsonb) as f(field text, type text, relation text, by_company boolean, "
                "kept text, reason text) on conflict (org_id, connector, entity, field) do update set "
                "type = excluded.type, relation = excluded.relation, by_company = excluded.by_company, "
                "kept = excluded.kept, reason = excluded.reason, gone_at = null",
                {source.org.text(), source.connector, entity, text, format_iso(now)}));
    TRY(
        tx.exec("update odoo.fields set gone_at = $5 where org_id = $1 and connector = $2 and entity = $3 and "
                "gone_at is null and not exists (select from jsonb_to_recordset($4::jsonb) as f(field text) "
                "where f.field = odoo.fields.field)",
                {source.org.text(), source.connector, entity, text, format_iso(now)}));
    return ok();
}

Result<void> save_drift(pg::Transaction& tx, const Source& source, std::string_view entity,
                        const std::vector<DriftNote>& drift, std::string_view run, Time now) {
    std::optional<std::string> by;
    if (!run.empty()) by = std::string(run);
    for (const DriftNote& note : drift) {
        TRY(tx.exec(
            "insert into odoo.drift (org_id, connector, entity, field, change, from_type, to_type, handled, run, "
            "noticed_at) select $1, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10 where $8 <> 'stopped' or not exists "
            "(select from odoo.drift where org_id = $1 and connector = $2 and entity = $3 and field = $4 and change = "
            "$5 "
            "and to_type = $7 and handled = 'stopped')",
            {source.org.text(), source.connector, entity, note.field, note.change, note.from_type, note.to_type,
             note.handled, by, format_iso(now)}));
    }
    return ok();
}

}  // namespace syncline::mirror::detail
