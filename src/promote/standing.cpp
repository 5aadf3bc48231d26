#include "promote/standing.hpp"

#include "mirror/selection.hpp"
#include "promote/transform.hpp"

namespace syncline::promote {
namespace {

Result<void> check_reason(std::string_view reason) {
    std::string known;
    for (const Reason one : {Reason::kMissingValue, Reason::kBadValue, Reason::kReferenceMissing,
                             Reason::kReferenceWaiting, Reason::kSkuConflict, Reason::kChangedKind}) {
        if (reason.empty() || reason == to_string(one)) return ok();
        known += (known.empty() ? "" : ", ") + std::string(to_string(one));
    }
    return make_error(Errc::kInvalid, "there is no reason '" + std::string(reason) + "'", "one of: " + known);
}

}  // namespace

Result<std::vector<Standing>> standing(pg::Transaction& tx, const mirror::Source& source) {
    std::vector<Standing> all;
    for (const Table& table : all_tables()) {
        const pg::Rows rows = TRY(tx.exec("select count(*) filter (where active) as active, count(*) as n from core." +
                                              std::string(table.core_table) + " where org_id = $1",
                                          {source.org.text()}));
        if (all.empty() || all.back().entity != table.entity) {
            const mirror::SelectionCounts counts =
                TRY(mirror::selection_counts(tx, source, table.entity, mirror::Direction::kInbound));
            const pg::Rows held = TRY(tx.exec(
                "select count(*) as n from promote.quarantine where org_id = $1 and connector = $2 and entity = $3",
                {source.org.text(), source.connector, table.entity}));
            all.push_back({std::string(table.entity), {}, 0, 0, counts.selected, counts.waiting, held.integer(0, "n")});
        }
        all.back().tables.emplace_back(table.core_table);
        all.back().active += rows.integer(0, "active");
        all.back().archived += rows.integer(0, "n") - rows.integer(0, "active");
    }
    return all;
}

Result<QuarantinePage> quarantine(pg::Transaction& tx, const mirror::Source& source, std::string_view entity,
                                  std::string_view reason, int rows_max) {
    TRY(check_reason(reason));
    if (rows_max < 1 || rows_max > kQuarantineRowsMax) {
        return make_error(Errc::kInvalid, "/rows_max: must be 1 to " + std::to_string(kQuarantineRowsMax));
    }
    constexpr std::string_view kMatching =
        " from promote.quarantine where org_id = $1 and connector = $2 and ($3 = '' or entity = $3) and "
        "($4 = '' or reason = $4)";
    const pg::Params filter{source.org.text(), source.connector, entity, reason};
    QuarantinePage page;
    const pg::Rows counts =
        TRY(tx.exec("select reason, count(*) as n" + std::string(kMatching) + " group by 1 order by 1", filter));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        page.reasons[std::string(counts.text(i, "reason"))] = counts.integer(i, "n");
        page.row_count += counts.integer(i, "n");
    }
    pg::Params params = filter;
    params.emplace_back(rows_max);
    const pg::Rows rows =
        TRY(tx.exec("select entity, external_id, version, name, reason, detail, (extract(epoch from since) * "
                    "1000000)::bigint as since_us" +
                        std::string(kMatching) + " order by entity, external_id limit $5",
                    params));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        page.rows.push_back({std::string(rows.text(i, "entity")), rows.integer(i, "external_id"),
                             rows.integer(i, "version"), std::string(rows.text(i, "name")),
                             std::string(rows.text(i, "reason")), std::string(rows.text(i, "detail")),
                             Time(Micros(rows.integer(i, "since_us")))});
    }
    return page;
}

}  // namespace syncline::promote
