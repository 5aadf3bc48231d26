#include "base/clock.hpp"
#include "mirror/keeper.hpp"
#include "mirror/testing/rows.hpp"

namespace syncline::mirror {
namespace {

class Keeping : public testing::MirrorTest {
protected:
    static Row read_anew(const testing::PlantedRow& row) {
        const std::string data = testing::data_text(row);
        Row read;
        read.id = row.id;
        read.hash = vault::sha256(data);
        read.data = data;
        read.stamp = row.stamp;
        read.name = row.name;
        return read;
    }
    KeptCounts keep(const std::vector<Row>& rows) {
        Keeper keeper(source_, "product", std::string(testing::kRun), clock_);
        return get(database().transact(org(), [&](pg::Transaction& tx) { return keeper.keep(tx, rows); }));
    }
    Record stored(std::int64_t id) {
        return get(database().transact(org(), [&](pg::Transaction& tx) { return record(tx, source_, "product", id); }));
    }

    // Four records `step` apart, among others, come in no order: one as it was, one changed, one gone, one never seen.
    void keep_four(std::int64_t step) {
        SCOPED_TRACE(step);
        run("delete from odoo.versions");
        run("delete from odoo.records");
        const testing::PlantedRow same{.id = 10, .name = "same"}, before{.id = 10 + step, .name = "before"};
        const testing::PlantedRow gone{.id = 10 + 2 * step, .name = "gone", .gone = true};
        put({same, before, gone, {.id = 11, .name = "not asked for"}});
        put({{.id = same.id, .entity = "variant", .name = "of another kind"}});
        const testing::PlantedRow after{.id = before.id, .name = "after"}, back{.id = gone.id, .name = "gone"};
        const testing::PlantedRow fresh{.id = 10 + 3 * step, .name = "fresh"};

        const std::vector<Row> rows{read_anew(fresh), read_anew(same), read_anew(back), read_anew(after)};
        const KeptCounts counts = keep(rows);
        EXPECT_EQ(counts.unchanged, 1);
        EXPECT_EQ(counts.updated, 2);
        EXPECT_EQ(counts.created, 1);
        EXPECT_EQ(stored(same.id).version, 1);
        EXPECT_EQ(stored(after.id).version, 2);
        EXPECT_EQ(stored(after.id).name, "after");
        EXPECT_FALSE(stored(back.id).gone);
        EXPECT_EQ(stored(fresh.id).version, 1);
        EXPECT_EQ(stored(11).version, 1);
        EXPECT_EQ(keep(rows).unchanged, 4);
    }

    VirtualClock clock_{parse_time("2026-11-21T08:00:00Z").value()};
};

TEST_F(Keeping, ComparesRecordsThatFollowEachOther) { keep_four(2); }
TEST_F(Keeping, ComparesRecordsWithManyOthersBetweenThem) { keep_four(1'000'000); }

}  // namespace
}  // namespace syncline::mirror
