#include "mirror/records.hpp"

#include <algorithm>

#include "mirror/detail/record_row.hpp"
#include "mirror/entities.hpp"

namespace syncline::mirror {
namespace {

constexpr std::string_view kOfEntity =
    " from odoo.records r where r.org_id = $1 and r.connector = $2 and r.entity = $3";

std::string reading(std::string_view rest) {
    std::string sql = "select " + std::string(detail::kRecordColumns);
    sql += detail::kDataColumn;
    sql += kOfEntity;
    sql += rest;
    return sql;
}

Error not_there(std::string_view entity, std::int64_t external_id, std::optional<Time> as_of) {
    std::string message = "the mirror has no " + std::string(entity) + " " + std::to_string(external_id);
    if (as_of) message += " as of " + format_iso(*as_of);
    return make_error(Errc::kNotFound, message,
                      "syncline mirror table " + std::string(entity) + " lists what there is");
}

// What people knew it by then, of the columns that the entity names.
void name_from_data(Record& record, std::string_view entity_name) {
    const Entity* entity = find_entity(entity_name);
    if (!entity) return;
    const auto text = [&](std::string_view field) {
        return field.empty() ? std::string() : std::string(json::text_or(record.data, field));
    };
    record.name.clear();
    for (const std::string_view field : entity->name_fields) {
        if (record.name.empty()) record.name = text(field);
    }
    record.sku = text(entity->sku_field);
    record.email = text(entity->email_field);
    record.number = text(entity->number_field);
    record.active = json::bool_or(record.data, "active", true);
}

// Its newest row says what it is now; the version of then says what it was.
Result<Record> record_then(pg::Transaction& tx, const Source& source, std::string_view entity, std::int64_t external_id,
                           Time as_of) {
    const pg::Rows rows = TRY(tx.exec(
        "select version, encode(hash, 'hex') as hash, stamp, gone, run, seen_at, sync_data from odoo.history"
        " where org_id = $1 and connector = $2 and entity = $3 and external_id = $4 and seen_at <= $5::timestamptz"
        " and (until is null or until > $5::timestamptz) order by version desc limit 1",
        {source.org.text(), source.connector, entity, external_id, format_iso(as_of)}));
    if (rows.empty()) return not_there(entity, external_id, as_of);
    Record record = TRY(mirror::record(tx, source, entity, external_id));
    if (record.version == rows.integer(0, "version")) return record;
    record.version = rows.integer(0, "version");
    record.hash = rows.text(0, "hash");
    record.stamp = rows.text(0, "stamp");
    record.gone = rows.boolean(0, "gone");
    if (!record.gone) record.gone_why.clear();
    record.run = rows.text(0, "run");
    record.seen_at = TRY(parse_time(rows.text(0, "seen_at")));
    record.data = TRY(detail::data_of(rows, 0));
    name_from_data(record, entity);
    return record;
}

}  // namespace

std::string_view to_string(Status status) {
    switch (status) {
        case Status::kNew: return "new";
        case Status::kUpdated: return "updated";
        case Status::kDeleted: return "deleted";
        case Status::kInSync: break;
    }
    return "in_sync";
}

Result<Status> parse_status(std::string_view text) {
    for (const Status status : {Status::kNew, Status::kUpdated, Status::kDeleted, Status::kInSync}) {
        if (text == to_string(status)) return status;
    }
    return make_error(Errc::kInvalid, "there is no status '" + std::string(text) + "'",
                      "one of: new, updated, deleted, in_sync");
}

Result<Record> record(pg::Transaction& tx, const Source& source, std::string_view entity, std::int64_t external_id,
                      std::optional<Time> as_of) {
    if (as_of) return record_then(tx, source, entity, external_id, *as_of);
    const pg::Rows rows =
        TRY(tx.exec(reading(" and r.external_id = $4"), {source.org.text(), source.connector, entity, external_id}));
    if (rows.empty()) return not_there(entity, external_id, std::nullopt);
    return detail::record_of(rows, 0, true);
}

Result<std::vector<Version>> history(pg::Transaction& tx, const Source& source, std::string_view entity,
                                     std::int64_t external_id, int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec("select h.version, h.gone, h.stamp, encode(h.hash, 'hex') as hash, h.run, h.seen_at, h.until,"
                    " h.sync_data, (select p.by from odoo.pulls p where p.org_id = h.org_id and p.run = h.run"
                    "               and p.entity = h.entity) as by"
                    " from odoo.history h where h.org_id = $1 and h.connector = $2 and h.entity = $3"
                    " and h.external_id = $4 order by h.version desc limit $5",
                    {source.org.text(), source.connector, entity, external_id, rows_max}));
    std::vector<Version> versions;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Version version;
        version.version = rows.integer(i, "version");
        version.gone = rows.boolean(i, "gone");
        version.stamp = rows.text(i, "stamp");
        version.hash = rows.text(i, "hash");
        version.run = rows.text(i, "run");
        version.by = rows.text(i, "by");
        version.seen_at = TRY(parse_time(rows.text(i, "seen_at")));
        if (!rows.is_null(i, "until")) version.until = TRY(parse_time(rows.text(i, "until")));
        version.data = TRY(detail::data_of(rows, i));
        if (const std::int64_t user = json::integer_or(version.data, "write_uid"); user > 0) {
            version.edited_by = std::to_string(user);
        }
        versions.push_back(std::move(version));
    }
    return versions;
}

Result<std::vector<Record>> records(pg::Transaction& tx, const Source& source, std::string_view entity,
                                    const std::vector<std::int64_t>& ids) {
    const pg::Rows rows = TRY(tx.exec(reading(" and r.external_id = any($4::bigint[]) order by r.external_id"),
                                      {source.org.text(), source.connector, entity, pg::array_literal(ids)}));
    return detail::records_of(rows, true);
}

Result<std::vector<Record>> records_after(pg::Transaction& tx, const Source& source, std::string_view entity,
                                          std::int64_t after, int rows_max) {
    const pg::Rows rows =
        TRY(tx.exec(reading(" and r.external_id > $4 order by r.external_id limit $5"),
                    {source.org.text(), source.connector, entity, after, std::clamp(rows_max, 1, kBatchRows)}));
    return detail::records_of(rows, true);
}

}  // namespace syncline::mirror
