// The chain that PostgreSQL's triggers make, against the verifier's own idea of it; and every way to touch it.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <thread>

#include "base/random.hpp"
#include "ledger/chain.hpp"
#include "ledger/conflicts.hpp"
#include "ledger/entries.hpp"
#include "pg/migrate.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::ledger {
namespace {

using pg::testing::kOrg;
using pg::testing::kOtherOrg;

class ChainStore : public pg::testing::PgTest {
protected:
    Entry entry(const std::string& link, const std::string& detail = "") {
        return {random_.uuid(), now_,      link,
                "plane",        "updated", {json::Object{{"field", "name"}, {"from", "Ä \"quoted\"\n"}, {"to", 1.5}}},
                detail};
    }
    Conflict conflict(const std::string& link) {
        return {0, random_.uuid(), now_, link, "", "name", "odoo", "日本", nullptr, "odoo owns name"};
    }
    void write(const std::vector<Entry>& entries, const std::vector<Conflict>& conflicts = {}) {
        const Result<void> done = database().run(kOrg, [&](pg::Transaction& tx) -> Result<void> {
            TRY(append(tx, scope_, entries));
            return append(tx, scope_, conflicts);
        });
        ASSERT_TRUE(done.ok()) << done.error().message;
    }
    void fill() {
        write({entry("task/odoo/1"), entry("task/odoo/2", "détail")}, {conflict("task/odoo/2")});
        Entry plain = entry("project/odoo/1");
        plain.side = "";
        plain.changes = {};
        write({plain});
        write({entry("task/odoo/3")}, {conflict("task/odoo/3"), conflict("task/odoo/4")});
    }
    Verdict verdict(std::optional<ChainHead> noted = {}) {
        Result<Verdict> found = verify_store(database(), access::default_org(), noted);
        EXPECT_TRUE(found.ok()) << found.error().message;
        return found.ok() ? *found : Verdict{};
    }
    std::string exported() {
        std::string text;
        const Result<ChainHead> head =
            export_chain(database(), access::default_org(), [&](std::string_view line) -> Result<void> {
                text.append(line).append("\n");
                return ok();
            });
        EXPECT_TRUE(head.ok()) << head.error().message;
        return text;
    }
    // What only the owner of the whole server can do: past the triggers.
    void tamper(const std::string& sql) {
        const Result<void> done = database().run_as_owner([&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("set local session_replication_role = replica"));
            const pg::Rows rows = TRY(tx.exec(sql));
            return ok();
        });
        ASSERT_TRUE(done.ok()) << done.error().message;
    }
    std::string sqlstate(const std::string& sql, bool as_owner) {
        const auto body = [&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec(sql));
            return ok();
        };
        const Result<void> done = as_owner ? database().run_as_owner(body) : database().run(kOrg, body);
        return done.ok() ? "" : std::string(done.error().detail("sqlstate"));
    }

    access::Scope scope_{access::default_org(), "delivery"};
    SeededRandom random_{5};
    Time now_ = *parse_time("2026-11-21T08:00:00.000007Z");
};

TEST_F(ChainStore, IsOneChainOverEntriesAndConflicts) {
    EXPECT_EQ(verdict().entries, 0) << "an empty one is good";
    fill();
    const Verdict whole = verdict();
    EXPECT_FALSE(whole.first_bad) << whole.what;
    EXPECT_EQ(whole.entries, 7);
    EXPECT_EQ(whole.head.seq, 7);
    write({entry("task/odoo/9")});
    EXPECT_FALSE(verdict(whole.head).first_bad) << "it grew from the head that was noted";
}

TEST_F(ChainStore, AnExportVerifiesWithoutTheStore) {
    fill();
    std::istringstream in(exported());
    const Result<Verdict> offline = verify_export(in, verdict().head);
    ASSERT_TRUE(offline.ok()) << offline.error().message;
    EXPECT_FALSE(offline->first_bad) << offline->what;
    EXPECT_EQ(offline->entries, 7);
}

TEST_F(ChainStore, PagesHoldTogether) {
    const auto rows = static_cast<std::size_t>(2 * kChainPageRows + 3);
    write(std::vector<Entry>(rows, entry("task/odoo/1")), {conflict("task/odoo/1")});
    const Verdict whole = verdict();
    EXPECT_FALSE(whole.first_bad) << whole.what;
    EXPECT_EQ(whole.entries, static_cast<std::int64_t>(rows) + 1);
    std::istringstream in(exported());
    EXPECT_EQ(verify_export(in)->entries, whole.entries);
    tamper("delete from ledger.entries where seq between 200 and 600");  // a hole wider than a page
    EXPECT_EQ(verdict().first_bad, 200);
    std::istringstream damaged(exported());
    EXPECT_EQ(verify_export(damaged)->first_bad, 200);
}

