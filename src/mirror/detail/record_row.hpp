// A row of odoo.records as a Record, and which columns that takes. Shared by whoever reads records.
#pragma once

#include <string>
#include <vector>

#include "mirror/records.hpp"

namespace syncline::mirror::detail {

// Of odoo.records r.
inline constexpr std::string_view kRecordColumns =
    "r.external_id, r.version, r.status, r.active, r.gone_at is not null as gone, r.gone_why, r.name, r.sku, r.email,"
    " r.number, r.stamp, encode(r.hash, 'hex') as hash, r.run, r.seen_at";
inline constexpr std::string_view kDataColumn = ", r.sync_data";

// With its data where the column sync_data is among the rows'.
Result<Record> record_of(const pg::Rows& rows, std::size_t row, bool with_data);
Result<std::vector<Record>> records_of(const pg::Rows& rows, bool with_data);
Result<json::Object> data_of(const pg::Rows& rows, std::size_t row);

}  // namespace syncline::mirror::detail
