// Lists that change while they are read: with every seed, whatever lived throughout is in the result, once.
#include "plane/detail/walk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.hpp"

namespace syncline::plane::detail {
namespace {

// A table as Plane reads it: OFFSET and LIMIT over an order, newest first.
class Table {
public:
    explicit Table(int rows) {
        for (int i = 0; i < rows; ++i) add();
    }
    void add() {
        const int id = next_++;
        rows_.insert(rows_.begin(), id);
        ++version_[id];
    }
    void remove_at(std::size_t at) {
        died_.insert(rows_[at]);
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    // By change: the row moves to the front. By creation: it stays.
    void edit_at(std::size_t at, bool moves) {
        const int id = rows_[at];
        ++version_[id];
        if (!moves) return;
        moved_.insert(id);
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(at));
        rows_.insert(rows_.begin(), id);
    }
    std::size_t size() const { return rows_.size(); }
    const std::vector<int>& rows() const { return rows_; }
    bool moved(int id) const { return moved_.contains(id); }
    bool died(int id) const { return died_.contains(id); }

    Page page(std::int64_t number, int size) const {
        Page page;
        page.total = static_cast<std::int64_t>(rows_.size());
        const auto start = std::min<std::size_t>(rows_.size(), static_cast<std::size_t>(number * size));
        const auto end = std::min<std::size_t>(rows_.size(), start + static_cast<std::size_t>(size));
        page.more = end < rows_.size();
        for (std::size_t i = start; i < end; ++i) {
            page.rows.push_back({{"id", std::to_string(rows_[i])}, {"version", version_.at(rows_[i])}});
        }
        return page;
    }

private:
    std::vector<int> rows_;
    std::map<int, int> version_;
    std::set<int> died_;
    std::set<int> moved_;
    int next_ = 0;
};

struct Rates {
    double remove;
    double add;
    double edit;
    bool moves;  // edits move rows to the front
};

void disturb(Table& table, SeededRandom& random, const Rates& rates) {
    while (random.chance(rates.remove) && table.size() > 0) table.remove_at(random.below(table.size()));
    while (random.chance(rates.add)) table.add();
    while (random.chance(rates.edit) && table.size() > 0) table.edit_at(random.below(table.size()), rates.moves);
}

std::set<int> ids_of(const std::vector<json::Object>& rows) {
    std::set<int> ids;
    for (const json::Object& row : rows) ids.insert(std::stoi(std::string(row.at("id").as_string())));
    return ids;
}

TEST(Walk, ByCreationEverythingThatLivedThroughoutIsFoundOnce) {
    int disturbed = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        SeededRandom random(seed);
        Table table(static_cast<int>(random.below(120)));
        const std::vector<int> at_start = table.rows();
        const int page_size = static_cast<int>(4 + random.below(12));
        const Rates rates{random.unit() * 0.6, random.unit() * 0.6, 0.3, false};
        int reads = 0;
        const auto read = [&](std::int64_t number, int size) -> Result<Page> {
            if (reads++ > 0) disturb(table, random, rates);
            return table.page(number, size);
        };
        const auto rows = walk_all(read, page_size);
        ASSERT_TRUE(rows.ok()) << rows.error().message;
        const std::set<int> found = ids_of(*rows);
        ASSERT_EQ(found.size(), rows->size()) << "each once";
        for (const int id : at_start) {
            if (table.died(id)) {
                ++disturbed;
            } else {
                ASSERT_TRUE(found.contains(id)) << "seed " << seed << " row " << id;
            }
        }
    }
    EXPECT_GT(disturbed, 10'000) << "the test must disturb what it reads";
}

TEST(Walk, ByChangeOnlyRowsThatChangedMeanwhileCanBeMissed) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        SeededRandom random(seed);
        Table table(static_cast<int>(random.below(120)));
        const std::vector<int> at_start = table.rows();
        const int page_size = static_cast<int>(4 + random.below(12));
        const Rates rates{random.unit() * 0.5, random.unit() * 0.5, random.unit() * 0.5, true};
        int reads = 0;
        const auto read = [&](std::int64_t number, int size) -> Result<Page> {
            if (reads++ > 0) disturb(table, random, rates);
            return table.page(number, size);
        };
        auto walked = walk(read, page_size);
        ASSERT_TRUE(walked.ok());
        const std::set<int> found = ids_of(std::move(walked->rows).take());
        for (const int id : at_start) {
            // A row that moved to the front is seen by the next poll.
            if (table.died(id) || table.moved(id)) continue;
            ASSERT_TRUE(found.contains(id)) << "seed " << seed << " row " << id;
        }
    }
}