TEST_F(ChainStore, OrgsHaveChainsOfTheirOwnEvenInOneStatement) {
    add_org();
    fill();
    run_as_owner(
        "insert into ledger.entries (org_id, run, at, profile, link, action) select case when g % 3 = 0 then $1::uuid "
        "else $2::uuid end, gen_random_uuid(), now(), 'delivery', 'task/odoo/' || g, 'updated' "
        "from generate_series(1, 30) g",
        {kOrg, kOtherOrg});
    EXPECT_EQ(verdict().entries, 17);
    EXPECT_FALSE(verdict().first_bad) << verdict().what;
    const Verdict other = *verify_store(database(), *access::OrgId::parse(kOtherOrg));
    EXPECT_EQ(other.entries, 20);
    EXPECT_FALSE(other.first_bad) << other.what;
}

TEST_F(ChainStore, WhatIsRolledBackLeavesNoHole) {
    fill();
    const Result<void> half = database().run(kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(append(tx, scope_, {entry("task/odoo/5")}));
        TRY(tx.exec("savepoint before"));
        TRY(append(tx, scope_, {entry("task/odoo/6"), entry("task/odoo/6")}));
        TRY(tx.exec("rollback to savepoint before"));
        return append(tx, scope_, {entry("task/odoo/7")});
    });
    ASSERT_TRUE(half.ok()) << half.error().message;
    const Result<void> none = database().run(kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(append(tx, scope_, {entry("task/odoo/8")}));
        return make_error(Errc::kCancelled, "no");
    });
    EXPECT_FALSE(none.ok());
    write({entry("task/odoo/9")});
    EXPECT_EQ(verdict().entries, 10);
    EXPECT_FALSE(verdict().first_bad) << verdict().what;
}

TEST_F(ChainStore, WritersAtTheSameTimeFollowEachOther) {
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
        writers.emplace_back([this, writer] {
            SeededRandom random(100 + static_cast<std::uint64_t>(writer));
            for (int i = 0; i < 25; ++i) {
                const Result<void> done = database().run(kOrg, [&](pg::Transaction& tx) -> Result<void> {
                    TRY(append(tx, scope_,
                               {{random.uuid(), now_, "task/odoo/1", "", "updated", {}, ""},
                                {random.uuid(), now_, "task/odoo/2", "", "updated", {}, ""}}));
                    return append(tx, scope_,
                                  {{0, random.uuid(), now_, "task/odoo/1", "", "name", "odoo", 1, 2, "owner"}});
                });
                EXPECT_TRUE(done.ok()) << done.error().message;
            }
        });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(verdict().entries, 300);
    EXPECT_FALSE(verdict().first_bad) << verdict().what;
}

TEST_F(ChainStore, NobodyChangesIt) {
    fill();
    for (const bool as_owner : {false, true}) {
        for (const char* table : {"ledger.entries", "ledger.conflicts", "ledger.heads"}) {
            const std::string name = table;
            EXPECT_EQ(sqlstate("update " + name + " set seq = seq", as_owner), "42501") << name << as_owner;
            EXPECT_EQ(sqlstate("delete from " + name, as_owner), "42501") << name << as_owner;
            EXPECT_EQ(sqlstate("truncate " + name + " cascade", as_owner), "42501") << name << as_owner;
        }
        const std::string head = "insert into ledger.heads values ('" + std::string(kOrg) + "', 1, '')";
        EXPECT_EQ(sqlstate(head, as_owner), "42501");
    }
    EXPECT_FALSE(verdict().first_bad);
    // What a writer says about its place in the chain is not listened to.
    run("insert into ledger.entries (org_id, run, at, profile, link, action, seq, prev_hash, hash) "
        "values ($1, $1, now(), 'delivery', 'x', 'updated', 3, '', '')",
        {kOrg});
    EXPECT_EQ(verdict().entries, 8);
}

