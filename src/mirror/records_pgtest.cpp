#include <algorithm>
#include <set>

#include "base/random.hpp"
#include "mirror/records.hpp"
#include "mirror/testing/rows.hpp"

namespace syncline::mirror {
namespace {

using testing::PlantedRow;

class Records : public testing::MirrorTest {
protected:
    Page page_of(const Query& query) {
        return get(database().transact(org(), [&](pg::Transaction& tx) { return page(tx, source_, query); }));
    }
    static std::vector<std::int64_t> ids(const Page& page) {
        std::vector<std::int64_t> found;
        for (const Record& record : page.records) found.push_back(record.external_id);
        return found;
    }
    static Query products() {
        Query query;
        query.entity = "product";
        return query;
    }
};

using Ids = std::vector<std::int64_t>;

TEST_F(Records, AreSortedByNameWhateverItsCaseAndByIdWhereNamesAreEqual) {
    put({{.id = 3, .name = "bolt"}, {.id = 1, .name = "Zebra"}, {.id = 2, .name = "Bolt"}, {.id = 9, .name = "apple"}});
    EXPECT_EQ(ids(page_of(products())), (Ids{9, 2, 3, 1}));
    Query query = products();
    query.descending = true;
    EXPECT_EQ(ids(page_of(query)), (Ids{1, 3, 2, 9}));
    query.sort = Sort::kId;
    EXPECT_EQ(ids(page_of(query)), (Ids{9, 3, 2, 1}));
}

TEST_F(Records, AreFoundByTheBeginningOfTheNameOrAWholeSkuEmailOrNumber) {
    put({{.id = 1, .name = "Desk lamp", .sku = "D-1"},
         {.id = 2, .name = "Lamp", .sku = "desk"},
         {.id = 3, .name = "Chair", .email = "Desk@Example.com"},
         {.id = 4, .name = "Order", .number = "desk"},
         {.id = 5, .name = "desks, round"},
         {.id = 6, .name = "A desk"},
         {.id = 7, .name = "Both", .sku = "desk", .number = "desk"}});
    Query query = products();
    query.search = "desk";
    const Page page = page_of(query);
    EXPECT_EQ(ids(page), (Ids{7, 1, 5, 2, 4}));
    EXPECT_EQ(page.row_count, 5);
    query.search = "desk@example.COM";
    EXPECT_EQ(ids(page_of(query)), (Ids{3}));
    query.search = "%";
    EXPECT_TRUE(page_of(query).records.empty());
    query = products();
    query.sku = "desk";
    EXPECT_EQ(ids(page_of(query)), (Ids{7, 2}));
    query.number = "desk";
    EXPECT_EQ(ids(page_of(query)), (Ids{7}));
}

TEST_F(Records, OfAnotherEntityConnectorOrOrgAreNotFound) {
    add_org();
    put({{.id = 1, .name = "mine"}});
    put({{.id = 2, .entity = "partner", .name = "mine"}});
    put({{.id = 3, .connector = "odoo-two", .name = "mine"}});
    put({{.id = 4, .name = "mine"}}, pg::testing::kOtherOrg);
    EXPECT_EQ(ids(page_of(products())), (Ids{1}));
    EXPECT_FALSE(
        database().transact(org(), [&](pg::Transaction& tx) { return record(tx, source_, "product", 4); }).ok());
}

TEST_F(Records, HaveTheStatusThatTheirVersionsSay) {
    put({{.id = 1, .name = "a"},
         {.id = 2, .name = "b", .version = 2, .taken = 1},
         {.id = 3, .name = "c", .version = 2, .taken = 1, .gone = true},
         {.id = 4, .name = "d", .version = 2, .taken = 2},
         {.id = 5, .name = "e", .version = 3, .taken = 3, .gone = true, .active = false}});
    Query query = products();
    for (const auto& [status, wanted] : {std::pair{Status::kNew, Ids{1}}, std::pair{Status::kUpdated, Ids{2}},
                                         std::pair{Status::kDeleted, Ids{3}}, std::pair{Status::kInSync, Ids{4, 5}}}) {
        query.status = status;
        EXPECT_EQ(ids(page_of(query)), wanted) << to_string(status);
    }
    query.archived_too = false;
    EXPECT_EQ(ids(page_of(query)), (Ids{4}));
    const StatusCounts counts =
        get(database().transact(org(), [&](pg::Transaction& tx) { return status_counts(tx, source_, "product"); }));
    EXPECT_EQ(counts.created, 1);
    EXPECT_EQ(counts.updated, 1);
    EXPECT_EQ(counts.deleted, 1);
    EXPECT_EQ(counts.in_sync, 2);
    EXPECT_EQ(counts.gone, 2);
    EXPECT_EQ(counts.archived, 1);
    EXPECT_EQ(counts.total(), 5);
}

// Whatever the sort and filter: the pages one after the other are every match once, in order.
TEST_F(Records, ComeOnceEachOverAllPagesEvenWithManyEqualKeys) {
    SeededRandom random(7);
    std::vector<PlantedRow> rows;
    for (std::int64_t id = 1; id <= 300; ++id) {
        PlantedRow row{.id = id};
        row.name = std::string(1, static_cast<char>('a' + random.next() % 3));
        row.stamp = "2026-11-2" + std::to_string(random.next() % 3) + " 08:00:00";
        if (random.next() % 4 == 0) row.stamp.clear();
        if (random.next() % 2 == 0) row.taken = 1;
        rows.push_back(row);
    }
    put(rows);
    for (const Sort sort : {Sort::kName, Sort::kStamp, Sort::kId}) {
        for (int turn = 0; turn < 8; ++turn) {
            Query query = products();
            query.sort = sort;
            query.descending = turn % 2 == 1;
            if (turn & 2) query.status = Status::kNew;
            if (turn & 4) query.search = "b";
            query.page_size = 1 + static_cast<int>(random.next() % 40);
            std::set<std::int64_t> seen;
            std::vector<Record> all;
            std::int64_t row_count = 0;
            for (;; ++query.page) {
                Page page = page_of(query);
                row_count = page.row_count;
                for (Record& record : page.records) {
                    EXPECT_TRUE(seen.insert(record.external_id).second) << record.external_id << " came twice";
                    all.push_back(std::move(record));
                }
                if (static_cast<int>(page.records.size()) < query.page_size) break;
            }
            const auto wanted = std::ranges::count_if(rows, [&](const PlantedRow& row) {
                return (!query.status || !row.taken) && (query.search.empty() || row.name == "b");
            });
            EXPECT_EQ(static_cast<std::int64_t>(all.size()), wanted);
            EXPECT_EQ(row_count, wanted);
            if (sort == Sort::kId) continue;
            for (std::size_t i = 1; i < all.size(); ++i) {
                const auto key = [&](const Record& record) {
                    const std::string text = sort == Sort::kName ? record.name : record.stamp;
                    return std::pair(text.empty() ? "~" : text, record.external_id);
                };
                EXPECT_TRUE(query.descending ? key(all[i]) < key(all[i - 1]) : key(all[i - 1]) < key(all[i]));
            }
        }
    }
}

TEST_F(Records, AreRefusedInPagesOutOfBounds) {
    for (const auto& [page_number, size] : {std::pair{0, 50}, std::pair{1, 0}, std::pair{1, kPageRowsMax + 1}}) {
        Query query = products();
        query.page = page_number;
        query.page_size = size;
        const auto answer = database().transact(org(), [&](pg::Transaction& tx) { return page(tx, source_, query); });
        ASSERT_FALSE(answer.ok());
        EXPECT_EQ(answer.error().code, Errc::kInvalid);
    }
}

TEST_F(Records, AreShownAsOfAnyInstant) {
    put({{.id = 7, .name = "Third", .version = 3, .taken = 2, .seen_at = "2026-11-23T08:00:00Z", .gone = true}});
    put_version({.id = 7, .name = "First", .version = 1, .seen_at = "2026-11-21T08:00:00Z"}, "2026-11-22T08:00:00Z");
    put_version({.id = 7, .name = "Second", .version = 2, .seen_at = "2026-11-22T08:00:00Z"}, "2026-11-23T08:00:00Z");
    const auto then = [&](std::string_view at) {
        return database().transact(
            org(), [&](pg::Transaction& tx) { return record(tx, source_, "product", 7, *parse_time(at)); });
    };
    EXPECT_EQ(then("2026-11-21T07:59:59Z").error().code, Errc::kNotFound);
    EXPECT_EQ(then("2026-11-21T08:00:00Z")->name, "First");
    EXPECT_EQ(then("2026-11-22T07:59:59.999999Z")->version, 1);
    EXPECT_EQ(then("2026-11-22T08:00:00Z")->name, "Second");
    EXPECT_FALSE(then("2026-11-22T08:00:00Z")->gone);
    EXPECT_TRUE(then("2026-11-23T08:00:00Z")->gone);
    EXPECT_EQ(then("2027-01-01T00:00:00Z")->version, 3);
    const auto versions =
        get(database().transact(org(), [&](pg::Transaction& tx) { return history(tx, source_, "product", 7, 2); }));
    ASSERT_EQ(versions.size(), 2u);
    EXPECT_EQ(versions[0].version, 3);
    EXPECT_FALSE(versions[0].until.has_value());
    EXPECT_EQ(versions[1].until, parse_time("2026-11-23T08:00:00Z").value());
    EXPECT_EQ(versions[1].edited_by, "2");
}

TEST_F(Records, AreReadInBatchesInOrderOfId) {
    put({{.id = 5, .name = "e"}, {.id = 1, .name = "a"}, {.id = 3, .name = "c"}});
    const auto batch = [&](std::int64_t after, int rows_max) {
        return get(database().transact(
            org(), [&](pg::Transaction& tx) { return records_after(tx, source_, "product", after, rows_max); }));
    };
    const auto first = batch(0, 2);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].external_id, 3);
    EXPECT_EQ(json::text_or(first[1].data, "name"), "c");
    EXPECT_EQ(batch(3, 2).size(), 1u);
    EXPECT_TRUE(batch(5, 2).empty());
    const auto some = get(database().transact(org(), [&](pg::Transaction& tx) {
        return records(tx, source_, "product", {3, 4, 1});
    }));
    ASSERT_EQ(some.size(), 2u);
    EXPECT_EQ(some[0].external_id, 1);
}

}  // namespace
}  // namespace syncline::mirror
