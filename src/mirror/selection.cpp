#include "mirror/selection.hpp"

#include <algorithm>

#include "mirror/detail/matches.hpp"
#include "mirror/detail/record_row.hpp"
#include "mirror/entities.hpp"

namespace syncline::mirror {
namespace {

struct Word {
    std::string_view text;
    Direction direction;
};
constexpr Word kWords[] = {
    {"inbound", Direction::kInbound},  {"down", Direction::kInbound},      {"sync_down", Direction::kInbound},
    {"import", Direction::kInbound},   {"outbound", Direction::kOutbound}, {"up", Direction::kOutbound},
    {"sync_up", Direction::kOutbound}, {"export", Direction::kOutbound},
};

// The rule and the choice of each record that differs from what was taken over; both may be missing.
constexpr std::string_view kDecided =
    " from odoo.records r"
    " left join odoo.selections s on s.org_id = r.org_id and s.connector = r.connector and s.entity = r.entity"
    " and s.direction = $4 and s.external_id = r.external_id"
    " left join odoo.sync_selective_config c on c.org_id = r.org_id and c.connector = r.connector"
    " and c.entity = r.entity and c.direction = $4"
    " where r.org_id = $1 and r.connector = $2 and r.entity = $3";
constexpr std::string_view kSelected =
    "(s.choice = 'include' or s.choice is null and coalesce(case r.status when 'new' then c.include_new"
    " when 'updated' then c.include_updated else c.include_deleted end, false))";

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

std::string_view to_string(Choice choice) { return choice == Choice::kInclude ? "include" : "ignore"; }

// In the mirror, or in a preview: what is not pulled yet can be chosen.
Result<void> all_there(pg::Transaction& tx, const Source& source, std::string_view entity, const std::string& ids) {
    const pg::Rows rows =
        TRY(tx.exec("select u.id from unnest($4::bigint[]) u(id) where not exists (select from odoo.records r where"
                    " r.org_id = $1 and r.connector = $2 and r.entity = $3 and r.external_id = u.id) and not exists"
                    " (select from odoo.sync_preview_cache c join odoo.preview_ids p using (org_id, preview)"
                    "  where c.org_id = $1 and c.connector = $2 and c.entity = $3 and p.external_id = u.id)"
                    " order by u.id limit 10",
                    {source.org.text(), source.connector, entity, ids}));
    if (rows.empty()) return ok();
    std::string missing;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        missing += (missing.empty() ? "" : ", ") + std::string(rows.text(i, "id"));
    }
    return make_error(Errc::kNotFound, joined({"the mirror has no ", entity, " ", missing}), "nothing was chosen");
}

}  // namespace

std::string_view to_string(Direction direction) { return direction == Direction::kInbound ? "inbound" : "outbound"; }

Result<Direction> parse_direction(std::string_view text) {
    for (const Word& word : kWords) {
        if (word.text == text) return word.direction;
    }
    return make_error(Errc::kInvalid, joined({"there is no direction '", text, "'"}), "inbound or outbound");
}

Result<Rule> rule(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction) {
    const pg::Rows rows =
        TRY(tx.exec("select include_new, include_updated, include_deleted from odoo.sync_selective_config"
                    " where org_id = $1 and connector = $2 and entity = $3 and direction = $4",
                    {source.org.text(), source.connector, entity, to_string(direction)}));
    Rule rule;
    if (rows.empty()) return rule;
    rule.include_new = rows.boolean(0, "include_new");
    rule.include_updated = rows.boolean(0, "include_updated");
    rule.include_deleted = rows.boolean(0, "include_deleted");
    return rule;
}

Result<void> set_rule(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction,
                      const Rule& rule, const Chooser& chooser) {
    TRY(
        tx.exec("insert into odoo.sync_selective_config (org_id, connector, entity, direction, include_new,"
                " include_updated, include_deleted, applied_at, applied_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                " on conflict (org_id, connector, entity, direction) do update set include_new = excluded.include_new,"
                " include_updated = excluded.include_updated, include_deleted = excluded.include_deleted,"
                " applied_at = excluded.applied_at, applied_by = excluded.applied_by",
                {source.org.text(), source.connector, entity, to_string(direction), rule.include_new,
                 rule.include_updated, rule.include_deleted, format_iso(chooser.at), chooser.by}));
    return ok();
}

Result<std::int64_t> choose(pg::Transaction& tx, const Source& source, std::string_view entity, Direction direction,
                            const std::vector<std::int64_t>& ids, Choice choice, const Chooser& chooser) {
    if (ids.size() > kChoicesMax) {
        return make_error(Errc::kInvalid, std::to_string(ids.size()) + " records were chosen in one call",
                          "at most " + std::to_string(kChoicesMax) + "; or choose all that match a filter");
    }
    const std::string all = pg::array_literal(ids);
    TRY(all_there(tx, source, entity, all));
    if (choice == Choice::kNone) {
        const pg::Rows gone =
            TRY(tx.exec("delete from odoo.selections where org_id = $1 and connector = $2 and entity = $3"
                        " and direction = $4 and external_id = any($5::bigint[])",
                        {source.org.text(), source.connector, entity, to_string(direction), all}));
        return gone.affected();
    }
    const pg::Rows rows = TRY(tx.exec(
        "insert into odoo.selections as s (org_id, connector, entity, direction, external_id, choice, chosen_at,"
        " chosen_by) select $1, $2, $3, $4, u.id, $6, $7, $8 from (select distinct unnest($5::bigint[]) as id) u"
        " order by u.id on conflict (org_id, connector, entity, direction, external_id) do update"
        " set choice = excluded.choice, chosen_at = excluded.chosen_at, chosen_by = excluded.chosen_by"
        " where s.choice <> excluded.choice",
        {source.org.text(), source.connector, entity, to_string(direction), all, to_string(choice),
         format_iso(chooser.at), chooser.by}));
    return rows.affected();
}

