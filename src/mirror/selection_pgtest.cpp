#include <map>

#include "base/random.hpp"
#include "mirror/selection.hpp"
#include "mirror/testing/rows.hpp"

namespace syncline::mirror {
namespace {

using testing::PlantedRow;
constexpr Direction kIn = Direction::kInbound;

class Selection : public testing::MirrorTest {
protected:
    std::int64_t pick(const std::vector<std::int64_t>& ids, Choice choice) {
        return get(database().transact(
            org(), [&](pg::Transaction& tx) { return choose(tx, source_, "product", kIn, ids, choice, chooser_); }));
    }
    std::int64_t pick_all(const Query& query, Choice choice) {
        return get(database().transact(
            org(), [&](pg::Transaction& tx) { return choose_all(tx, source_, kIn, query, choice, chooser_); }));
    }
    void set(const Rule& rule) {
        must(database().run(
            org(), [&](pg::Transaction& tx) { return set_rule(tx, source_, "product", kIn, rule, chooser_); }));
    }
    std::vector<std::int64_t> selected(int batch = kBatchRows) {
        std::vector<std::int64_t> ids;
        for (std::int64_t after = 0;;) {
            const auto some = get(database().transact(
                org(), [&](pg::Transaction& tx) { return selected_after(tx, source_, "product", kIn, after, batch); }));
            for (const Record& record : some) ids.push_back(after = record.external_id);
            if (static_cast<int>(some.size()) < batch) return ids;
        }
    }
    SelectionCounts counts() {
        return get(database().transact(
            org(), [&](pg::Transaction& tx) { return selection_counts(tx, source_, "product", kIn); }));
    }
    const Chooser chooser_{"ana", parse_time("2026-11-21T08:00:00Z").value()};
};

using Ids = std::vector<std::int64_t>;

TEST_F(Selection, TakesNothingUntilSomebodySaysSo) {
    put({{.id = 1}, {.id = 2}});
    EXPECT_TRUE(selected().empty());
    EXPECT_EQ(counts().waiting, 2);
}

// Against a model: whatever rules and choices were made, a choice wins over the rule, and what is in sync is never
// taken.
TEST_F(Selection, FollowsTheRuleUnlessARecordWasChosen) {
    SeededRandom random(11);
    std::vector<PlantedRow> rows;
    for (std::int64_t id = 1; id <= 60; ++id) {
        PlantedRow row{.id = id};
        const auto kind = random.next() % 4;
        if (kind > 0) row.version = 2, row.taken = kind == 3 ? 2 : 1;
        row.gone = kind == 2;
        rows.push_back(row);
    }
    put(rows);
    std::map<std::int64_t, Choice> chosen;
    for (int turn = 0; turn < 12; ++turn) {
        const Rule rule{random.next() % 2 == 0, random.next() % 2 == 0, random.next() % 2 == 0};
        set(rule);
        const Choice choice = static_cast<Choice>(random.next() % 3);
        Ids some;
        for (const PlantedRow& row : rows) {
            if (random.next() % 4 == 0) some.push_back(row.id);
        }
        std::int64_t changed = 0;
        for (const std::int64_t id : some) {
            const Choice before = chosen.contains(id) ? chosen[id] : Choice::kNone;
            changed += before != choice;
            chosen[id] = choice;
        }
        EXPECT_EQ(pick(some, choice), changed);
        Ids wanted;
        SelectionCounts want;
        for (const PlantedRow& row : rows) {
            if (row.taken == row.version) continue;
            const Choice of = chosen.contains(row.id) ? chosen[row.id] : Choice::kNone;
            const bool by_rule = !row.taken ? rule.include_new : row.gone ? rule.include_deleted : rule.include_updated;
            if (of == Choice::kInclude || (of == Choice::kNone && by_rule)) {
                wanted.push_back(row.id);
            } else if (of == Choice::kIgnore) {
                ++want.ignored;
            } else {
                ++want.waiting;
            }
        }
        EXPECT_EQ(selected(1 + static_cast<int>(random.next() % 9)), wanted);
        EXPECT_EQ(counts().selected, static_cast<std::int64_t>(wanted.size()));
        EXPECT_EQ(counts().ignored, want.ignored);
        EXPECT_EQ(counts().waiting, want.waiting);
    }
}

TEST_F(Selection, OfAllThatMatchIsOneStatement) {
    put({{.id = 1, .name = "Desk"},
         {.id = 2, .name = "Chair"},
         {.id = 3, .name = "desk, round", .version = 2, .taken = 1}});
    Query query;
    query.entity = "product";
    query.search = "desk";
    EXPECT_EQ(pick_all(query, Choice::kInclude), 2);
    EXPECT_EQ(pick_all(query, Choice::kInclude), 0);
    query.status = Status::kUpdated;
    EXPECT_EQ(pick_all(query, Choice::kIgnore), 1);
    EXPECT_EQ(selected(), (Ids{1}));
    query.status = std::nullopt;
    EXPECT_EQ(pick_all(query, Choice::kNone), 2);
    EXPECT_TRUE(selected().empty());
}

TEST_F(Selection, OfARecordThatIsNotThereIsRefusedWhole) {
    add_org();
    put({{.id = 1}});
    put({{.id = 2}}, pg::testing::kOtherOrg);
    const auto answer = database().transact(org(), [&](pg::Transaction& tx) {
        return choose(tx, source_, "product", kIn, {1, 2, 77}, Choice::kInclude, chooser_);
    });
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, Errc::kNotFound);
    EXPECT_EQ(answer.error().message, "the mirror has no product 2, 77");
    EXPECT_TRUE(selected().empty());
}

TEST_F(Selection, IsOverForWhatWasTakenUntilItChangesAgain) {
    put({{.id = 1}, {.id = 2, .version = 2, .taken = 1}, {.id = 3, .version = 5}});
    set({true, true, true});
    const auto take = [&](const std::vector<Taken>& taken) {
        must(database().run(org(), [&](pg::Transaction& tx) { return mark_taken(tx, source_, "product", taken); }));
    };
    take({{1, 1}, {2, 2}, {3, 4}});  // a newer version of 3 came meanwhile
    EXPECT_EQ(selected(), (Ids{3}));
    take({{1, std::nullopt}});
    EXPECT_EQ(selected(), (Ids{1, 3}));
    EXPECT_EQ(run("select status from odoo.records where external_id = 1").text(0, "status"), "new");
}

TEST_F(Selection, KnowsTheWordsOfOlderPrograms) {
    for (const char* word : {"down", "sync_down", "import", "inbound"}) EXPECT_EQ(*parse_direction(word), kIn);
    for (const char* word : {"up", "sync_up", "export", "outbound"}) {
        EXPECT_EQ(*parse_direction(word), Direction::kOutbound);
    }
    EXPECT_EQ(parse_direction("sideways").error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::mirror
