#include "simulation/store.hpp"

#include "pg/testing/pg_fixture.hpp"

namespace syncline::simulation {
namespace {

class Store : public pg::testing::PgTest {
protected:
    // In a transaction that is undone in the end.
    void play(bool bold, const std::function<void(Savepoints&)>& body) {
        const Result<void> ended = database().run_as_owner([&](pg::Transaction& whole) -> Result<void> {
            Savepoints store(whole, "", bold);
            body(store);
            return make_error(Errc::kCancelled, "undone");
        });
        EXPECT_EQ(ended.error().message, "undone");
    }
    static Result<void> add(Savepoints& store, const std::string& slug, bool fails = false) {
        return store.run("", [&](pg::Transaction& tx) -> Result<void> {
            TRY(tx.exec("insert into access.orgs (org_id, slug, name) values (gen_random_uuid(), $1, $1)", {slug}));
            if (fails) return make_error(Errc::kInvalid, "after all");
            return ok();
        });
    }
    static std::int64_t count(Savepoints& store) {
        std::int64_t found = -1;
        const Result<void> done = store.run("", [&](pg::Transaction& tx) -> Result<void> {
            found = TRY(tx.exec("select count(*) as n from access.orgs where slug like $1", {"of-a-test-%"}))
                        .integer(0, "n");
            return ok();
        });
        EXPECT_TRUE(done.ok()) << done.error().message;
        return found;
    }
};

TEST_F(Store, WhatFailsIsUndoneAndWhatCameBeforeStays) {
    play(false, [](Savepoints& store) {
        EXPECT_TRUE(add(store, "of-a-test-1").ok());
        EXPECT_EQ(add(store, "of-a-test-2", true).error().code, Errc::kInvalid);
        EXPECT_EQ(add(store, "of-a-test-1").error().code, Errc::kStore) << "there is one";
        EXPECT_TRUE(add(store, "of-a-test-3").ok());
        EXPECT_EQ(count(store), 2);
        EXPECT_FALSE(store.stuck());
    });
}

TEST_F(Store, BoldlyNothingCanBeUndoneAndThatIsSaid) {
    play(true, [](Savepoints& store) {
        EXPECT_TRUE(add(store, "of-a-test-1").ok());
        EXPECT_TRUE(add(store, "of-a-test-2").ok());
        EXPECT_EQ(count(store), 2);
        EXPECT_FALSE(
            store.run("", [](pg::Transaction&) -> Result<void> { return make_error(Errc::kInvalid, "did nothing"); })
                .ok());
        EXPECT_FALSE(store.stuck()) << "nothing was to be undone";
        EXPECT_FALSE(add(store, "of-a-test-3", true).ok());
        EXPECT_TRUE(store.stuck());
        EXPECT_EQ(add(store, "of-a-test-4").error().code, Errc::kInternal);
    });
}

TEST_F(Store, AStatementThatFailsBoldlyIsNotGoneOnFrom) {
    play(true, [](Savepoints& store) {
        EXPECT_TRUE(add(store, "of-a-test-1").ok());
        EXPECT_EQ(add(store, "of-a-test-1").error().code, Errc::kStore) << "there is one";
        EXPECT_TRUE(store.stuck());
    });
}

}  // namespace
}  // namespace syncline::simulation
