// What a pull would bring, without pulling: how many records of each status, samples, and every id, for an hour.
// SQL of odoo.sync_preview_cache and odoo.preview_ids. Safe from any thread.
#pragma once

#include "mirror/reading.hpp"
#include "mirror/records.hpp"
#include "mirror/sweep.hpp"

namespace syncline::mirror {

inline constexpr Micros kPreviewLifeUsual = std::chrono::hours(1);
inline constexpr int kPreviewPagesMax = 10;   // of samples of each status
inline constexpr int kPreviewPageRows = 100;  // so a preview reads some 1,000 records of each status at most
inline constexpr std::int64_t kPreviewChangesMax = 1'000'000;

struct PreviewOptions {
    std::string by;
    Micros life = kPreviewLifeUsual;
    int pages = 1;       // of samples
    bool fresh = false;  // made anew even if one still lives
};

struct Sample {
    Status status = Status::kNew;
    std::int64_t external_id = 0;
    std::string name, sku, email, number, stamp;
};

struct Preview {
    std::string id;  // UUID
    std::string entity;
    StatusCounts counts;  // compared with the mirror: new = not in it, updated = another write_date, deleted = missing
    std::vector<Sample> samples;
    std::int64_t remote = 0;  // records in Odoo
    std::int64_t local = 0;   // in the mirror, gone ones not among them
    std::string note;         // of an initial import: everything will be created
    std::string computed_by;
    Time computed_at{};
    Time expires_at{};
    bool cached = false;
    std::int64_t calls = 0;
};

// kNotConfigured without companies, kUnsupported when the server has none of the entity, kInvalid for pages out of
// bounds or without a name of who asks.
Result<Preview> preview(pg::Database& database, odoo::Client& client, const Source& source, const Scope& scope,
                        const Columns& columns, Random& random, const Clock& clock, const PreviewOptions& options);

// The one that still lives; kNotFound.
Result<Preview> living_preview(pg::Transaction& tx, const Source& source, std::string_view entity, Time now);

struct IdPage {
    std::vector<std::pair<std::int64_t, Status>> ids;
    std::int64_t row_count = 0;
};
// The whole index, a page at a time, in order of id.
Result<IdPage> preview_ids(pg::Transaction& tx, const Source& source, const std::string& preview,
                           std::optional<Status> status, std::int64_t after, int rows_max);

}  // namespace syncline::mirror
