#include <thread>

#include "pg/migrate.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::pg {
namespace {

constexpr Migration kOne{1, "0001_one", "create table public.one (n integer); insert into public.one values (1)"};
constexpr Migration kTwo{2, "0002_two", "insert into public.one values (2)"};
constexpr Migration kThree{3, "0003_three", "insert into public.one values (3); select 1 / 0"};

class MigrateTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto dsn = testing::fresh_database(true);
        ASSERT_TRUE(dsn.ok()) << dsn.error().message;
        dsn_ = *dsn;
        auto opened = open_database({.dsn = dsn_});
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        database_ = std::move(*opened);
    }
    Result<MigrationReport> apply(const std::vector<Migration>& migrations) { return migrate(*database_, migrations); }
    std::string rows() {
        std::string text;
        const auto done = database_->run_as_owner([&](Transaction& tx) -> Result<void> {
            const Rows found =
                TRY(tx.exec("select coalesce(string_agg(n::text, ',' order by n), '') as t from public.one"));
            text = found.text(0, "t");
            return {};
        });
        return done ? text : "no table";
    }
    std::string dsn_;
    std::unique_ptr<Database> database_;
};

TEST_F(MigrateTest, RunsEachFileOnceAndInOrder) {
    const auto before = pending(*database_, std::vector{kOne, kTwo});
    ASSERT_TRUE(before.ok()) << before.error().message;
    EXPECT_EQ(before->applied, 2);
    EXPECT_EQ(before->to, 2);
    EXPECT_EQ(rows(), "no table") << "looking changes nothing";
    const auto first = apply({kTwo, kOne});  // whatever order they are given in
    ASSERT_TRUE(first.ok()) << first.error().message;
    EXPECT_EQ(std::tuple(first->from, first->to, first->applied), std::tuple(0, 2, 2));
    const auto again = apply({kOne, kTwo});
    EXPECT_EQ(std::tuple(again->from, again->to, again->applied), std::tuple(2, 2, 0));
    EXPECT_EQ(rows(), "1,2");
    EXPECT_EQ(pending(*database_, std::vector{kOne, kTwo})->applied, 0);
}

TEST_F(MigrateTest, AFailingFileLeavesNothingBehindButTheOnesBefore) {
    const auto failed = apply({kOne, kTwo, kThree});
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, Errc::kStore);
    EXPECT_EQ(failed.error().detail("sqlstate"), "22012");
    EXPECT_NE(failed.error().message.find("0003_three"), std::string::npos);
    EXPECT_EQ(rows(), "1,2");
    const auto mended = apply({kOne, kTwo, {3, "0003_three", "insert into public.one values (33)"}});
    EXPECT_EQ(mended->from, 2);
    EXPECT_EQ(rows(), "1,2,33");
}

TEST_F(MigrateTest, RefusesWhatDoesNotBelongTogether) {
    ASSERT_TRUE(apply({kOne, kTwo}).ok());
    EXPECT_EQ(apply({kOne}).error().code, Errc::kStoreNewer);
    EXPECT_EQ(pending(*database_, std::vector{kOne}).error().code, Errc::kStoreNewer);
    const Error changed = apply({{1, "0001_one", "select 2"}, kTwo}).error();
    EXPECT_EQ(changed.code, Errc::kStore);
    EXPECT_NE(changed.message.find("0001_one was changed"), std::string::npos);
    EXPECT_NE(apply({kOne, kTwo, {2, "0002_twin", "select 1"}}).error().message.find("two migrations"),
              std::string::npos);
    const auto fourth = apply({kOne, kTwo, {4, "0004_four", "select 4"}});
    ASSERT_TRUE(fourth.ok());
    const Error late = apply({kOne, kTwo, {3, "0003_late", "select 3"}, {4, "0004_four", "select 4"}}).error();
    EXPECT_NE(late.message.find("0003_late comes before"), std::string::npos);
}

