#include "mirror/detail/record_row.hpp"

namespace syncline::mirror::detail {

Result<json::Object> data_of(const pg::Rows& rows, std::size_t row) {
    json::Value data = TRY(json::parse(rows.text(row, "sync_data")));
    if (!data.is_object()) return make_error(Errc::kInternal, "a record of the mirror is not a JSON object");
    return std::move(data.get_object());
}

Result<Record> record_of(const pg::Rows& rows, std::size_t row, bool with_data) {
    Record record;
    record.external_id = rows.integer(row, "external_id");
    record.version = rows.integer(row, "version");
    record.status = TRY(parse_status(rows.text(row, "status")));
    record.active = rows.boolean(row, "active");
    record.gone = rows.boolean(row, "gone");
    record.gone_why = rows.text(row, "gone_why");
    record.name = rows.text(row, "name");
    record.sku = rows.text(row, "sku");
    record.email = rows.text(row, "email");
    record.number = rows.text(row, "number");
    record.stamp = rows.text(row, "stamp");
    record.hash = rows.text(row, "hash");
    record.run = rows.text(row, "run");
    record.seen_at = TRY(parse_time(rows.text(row, "seen_at")));
    if (with_data) record.data = TRY(data_of(rows, row));
    return record;
}

Result<std::vector<Record>> records_of(const pg::Rows& rows, bool with_data) {
    std::vector<Record> found;
    found.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) found.push_back(TRY(record_of(rows, i, with_data)));
    return found;
}

}  // namespace syncline::mirror::detail
