#include <atomic>
#include <limits>
#include <stdexcept>
#include <thread>

#include "pg/database.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::pg {
namespace {

using testing::kOrg;
using testing::kOtherOrg;

class DatabaseTest : public testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        run_as_owner(
            "create table sync.t (org_id uuid not null, k text, v text, primary key (org_id, k));"
            "call access.protect('sync.t', 'for a test')");
    }
    Result<void> put(Transaction& tx, const Param& k, const Param& v) {
        TRY(tx.exec("insert into sync.t (org_id, k, v) values ($1, $2, $3)", {kOrg, k, v}));
        return {};
    }
    std::int64_t count() { return run_as_owner("select count(*) as n from sync.t").integer(0, "n"); }
};

TEST_F(DatabaseTest, EveryValueComesBackAsItWent) {
    const double tiny = std::numeric_limits<double>::denorm_min();
    const Rows rows =
        run("select $1::text as t, $2::bigint as i, $3::bool as b, $4::float8 as d, $5::text as nothing,"
            " $6::bytea as raw, $7::float8 as inf, $8::text as empty",
            {"l'été\n\t\\\"", std::numeric_limits<std::int64_t>::min(), true, tiny, nullptr,
             bytea_literal(std::string("\0\xff\\x", 4)), -std::numeric_limits<double>::infinity(), ""});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.text(0, "t"), "l'été\n\t\\\"");
    EXPECT_EQ(rows.integer(0, "i"), std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(rows.boolean(0, "b"));
    EXPECT_EQ(std::strtod(std::string(rows.text(0, "d")).c_str(), nullptr), tiny);
    EXPECT_TRUE(rows.is_null(0, "nothing"));
    EXPECT_EQ(rows.optional_text(0, "nothing"), std::nullopt);
    EXPECT_EQ(rows.bytes(0, "raw"), std::string("\0\xff\\x", 4));
    EXPECT_EQ(rows.text(0, "inf"), "-Infinity");
    EXPECT_EQ(rows.optional_text(0, "empty"), "");
    EXPECT_EQ(rows.text(0, 0), rows.text(0, "t"));
    EXPECT_EQ(rows.columns(), 8u);
}

TEST_F(DatabaseTest, ArraysKeepTheirElements) {
    const std::vector<std::optional<std::string>> hard = {"",    "NULL",  std::nullopt, "a,b",
                                                          "{x}", "\"q\"", "b\\s",       " s "};
    const Rows rows =
        run("select x from unnest($1::text[]) with ordinality as u (x, n) order by n", {array_literal(hard)});
    ASSERT_EQ(rows.size(), hard.size());
    for (std::size_t i = 0; i < hard.size(); ++i) EXPECT_EQ(rows.optional_text(i, "x"), hard[i]) << i;
    EXPECT_TRUE(run("select unnest($1::text[])", {array_literal(std::vector<std::string>{})}).empty());
}

TEST_F(DatabaseTest, CopyKeepsRowsAndNulls) {
    const std::string hard = "tab\there\nline\\N \r end\\.";
    std::vector<Params> rows;
    for (int i = 0; i < 5000; ++i) rows.push_back({kOrg, i, i % 2 == 0 ? Param(hard) : Param(nullptr)});
    const auto done = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("create temporary table staging (org_id uuid, k text, v text) on commit drop"));
        const std::int64_t copied = TRY(tx.copy_in("staging (org_id, k, v)", rows));
        EXPECT_EQ(copied, 5000);
        const Rows kept = TRY(tx.exec("insert into sync.t select * from staging"));
        EXPECT_EQ(kept.affected(), 5000);
        return {};
    });
    ASSERT_TRUE(done.ok()) << done.error().message;
    EXPECT_EQ(run("select count(*) as n from sync.t where v = $1", {hard}).integer(0, "n"), 2500);
    EXPECT_EQ(run("select count(*) as n from sync.t where v is null").integer(0, "n"), 2500);
}

TEST_F(DatabaseTest, ABrokenCopyLeavesTheSessionUsable) {
    const auto bad = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("create temporary table staging (n integer) on commit drop"));
        TRY(tx.copy_in("staging (n)", {{1}, {"not a number"}}));
        return {};
    });
    EXPECT_EQ(bad.error().detail("sqlstate"), "22P02");
    const auto zero = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("create temporary table staging (n text) on commit drop"));
        TRY(tx.copy_in("staging (n)", {{"fine"}, {std::string("a\0b", 3)}}));
        return {};
    });
    EXPECT_EQ(zero.error().code, Errc::kInvalid);
    const auto raw = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("copy sync.t to stdout"));
        return {};
    });
    EXPECT_FALSE(raw.ok());
    EXPECT_EQ(run("select 1 as one").integer(0, "one"), 1);
}

