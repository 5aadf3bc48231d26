// Rows of the mirror for tests of what reads it, put there as the keeper would.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mirror/records.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror::testing {

struct PlantedRow {
    std::int64_t id = 0;
    std::string entity = "product";
    std::string connector = "odoo";
    std::string name = {};
    std::string sku = {};
    std::string email = {};
    std::string number = {};
    int version = 1;
    std::optional<int> taken = {};
    std::string stamp = "2026-11-20 08:00:00";
    std::string seen_at = "2026-11-21T08:00:00Z";
    bool gone = false;
    bool active = true;
    json::Object data = {};  // besides id, name, active, write_uid
};

inline constexpr std::string_view kRun = "33333333-3333-4333-8333-333333333333";

inline std::string data_text(const PlantedRow& row) {
    json::Object data = row.data;
    data["id"] = row.id;
    data["name"] = row.name;
    data["active"] = row.active;
    data["write_uid"] = 2;
    return json::canonical(data);
}

class MirrorTest : public pg::testing::PgTest {
protected:
    static std::string_view org() { return pg::testing::kOrg; }

    template <typename T>
    T get(Result<T> result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
        return result.ok() ? std::move(*result) : T{};
    }
    void must(const Result<void>& result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
    }

    void put(const std::vector<PlantedRow>& rows, std::string_view of = pg::testing::kOrg) {
        must(database().run(of, [&](pg::Transaction& tx) -> Result<void> {
            for (const PlantedRow& row : rows) {
                const std::string data = data_text(row);
                std::optional<std::string> stamp, gone_at, gone_why;
                if (!row.stamp.empty()) stamp = row.stamp;
                if (row.gone) gone_at = row.seen_at, gone_why = "deleted";
                TRY(
                    tx.exec("insert into odoo.records (org_id, connector, entity, external_id, version, taken, hash,"
                            " stamp, active, gone_at, gone_why, name, sku, email, number, run, seen_at, sync_data)"
                            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
                            {of, row.connector, row.entity, row.id, row.version, row.taken,
                             pg::bytea_literal(vault::sha256(data)), stamp, row.active, gone_at, gone_why, row.name,
                             row.sku, row.email, row.number, kRun, row.seen_at, data}));
            }
            return ok();
        }));
    }

    // A version that another one replaced.
    void put_version(const PlantedRow& row, std::string_view until) {
        const std::string data = data_text(row);
        run("insert into odoo.versions (org_id, connector, entity, external_id, version, hash, stamp, gone, run,"
            " seen_at, until, sync_data) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            {org(), row.connector, row.entity, row.id, row.version, pg::bytea_literal(vault::sha256(data)), row.stamp,
             row.gone, kRun, row.seen_at, until, data});
    }

    const Source source_;
};

}  // namespace syncline::mirror::testing
