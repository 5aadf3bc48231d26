// Writing the mirror: one chunk, one transaction. A record that is the same as before costs no write; of one that
// changed, the older version is kept. SQL of odoo.records and odoo.versions. Safe from many threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "mirror/source.hpp"
#include "pg/database.hpp"

namespace syncline::mirror {

inline constexpr std::size_t kStampSize = 19;       // "2026-11-21 00:25:27"
inline constexpr std::size_t kLabelBytesMax = 240;  // of a name, SKU, e-mail or number: they are indexed

struct Row {
    std::int64_t id = 0;
    std::string hash;   // the 32 bytes of SHA-256 over `data`
    std::string data;   // canonical JSON
    std::string stamp;  // write_date as Odoo shows it (kStampSize); "" = the model has none
    bool active = true;
    std::string name, sku, email, number;
};

struct KeptCounts {
    std::int64_t created = 0, updated = 0, deleted = 0, unchanged = 0;
    KeptCounts& operator+=(const KeptCounts& other);
};

class Keeper {
public:
    Keeper(Source source, std::string entity, std::string run, Clock& clock)
        : source_(std::move(source)), entity_(std::move(entity)), run_(std::move(run)), clock_(clock) {}

    // Rows as they were read just now. Ids must differ.
    Result<KeptCounts> keep(pg::Transaction& tx, const std::vector<Row>& rows);
    // These are not there any more: `why` is "deleted" or "out_of_scope". The others of `ids` stay as they are.
    Result<KeptCounts> gone(pg::Transaction& tx, const std::vector<std::int64_t>& ids, std::string_view why);
    // What is there counts as taken over from now on: for entities that nothing is promoted from.
    Result<void> take_all(pg::Transaction& tx);

private:
    // The id, hash and whether it is there of each stored one of these; others may be among them.
    Result<pg::Rows> stored(pg::Transaction& tx, const std::vector<Row>& rows) const;

    const Source source_;
    const std::string entity_;
    const std::string run_;
    Clock& clock_;
};

// At most kLabelBytesMax of the first line, cut between characters.
std::string label(std::string_view text);

}  // namespace syncline::mirror