TEST_F(DatabaseTest, AZeroByteIsRefusedInsteadOfCutOff) {
    const auto done = database().run(kOrg, [&](Transaction& tx) { return put(tx, "k", std::string("a\0b", 3)); });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Errc::kInvalid);
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, FailureExceptionAndSwallowedErrorAllRollBack) {
    const auto failed = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(put(tx, "a", "1"));
        return make_error(Errc::kHeld, "no");
    });
    EXPECT_EQ(failed.error().code, Errc::kHeld);
    EXPECT_THROW((void)database().run(kOrg,
                                      [&](Transaction& tx) -> Result<void> {
                                          TRY(put(tx, "b", "1"));
                                          throw std::runtime_error("bug");
                                      }),
                 std::runtime_error);
    // A body that goes on after a failed statement must not believe that it was committed.
    const auto swallowed = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(put(tx, "c", "1"));
        EXPECT_FALSE(put(tx, "c", "2").ok());
        return {};
    });
    EXPECT_EQ(swallowed.error().code, Errc::kStore);
    EXPECT_EQ(swallowed.error().detail("sqlstate"), "23505");
    EXPECT_EQ(swallowed.error().detail("constraint"), "t_pkey");
    EXPECT_EQ(swallowed.error().message.find("(c)"), std::string::npos) << "values stay out of errors";
    const auto ended = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("rollback"));
        return {};
    });
    EXPECT_EQ(ended.error().code, Errc::kInternal);
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, ASavepointMakesAFailureHarmless) {
    const auto done = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(put(tx, "a", "1"));
        TRY(tx.exec("savepoint s"));
        EXPECT_FALSE(put(tx, "a", "2").ok());
        TRY(tx.exec("rollback to savepoint s"));
        return put(tx, "b", "3");
    });
    ASSERT_TRUE(done.ok()) << done.error().message;
    EXPECT_EQ(count(), 2);
}

TEST_F(DatabaseTest, TheOrgHoldsForOneTransactionOnly) {
    add_org();
    ASSERT_TRUE(database().run(kOrg, [&](Transaction& tx) { return put(tx, "mine", "1"); }).ok());
    EXPECT_EQ(run("select count(*) as n from sync.t", {}, kOtherOrg).integer(0, "n"), 0);
    EXPECT_EQ(run("select count(*) as n from sync.t", {}, kOrg).integer(0, "n"), 1);
    EXPECT_EQ(run("select current_user::text as u", {}, kOrg).text(0, "u"), "syncline_app");
    EXPECT_NE(run_as_owner("select current_user::text as u").text(0, "u"), "syncline_app");
    EXPECT_TRUE(run_as_owner("select access.current_org() as o").is_null(0, "o")) << "the org must not stay behind";
    for (const std::string_view bad : {"", "x", "00000000-0000-0000-0000-00000000000A", "' or true --"}) {
        const auto refused = database().run(bad, [](Transaction&) -> Result<void> { return {}; });
        EXPECT_EQ(refused.error().code, Errc::kInvalid) << bad;
    }
}

TEST_F(DatabaseTest, TransactAnswersWhatTheBodyAnswers) {
    const Result<std::int64_t> seven = database().transact(kOrg, [](Transaction& tx) -> Result<std::int64_t> {
        const Rows rows = TRY(tx.exec("select $1::int + 3 as n", {4}));
        return rows.integer(0, "n");
    });
    EXPECT_EQ(seven.value(), 7);
}

TEST_F(DatabaseTest, AKilledSessionIsReplaced) {
    ASSERT_TRUE(run("select 1").size() == 1);  // a session waits in the pool now
    auto killer = open_database({.dsn = dsn(), .connections_max = 1});
    ASSERT_TRUE(killer.ok());
    const auto killed = (*killer)->run_as_owner([](Transaction& tx) -> Result<void> {
        TRY(
            tx.exec("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"));
        return {};
    });
    ASSERT_TRUE(killed.ok());
    EXPECT_EQ(run("select 2 as n").integer(0, "n"), 2);
    // In the middle of a transaction it cannot be hidden: the work is lost, and safe to repeat.
    const auto lost = database().run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(put(tx, "lost", "1"));
        TRY(tx.exec("select set_config('role', 'none', true)"));
        TRY(tx.exec("select pg_terminate_backend(pg_backend_pid())"));
        TRY(tx.exec("select 1"));
        return {};
    });
    EXPECT_EQ(lost.error().code, Errc::kUnreachable) << lost.error().message;
    EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, ThePoolIsBoundedAndServesEverybody) {
    auto narrow = open_database({.dsn = dsn(), .connections_max = 3});
    ASSERT_TRUE(narrow.ok());
    std::atomic<int> inside = 0;
    std::atomic<int> most = 0;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 12; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                const auto done = (*narrow)->run(kOrg, [&](Transaction& tx) -> Result<void> {
                    int now = ++inside;
                    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) now = inside;
                    const Result<void> kept = put(tx, t * 1000 + i, "v");
                    --inside;
                    return kept;
                });
                if (!done) ++failures;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_LE(most, 3);
    EXPECT_EQ(count(), 240);
}