Result<std::int64_t> choose_all(pg::Transaction& tx, const Source& source, Direction direction, const Query& query,
                                Choice choice, const Chooser& chooser) {
    detail::Matches matches = TRY(detail::matches(source, query));
    const std::string where = detail::any_match(matches);
    const auto parameter = [&](pg::Param value) {
        matches.params.push_back(std::move(value));
        return "$" + std::to_string(matches.params.size());
    };
    const std::string way = parameter(to_string(direction)) + "::text";
    if (choice == Choice::kNone) {
        const pg::Rows gone =
            TRY(tx.exec(joined({"delete from odoo.selections s using odoo.records r where ", where,
                                " and s.org_id = r.org_id and s.connector = r.connector and s.entity = r.entity"
                                " and s.external_id = r.external_id and s.direction = ",
                                way}),
                        matches.params));
        return gone.affected();
    }
    const std::string what = parameter(to_string(choice)) + "::text";
    const std::string at = parameter(format_iso(chooser.at)) + "::timestamptz";
    const std::string by = parameter(chooser.by) + "::text";
    const pg::Rows rows = TRY(tx.exec(
        joined({"insert into odoo.selections as s (org_id, connector, entity, direction, external_id, choice,"
                " chosen_at, chosen_by) select r.org_id, r.connector, r.entity, ",
                way, ", r.external_id, ", what, ", ", at, ", ", by, " from odoo.records r where ", where,
                " order by r.external_id on conflict (org_id, connector, entity, direction, external_id) do update"
                " set choice = excluded.choice, chosen_at = excluded.chosen_at, chosen_by = excluded.chosen_by"
                " where s.choice <> excluded.choice"}),
        matches.params));
    return rows.affected();
}

Result<SelectionCounts> selection_counts(pg::Transaction& tx, const Source& source, std::string_view entity,
                                         Direction direction) {
    const pg::Rows rows =
        TRY(tx.exec(joined({"select count(*) filter (where ", kSelected,
                            ") as selected, count(*) filter (where s.choice = 'ignore') as ignored, count(*) as n",
                            kDecided, " and r.status in ('new', 'updated', 'deleted')"}),
                    {source.org.text(), source.connector, entity, to_string(direction)}));
    SelectionCounts counts;
    counts.selected = rows.integer(0, "selected");
    counts.ignored = rows.integer(0, "ignored");
    counts.waiting = rows.integer(0, "n") - counts.selected - counts.ignored;
    return counts;
}

Result<std::vector<Record>> selected_after(pg::Transaction& tx, const Source& source, std::string_view entity,
                                           Direction direction, std::int64_t after, int rows_max) {
    // Each status is read off its index in order of id: records in sync, usually nearly all, cost nothing.
    std::string ids;
    for (const std::string_view status : {"new", "updated", "deleted"}) {
        ids +=
            joined({ids.empty() ? "(" : " union all (", "select r.external_id", kDecided, " and r.status = '", status,
                    "' and r.external_id > $5::bigint and ", kSelected, " order by r.external_id limit $6::bigint)"});
    }
    const pg::Rows rows = TRY(tx.exec(
        joined({"with chosen as (select external_id from (", ids, ") u order by external_id limit $6::bigint) select ",
                detail::kRecordColumns, detail::kDataColumn,
                " from chosen join odoo.records r on r.org_id = $1 and r.connector = $2 and r.entity = $3"
                " and r.external_id = chosen.external_id order by chosen.external_id"}),
        {source.org.text(), source.connector, entity, to_string(direction), after,
         std::clamp(rows_max, 1, kBatchRows)}));
    return detail::records_of(rows, true);
}

Result<void> mark_taken(pg::Transaction& tx, const Source& source, std::string_view entity,
                        const std::vector<Taken>& taken) {
    std::vector<std::int64_t> ids;
    std::vector<std::optional<std::string>> versions;
    for (const Taken& one : taken) {
        ids.push_back(one.external_id);
        versions.push_back(one.version ? std::optional(std::to_string(*one.version)) : std::nullopt);
    }
    TRY(
        tx.exec("update odoo.records r set taken = u.version from unnest($4::bigint[], $5::integer[]) u(id, version)"
                " where r.org_id = $1 and r.connector = $2 and r.entity = $3 and r.external_id = u.id"
                " and r.taken is distinct from u.version",
                {source.org.text(), source.connector, entity, pg::array_literal(ids), pg::array_literal(versions)}));
    return ok();
}

}  // namespace syncline::mirror
