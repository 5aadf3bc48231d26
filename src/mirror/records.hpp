// Reading the mirror: one record now or as of an instant, its history, a table of many, batches for other rooms.
// SQL of odoo.records and odoo.versions; the writing side is mirror/keeper.hpp. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "json/json.hpp"
#include "mirror/source.hpp"
#include "pg/database.hpp"

namespace syncline::mirror {

inline constexpr int kPageRowsMax = 200;
inline constexpr int kPageRowsUsual = 50;
inline constexpr int kBatchRows = 1000;
inline constexpr std::int64_t kCountMax = 10'000;  // a filtered count stops there: "10,000 and more"

// As compared with what was last taken over (promoted): see odoo.records.status.
enum class Status { kNew, kUpdated, kDeleted, kInSync };
std::string_view to_string(Status status);  // new, updated, deleted, in_sync
Result<Status> parse_status(std::string_view text);

struct Record {
    std::int64_t external_id = 0;
    std::int64_t version = 0;
    Status status = Status::kNew;
    bool active = true;
    bool gone = false;
    std::string gone_why;  // deleted, out_of_scope
    std::string name;
    std::string sku;
    std::string email;
    std::string number;
    std::string stamp;  // write_date as Odoo shows it
    std::string hash;   // hex SHA-256 of the data's canonical text
    std::string run;
    Time seen_at{};
    json::Object data;  // sync_data; empty where it was not asked for
};

enum class Sort { kName, kStamp, kId };
struct Query {
    std::string entity;  // canonical
    std::optional<Status> status;
    std::string search;  // in the name, from its beginning; or a whole SKU, e-mail or number
    std::string sku, email, number;
    bool archived_too = true;
    Sort sort = Sort::kName;
    bool descending = false;
    int page = 1;
    int page_size = kPageRowsUsual;
    bool with_data = false;
};
struct Page {
    std::vector<Record> records;
    std::int64_t row_count = 0;  // that match, counted up to kCountMax
    bool more_than_counted = false;
};
// kInvalid for a page or size out of bounds.
Result<Page> page(pg::Transaction& tx, const Source& source, const Query& query);

struct StatusCounts {
    std::int64_t created = 0, updated = 0, deleted = 0, in_sync = 0, gone = 0, archived = 0;
    std::int64_t total() const { return created + updated + deleted + in_sync; }
};
Result<StatusCounts> status_counts(pg::Transaction& tx, const Source& source, std::string_view entity);

// kNotFound when there was none (yet, then).
Result<Record> record(pg::Transaction& tx, const Source& source, std::string_view entity, std::int64_t external_id,
                      std::optional<Time> as_of = std::nullopt);

struct Version {
    std::int64_t version = 0;
    bool gone = false;
    std::string stamp;
    std::string hash;
    std::string run;
    std::string by;         // who asked for the run
    std::string edited_by;  // write_uid of the data: an Odoo user's id
    Time seen_at{};
    std::optional<Time> until;
    json::Object data;
};
// Newest first.
Result<std::vector<Version>> history(pg::Transaction& tx, const Source& source, std::string_view entity,
                                     std::int64_t external_id, int rows_max);

// Those of `ids` that are there, with their data. For references between records.
Result<std::vector<Record>> records(pg::Transaction& tx, const Source& source, std::string_view entity,
                                    const std::vector<std::int64_t>& ids);
// In order of id, with their data: the next at most `rows_max` (kBatchRows) after `after`.
Result<std::vector<Record>> records_after(pg::Transaction& tx, const Source& source, std::string_view entity,
                                          std::int64_t after, int rows_max);

}  // namespace syncline::mirror