TEST_F(DatabaseTest, SessionsThatNobodyNeedsAreClosed) {
    auto pool = open_database({.dsn = dsn(), .idle_max = std::chrono::milliseconds(0)});
    ASSERT_TRUE(pool.ok());
    const auto session = [](Transaction& tx) -> Result<std::int64_t> {
        const Rows rows = TRY(tx.exec("select pg_backend_pid() as pid"));
        return rows.integer(0, "pid");
    };
    std::int64_t outer = 0;
    std::int64_t inner = 0;
    const Result<void> both = (*pool)->run(kOrg, [&](Transaction& tx) -> Result<void> {
        outer = TRY(session(tx));
        inner = TRY((*pool)->transact(kOrg, session));
        EXPECT_EQ(TRY((*pool)->transact(kOrg, session)), inner) << "the last one is not closed: somebody works";
        return ok();
    });
    ASSERT_TRUE(both.ok());
    EXPECT_EQ((*pool)->transact(kOrg, session).value(), outer);
    // The server's process ends soon after it was told.
    constexpr int kLooks = 10'000;
    int looks = 0;
    while (looks < kLooks &&
           !run_as_owner("select 1 from pg_stat_activity where pid = " + std::to_string(inner)).empty()) {
        ++looks;
    }
    EXPECT_LT(looks, kLooks) << "the other one is still there";
}

TEST_F(DatabaseTest, PreparedStatementsAreBoundedAndSurviveChangesOfATable) {
    auto one = open_database({.dsn = dsn(), .connections_max = 1});
    ASSERT_TRUE(one.ok());
    const auto ask = [&](const std::string& sql) {
        return (*one)->run_as_owner([&](Transaction& tx) -> Result<void> {
            TRY(tx.exec(sql, {"k"}));
            return {};
        });
    };
    for (int i = 0; i < 600; ++i) ASSERT_TRUE(ask("select $1::text as c" + std::to_string(i)).ok());
    const std::string star = "select * from sync.t where k = $1";
    ASSERT_TRUE(ask(star).ok());
    run_as_owner("alter table sync.t add column w integer");
    EXPECT_EQ(ask(star).error().detail("sqlstate"), "0A000");
    EXPECT_TRUE(ask(star).ok()) << "the next transaction prepares anew";
    const auto kept = (*one)->transact(
        kOrg, [](Transaction& tx) { return tx.exec("select count(*) n from pg_prepared_statements"); });
    EXPECT_LE(kept.value().integer(0, "n"), 256);
}

TEST_F(DatabaseTest, LostRacesAreRecognised) {
    auto first = open_database({.dsn = dsn()});
    ASSERT_TRUE(first.ok());
    ASSERT_TRUE(database().run(kOrg, [&](Transaction& tx) { return put(tx, "r", "0"); }).ok());
    const auto lost = (*first)->run(kOrg, [&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("set transaction isolation level repeatable read"));
        return {};
    });
    EXPECT_FALSE(lost.ok()) << "too late: set_config has read already";
    const auto raced = (*first)->run_as_owner([&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("set transaction isolation level repeatable read"));
        TRY(tx.exec("select * from sync.t"));
        run("update sync.t set v = '1'");
        TRY(tx.exec("update sync.t set v = '2'"));
        return {};
    });
    EXPECT_TRUE(is_lost_race(raced.error())) << raced.error().message;
    EXPECT_FALSE(is_lost_race(lost.error()));
}

TEST(OpenDatabase, SaysWhatIsWrongWithoutTellingThePassword) {
    const auto unreadable = open_database({.dsn = "host=x hunter2"});
    EXPECT_EQ(unreadable.error().code, Errc::kInvalid);
    EXPECT_EQ(unreadable.error().message.find("hunter2"), std::string::npos);
    const auto absent = open_database({.dsn = "host=/nonexistent password=hunter2"});
    EXPECT_EQ(absent.error().code, Errc::kUnreachable);
    EXPECT_EQ((absent.error().message + absent.error().hint).find("hunter2"), std::string::npos);
}

// The role is the server's, so it is taken away by another name while nobody else looks.
TEST_F(DatabaseTest, AStoreWithoutTheSchemaSaysWhatToDo) {
    run_as_owner("alter role syncline_app rename to syncline_away");
    const auto early = database().run(kOrg, [](Transaction&) -> Result<void> { return {}; });
    run_as_owner("alter role syncline_away rename to syncline_app");
    ASSERT_FALSE(early.ok());
    EXPECT_NE(early.error().hint.find("migrations"), std::string::npos) << early.error().message;
    EXPECT_EQ(run("select 1 as one").integer(0, "one"), 1);
}

}  // namespace
}  // namespace syncline::pg
