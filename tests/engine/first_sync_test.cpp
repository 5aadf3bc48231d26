// The thin path: a company in Odoo appears in Plane, once and right, and then nothing more happens.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

class FirstSync : public pg::testing::PgTest {};

TEST_F(FirstSync, BringsEverythingOverOnceAndThenRests) {
    Rig rig(dsn());
    const sync::Report first = rig.sync();
    EXPECT_GT(first.applied.created, 16);
    EXPECT_EQ(first.applied.failed, 0);
    EXPECT_EQ(first.applied.refused, 0);
    EXPECT_EQ(first.applied.conflicts, 0);
    EXPECT_TRUE(first.held.empty());
    expect_in_step(rig);

    for (const sync::Look look : {sync::Look::kLight, sync::Look::kFull, sync::Look::kFull}) {
        rig.pass(std::chrono::seconds(5));
        const sync::Report idle = rig.sync(look);
        EXPECT_EQ(idle.applied.writes(), 0);
        EXPECT_EQ(idle.applied.conflicts, 0);
    }
    expect_in_step(rig);
}

TEST_F(FirstSync, CostsFewCallsAndAnIdleOneAHandful) {
    Rig rig(dsn(), {.company = {2, 4, 100}});
    const sync::Report first = rig.sync();
    EXPECT_LE(first.plane_calls, first.applied.created * 13 / 10 + 60);
    EXPECT_LE(first.odoo_calls, 40);
    rig.pass(std::chrono::minutes(4));
    (void)rig.sync(sync::Look::kFull);  // the second looks that Odoo's whole seconds ask for are behind us
    rig.pass(std::chrono::seconds(5));
    const sync::Report idle = rig.sync(sync::Look::kLight);
    EXPECT_EQ(idle.applied.writes(), 0);
    EXPECT_LE(idle.odoo_calls, 8);
    EXPECT_LE(idle.plane_calls, 4);
}

TEST_F(FirstSync, WorksWithoutTheAddonAndWithoutRelations) {
    Rig rig(dsn(), {.ppm_addon = false, .relations = false});
    const sync::Report first = rig.sync();
    EXPECT_GT(first.applied.created, 16);
    EXPECT_EQ(first.applied.failed, 0);
    const pg::Rows parked =
        rig.query("select coalesce(string_agg(link || ' ' || parked::text, E'\\n'), '') as all from sync.links");
    EXPECT_GT(rig.number("select count(*) from sync.links where parked @> '[{\"reason\": \"unsupported\"}]'"), 0)
        << parked.text(0, "all");
    rig.pass(std::chrono::seconds(5));
    EXPECT_EQ(rig.sync(sync::Look::kFull).applied.writes(), 0);
}

// What is parked costs nothing until something could free it.
TEST_F(FirstSync, AnIdlePollDoesNotPlanWhatIsParked) {
    Rig rig(dsn(), {.ppm_addon = false, .relations = false});
    (void)rig.sync();
    rig.pass(std::chrono::minutes(6));
    (void)rig.sync(sync::Look::kFull);
    rig.pass(std::chrono::seconds(5));
    ASSERT_GT(rig.number("select count(*) from sync.links where parked <> '[]'"), 3);
    EXPECT_EQ(rig.number("select count(*) from sync.links where replan"), 0);
    rig.store.crash_at(-1, false);  // counts from here
    EXPECT_EQ(rig.sync(sync::Look::kLight).applied.writes(), 0);
    // Looking takes some; planning would take a few more, and one for each project.
    EXPECT_LE(rig.store.transactions(), 23);
}

TEST_F(FirstSync, AnotherProcessWaits) {
    Rig rig(dsn());
    Result<void> outer = rig.database->run(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("select pg_advisory_xact_lock(hashtextextended($1, 0))",
                    {"syncline/" + std::string(pg::testing::kOrg) + "/delivery"}));
        const Result<sync::Report> report = rig.try_sync();
        EXPECT_FALSE(report.ok());
        if (!report) {
            EXPECT_EQ(report.error().code, Errc::kHeld);
        }
        return ok();
    });
    EXPECT_TRUE(outer.ok());
}

}  // namespace
}  // namespace syncline::testing
