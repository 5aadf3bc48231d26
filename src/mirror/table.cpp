// One page of many records: read off an index in its order, and counted no further than people read.
#include "mirror/detail/matches.hpp"
#include "mirror/detail/record_row.hpp"

namespace syncline::mirror {
namespace {

using detail::Matches;

std::string key_of(Sort sort) {
    switch (sort) {
        case Sort::kName: return "r.name_key";
        case Sort::kStamp: return "r.stamp";
        case Sort::kId: break;
    }
    return "r.external_id";
}

// The ids of the page, and what they are sorted by. A search that may match in several ways is one ordered, limited
// question for each way: "a or b" in one would be a scan of all rows.
std::string ids_of_page(const Matches& matches, const std::string& key, const std::string& direction,
                        const std::string& offset, const std::string& size) {
    const std::string select = "select r.external_id, " + key + " as k from odoo.records r where " + matches.where;
    const std::string order = " order by " + key + direction + ", r.external_id" + direction;
    if (matches.found.empty()) return select + order + " offset " + offset + " limit " + size;
    std::string ways;
    for (const std::string& way : matches.found) {
        ways += (ways.empty() ? "(" : " union (") + select + " and " + way + order + " limit " + offset + " + " + size +
                ")";
    }
    return "select external_id, k from (" + ways + ") w order by k" + direction + ", external_id" + direction +
           " offset " + offset + " limit " + size;
}

Result<std::int64_t> count(pg::Transaction& tx, const Matches& matches) {
    const std::string limit = " limit " + std::to_string(kCountMax + 1);
    const std::string select = "(select r.external_id from odoo.records r where " + matches.where;
    std::string ways;
    for (const std::string& way : matches.found) {
        ways += (ways.empty() ? "" : " union ") + select + " and " + way + limit + ")";
    }
    if (ways.empty()) ways = select + limit + ")";
    const pg::Rows rows =
        TRY(tx.exec("select count(*) as n from (select 1 from (" + ways + ") w" + limit + ") c", matches.params));
    return rows.integer(0, "n");
}

}  // namespace

Result<Page> page(pg::Transaction& tx, const Source& source, const Query& query) {
    if (query.page < 1 || query.page_size < 1 || query.page_size > kPageRowsMax) {
        return make_error(Errc::kInvalid,
                          "a page counts from 1 and has 1 to " + std::to_string(kPageRowsMax) + " rows");
    }
    Matches matches = TRY(detail::matches(source, query));
    // A plan that knows what is looked for: a name that begins with "a" is a tenth of all, a SKU is one row.
    TRY(tx.exec("set local plan_cache_mode = force_custom_plan"));
    Page page;
    const std::int64_t counted = TRY(count(tx, matches));
    page.more_than_counted = counted > kCountMax;
    page.row_count = std::min(counted, kCountMax);

    const std::string offset = "$" + std::to_string(matches.params.size() + 1) + "::bigint";
    const std::string size = "$" + std::to_string(matches.params.size() + 2) + "::bigint";
    const std::string direction = query.descending ? " desc" : "";
    const std::string ids = ids_of_page(matches, key_of(query.sort), direction, offset, size);
    pg::Params params = std::move(matches.params);
    params.emplace_back(static_cast<std::int64_t>(query.page - 1) * query.page_size);
    params.emplace_back(query.page_size);
    std::string sql = "with page as (" + ids + ") select " + std::string(detail::kRecordColumns);
    if (query.with_data) sql += detail::kDataColumn;
    sql +=
        " from page join odoo.records r on r.org_id = $1::uuid and r.connector = $2 and r.entity = $3"
        " and r.external_id = page.external_id order by page.k" +
        direction + ", page.external_id" + direction;
    const pg::Rows rows = TRY(tx.exec(sql, params));
    page.records = TRY(detail::records_of(rows, query.with_data));
    return page;
}

Result<StatusCounts> status_counts(pg::Transaction& tx, const Source& source, std::string_view entity) {
    const pg::Rows rows =
        TRY(tx.exec("select status, count(*) as n, count(*) filter (where gone_at is not null) as gone,"
                    " count(*) filter (where not active) as archived from odoo.records"
                    " where org_id = $1 and connector = $2 and entity = $3 group by status",
                    {source.org.text(), source.connector, entity}));
    StatusCounts counts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Status status = TRY(parse_status(rows.text(i, "status")));
        const std::int64_t n = rows.integer(i, "n");
        if (status == Status::kNew) counts.created = n;
        if (status == Status::kUpdated) counts.updated = n;
        if (status == Status::kDeleted) counts.deleted = n;
        if (status == Status::kInSync) counts.in_sync = n;
        counts.gone += rows.integer(i, "gone");
        counts.archived += rows.integer(i, "archived");
    }
    return counts;
}

}  // namespace syncline::mirror