TEST_F(MigrateTest, ManyProcessesMayMigrateAtOnce) {
    std::vector<Result<MigrationReport>> reports(6, Result<MigrationReport>(MigrationReport{}));
    std::vector<std::thread> threads;
    for (auto& report : reports) {
        threads.emplace_back([&] {
            auto mine = open_database({.dsn = dsn_});
            report = mine ? migrate(**mine, embedded_migrations()) : Result<MigrationReport>(mine.error());
        });
    }
    for (std::thread& thread : threads) thread.join();
    int applied = 0;
    for (const auto& report : reports) {
        ASSERT_TRUE(report.ok()) << report.error().message;
        EXPECT_EQ(report->to, embedded_migrations().back().number);
        applied += report->applied;
    }
    EXPECT_EQ(applied, static_cast<int>(embedded_migrations().size()));
}

// The role is the server's: stores of one server that are made at the same moment must not trip over it.
TEST_F(MigrateTest, SeveralStoresOfOneServerMayBeMadeAtOnce) {
    std::vector<std::string> dsns;
    for (int i = 0; i < 4; ++i) dsns.push_back(testing::fresh_database(true).value());
    std::vector<Error> failures(dsns.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < dsns.size(); ++i) {
        threads.emplace_back([&, i] {
            auto mine = open_database({.dsn = dsns[i]});
            const auto done = mine ? migrate(**mine, embedded_migrations()) : Result<MigrationReport>(mine.error());
            if (!done) failures[i] = done.error();
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const Error& failure : failures) EXPECT_EQ(failure.message, "");
}

// A server that is not ours: the owner of the store is then no superuser, and row level security holds for it too.
TEST_F(MigrateTest, AnOwnerWithoutSuperuserRightsIsEnough) {
    const auto made = database_->run_as_owner([&](Transaction& tx) -> Result<void> {
        TRY(tx.exec(
            "create role plain_owner login createrole; select set_config('app.db', current_database(), true);"
            "do $$ begin execute format('alter database %I owner to plain_owner', current_database()); end $$"));
        return {};
    });
    ASSERT_TRUE(made.ok()) << made.error().message;
    std::string dsn = dsn_;
    dsn.replace(dsn.find("user=syncline"), std::string_view("user=syncline").size(), "user=plain_owner");
    auto plain = open_database({.dsn = dsn});
    ASSERT_TRUE(plain.ok()) << plain.error().message;
    const auto done = migrate(**plain, embedded_migrations());
    ASSERT_TRUE(done.ok()) << done.error().message;
    const auto counted = [&](Transaction& tx) -> Result<std::int64_t> {
        const Rows rows = TRY(tx.exec("select count(*) as n from access.orgs"));
        return rows.integer(0, "n");
    };
    const auto seen = (*plain)->run_as_owner([&](Transaction& tx) -> Result<void> {
        TRY(tx.exec("insert into access.orgs (org_id, slug, name) values ($1, 'other', 'Other')",
                    {testing::kOtherOrg}));
        // Foreign keys are checked as the owner too.
        TRY(tx.exec("insert into vault.sealed (org_id, name, sealed) values ($1, 'n', 's')", {testing::kOtherOrg}));
        EXPECT_EQ(counted(tx).value(), 2) << "maintenance sees all orgs";
        return {};
    });
    ASSERT_TRUE(seen.ok()) << seen.error().message;
    EXPECT_EQ((*plain)->transact(testing::kOrg, counted).value(), 1);
    plain->reset();
    const auto cleaned = database_->run_as_owner([&](Transaction& tx) -> Result<void> {
        TRY(
            tx.exec("revoke syncline_app from plain_owner; reassign owned by plain_owner to current_user;"
                    "drop owned by plain_owner; drop role plain_owner"));
        return {};
    });
    EXPECT_TRUE(cleaned.ok()) << cleaned.error().message;
}

TEST(EmbeddedMigrations, AreTheFilesOfTheSchemaFolder) {
    ASSERT_FALSE(embedded_migrations().empty());
    EXPECT_EQ(embedded_migrations().front().name, "0001_foundation");
    int last = 0;
    for (const Migration& migration : embedded_migrations()) {
        EXPECT_EQ(migration.number, last + 1) << migration.name << ": numbers follow each other";
        EXPECT_EQ(migration.number, std::stoi(std::string(migration.name.substr(0, 4))));
        EXPECT_NE(migration.sql.find(";"), std::string_view::npos);
        last = migration.number;
    }
}

}  // namespace
}  // namespace syncline::pg