TEST_F(ChainStore, DamageByTheOwnerIsFoundAtItsPlace) {
    const struct {
        const char* sql;
        std::int64_t place;
    } damages[] = {
        {"update ledger.entries set detail = 'nothing happened' where seq = 2", 2},
        {"update ledger.entries set changes = '[]' where seq = 5", 5},
        {"update ledger.entries set at = at + interval '1 microsecond' where seq = 4", 4},
        {"update ledger.conflicts set losing = '\"mine\"' where seq = 6", 6},
        {"update ledger.conflicts set winner = 'plane' where seq = 3", 3},
        {"delete from ledger.entries where seq = 1", 1},
        {"delete from ledger.conflicts where seq = 7", 7},
        {"delete from ledger.conflicts", 3},
        {"update ledger.entries set seq = 50 where seq = 4", 4},
        {"drop index ledger.entries_seq; update ledger.entries set seq = case seq when 1 then 2 else 1 end where seq "
         "in (1, 2)",
         1},
        {"insert into ledger.entries (org_id, run, at, profile, link, action, seq, prev_hash, hash) select org_id, "
         "run, "
         "at, profile, link, action, 3, prev_hash, hash from ledger.entries where seq = 2",
         4},
        {"insert into ledger.entries (org_id, run, at, profile, link, action, seq, prev_hash, hash) select org_id, "
         "run, "
         "at, profile, link, action, 8, hash, hash from ledger.entries where seq = 5",
         8},
        {"update ledger.heads set seq = 6", 7},
        {"update ledger.heads set seq = 1000000000000000", 8},
        {"update ledger.heads set hash = sha256('')", 7},
        {"delete from ledger.heads", 1},
    };
    for (const auto& damage : damages) {
        SetUp();
        fill();
        tamper(damage.sql);
        const Verdict found = verdict();
        ASSERT_TRUE(found.first_bad) << damage.sql;
        EXPECT_EQ(*found.first_bad, damage.place) << damage.sql << ": " << found.what;
    }
}

TEST_F(ChainStore, AnEndCutOffWithItsHeadShowsAgainstTheNotedOne) {
    fill();
    const ChainHead noted = verdict().head;
    tamper(
        "delete from ledger.conflicts where seq > 5; update ledger.heads set seq = 5, hash = (select hash from "
        "ledger.entries where seq = 5)");
    EXPECT_FALSE(verdict().first_bad) << "in itself it is whole";
    EXPECT_EQ(verdict(noted).first_bad, 6);
    write({entry("task/odoo/7"), entry("task/odoo/7"), entry("task/odoo/7")});
    EXPECT_EQ(verdict(noted).first_bad, 7) << "grown again, it is another one";
}

// A store from before the chain: its rows are chained by the migration, in the order of their times.
TEST(ChainMigration, TakesInWhatIsThere) {
    const Result<std::string> dsn = pg::testing::fresh_database(true);
    ASSERT_TRUE(dsn.ok()) << dsn.error().message;
    const auto store = *pg::open_database({*dsn, 2});
    const auto all = pg::embedded_migrations();
    const auto before = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const pg::Migration& file) { return file.number < 5; }));
    ASSERT_TRUE(pg::migrate(*store, all.first(before)).ok());
    const Result<void> filled = store->run_as_owner([&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("insert into access.orgs values ($1, 'other', 'Other', now())", {kOtherOrg}));
        TRY(
            tx.exec("insert into ledger.entries (org_id, run, at, profile, link, action) select "
                    "case when g % 3 = 0 then $1::uuid else $2::uuid end, gen_random_uuid(), "
                    "timestamptz '2026-11-21' - make_interval(secs => g), 'delivery', 'task/odoo/' || g, 'updated' "
                    "from generate_series(1, 30) g",
                    {kOtherOrg, kOrg}));
        TRY(
            tx.exec("insert into ledger.conflicts (org_id, run, at, profile, link, field, winner, winning, losing, "
                    "reason) select $1::uuid, gen_random_uuid(), timestamptz '2026-11-21' - make_interval(secs => g), "
                    "'delivery', 'task/odoo/' || g, 'name', 'odoo', '1', '2', 'owner' from generate_series(1, 5) g",
                    {kOrg}));
        return ok();
    });
    ASSERT_TRUE(filled.ok()) << filled.error().message;
    const auto migrated = pg::migrate(*store, all);
    ASSERT_TRUE(migrated.ok()) << migrated.error().message;
    const auto ours = verify_store(*store, access::default_org());
    ASSERT_TRUE(ours.ok()) << ours.error().message;
    EXPECT_FALSE(ours->first_bad) << ours->what;
    EXPECT_EQ(ours->entries, 25);
    EXPECT_EQ(verify_store(*store, *access::OrgId::parse(kOtherOrg))->entries, 10);
    const Result<void> ordered = store->run(kOrg, [&](pg::Transaction& tx) -> Result<void> {
        const pg::Rows late =
            TRY(tx.exec("select 1 from ledger.entries a join ledger.entries b on a.org_id = b.org_id and a.seq < b.seq "
                        "where a.at > b.at"));
        EXPECT_TRUE(late.empty());
        return ok();
    });
    EXPECT_TRUE(ordered.ok());
}

}  // namespace
}  // namespace syncline::ledger