TEST(Walk, AQuietListCostsItsPagesAndNoMore) {
    for (const int rows : {0, 1, 9, 10, 11, 100, 1001}) {
        Table table(rows);
        int reads = 0;
        const auto found = walk_all(
            [&](std::int64_t number, int size) -> Result<Page> {
                ++reads;
                return table.page(number, size);
            },
            10);
        ASSERT_TRUE(found.ok());
        EXPECT_EQ(static_cast<int>(found->size()), rows);
        EXPECT_EQ(reads, std::max(1, (rows + 9) / 10));
    }
}

TEST(Walk, StopsAtTheFirstPageWithAnOlderRow) {
    Table table(100);  // ids 99..0 from the front
    int reads = 0;
    auto walked = walk(
        [&](std::int64_t number, int size) -> Result<Page> {
            ++reads;
            return table.page(number, size);
        },
        10, [](const json::Object& row) { return row.at("id").as_string() == "75"; });
    ASSERT_TRUE(walked.ok());
    EXPECT_EQ(reads, 3);
    EXPECT_EQ(walked->rows.size(), 30);
}

// Rows with equal times have no order of their own: the server may show one twice and another not at all.
TEST(Walk, ATotalThatIsNotReachedMakesItReadAgain) {
    Table table(30);
    int reads = 0;
    const auto rows = walk_all(
        [&](std::int64_t number, int size) -> Result<Page> {
            Page page = table.page(number, size);
            if (++reads == 2) page.rows[0] = page.rows[1];
            return page;
        },
        10);
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->size(), 30u);
}

TEST(Walk, AListThatLiesAboutItsTotalEndsAfterThreePasses) {
    Table table(25);
    int reads = 0;
    const auto rows = walk_all(
        [&](std::int64_t number, int size) -> Result<Page> {
            ++reads;
            Page page = table.page(number, size);
            page.total += 7;
            return page;
        },
        10);
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->size(), 25u);
    EXPECT_LE(reads, kPassesMax * 4);
}

TEST(Walk, TheLatestReadingOfARowCounts) {
    Table table(10);
    int reads = 0;
    const auto read = [&](std::int64_t number, int size) -> Result<Page> {
        if (++reads == 2) {
            table.edit_at(0, false);
            table.add();  // pushes the last row of page 0 to page 1
        }
        if (reads == 3) table.edit_at(5, false);
        return table.page(number, size);
    };
    const auto rows = walk_all(read, 5);
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(rows->size(), 11u) << "the new one in front is fetched, too";
}

TEST(Walk, PagesAsPlaneSendsThem) {
    const auto page =
        parse_page(json::parse(R"({"total_count":3,"next_cursor":"2:1:0","next_page_results":true,"count":2,
        "results":[{"id":"a"},{"id":"b"}]})")
                       .value());
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->total, 3);
    EXPECT_TRUE(page->more);
    const auto array = parse_page(json::parse(R"([{"id":"a"}])").value());
    ASSERT_TRUE(array.ok());
    EXPECT_EQ(array->total, 1);
    EXPECT_FALSE(array->more);
    for (const auto* bad : {"{}", "null", "[1]", R"({"results":{}})", R"({"results":[null]})"}) {
        EXPECT_EQ(parse_page(json::parse(bad).value()).error().code, Errc::kUpstream) << bad;
    }
    Rows rows;
    EXPECT_FALSE(rows.put({{"name", "no id"}}).ok());
}

}  // namespace
}  // namespace syncline::plane::detail
