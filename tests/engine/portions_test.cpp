// Much to plan is planned and carried out project by project: what comes of it is the same.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

constexpr sim::CompanySize kCompany{4, 3, 24};
constexpr std::size_t kFew = 5;  // less than a project has

class Portions : public pg::testing::PgTest {
protected:
    // What the engine says while it writes.
    static void note_progress(Rig& rig, std::vector<std::int64_t>& done) {
        rig.hooks.progress = [&done](const sync::Progress& progress) {
            if (progress.phase != "writing") return;
            done.push_back(progress.done);
            EXPECT_LE(progress.done, progress.total);
        };
        rig.restart();
    }
};

TEST_F(Portions, AFirstSyncBringsOverTheSame) {
    Rig rig(dsn(), {.company = kCompany, .links_at_once = kFew});
    const sync::Report first = rig.sync();
    EXPECT_EQ(first.applied.failed + first.applied.refused + first.applied.conflicts, 0);
    expect_in_step(rig);
    EXPECT_EQ(rig.number("select count(*) from sync.links where status = 'active'"), first.links);
    rig.pass(std::chrono::seconds(5));
    EXPECT_EQ(rig.sync(sync::Look::kFull).applied.writes(), 0);

    Rig whole(pg::testing::fresh_database().value(), {.company = kCompany});
    const sync::Report at_once = whole.sync();
    EXPECT_EQ(first.applied.created, at_once.applied.created);
    EXPECT_EQ(first.parked, at_once.parked);
    EXPECT_LE(first.plane_calls, at_once.plane_calls + at_once.plane_calls / 20);
}

TEST_F(Portions, ProgressGoesOnFromPortionToPortion) {
    Rig rig(dsn(), {.company = kCompany, .links_at_once = kFew});
    std::vector<std::int64_t> done;
    note_progress(rig, done);
    const sync::Report first = rig.sync();
    ASSERT_GE(static_cast<std::int64_t>(done.size()), first.applied.created);
    const auto of_first_round = done.begin() + first.applied.created;
    EXPECT_TRUE(std::is_sorted(done.begin(), of_first_round));
}

TEST_F(Portions, WhatTheGuardStoppedIsOnePlan) {
    Rig rig(dsn(), {.company = kCompany, .links_at_once = kFew});
    (void)rig.sync();
    const std::vector<std::int64_t> tasks = rig.tasks();
    for (const std::int64_t task : tasks) {
        rig.odoo.write("project.task", {task}, {{"name", "Mass edit " + std::to_string(task)}});
    }
    rig.pass(std::chrono::seconds(10));
    const sync::Report held = rig.sync(sync::Look::kLight);
    EXPECT_EQ(held.held.size(), 4U);
    EXPECT_EQ(held.applied.updated, 0);
    EXPECT_EQ(rig.number("select count(*) from sync.links where held"), 4);
    EXPECT_EQ(rig.number("select count(*) from sync.plans where status = 'held'"), 1);
    // A project that is not stopped any more is not said to be.
    for (const std::int64_t task : tasks) {
        const json::Object item = rig.item_of(task);
        if (json::text_or(item, "project") != json::text_or(rig.item_of(tasks.front()), "project")) continue;
        rig.odoo.write("project.task", {task}, {{"name", json::text_or(item, "name")}});
    }
    rig.pass(std::chrono::seconds(10));
    const sync::Report fewer = rig.sync(sync::Look::kLight);
    EXPECT_EQ(fewer.held.size(), 3U);
    EXPECT_EQ(rig.number("select count(*) from sync.links where held"), 3);
    const Result<sync::Report> approved = rig.engine().apply(fewer.held_plan, "a tester");
    ASSERT_TRUE(approved.ok()) << approved.error().message;
    EXPECT_GT(approved->applied.updated, 0);
    EXPECT_EQ(rig.number("select count(*) from sync.links where held"), 0);
    rig.pass(std::chrono::seconds(10));
    (void)rig.sync(sync::Look::kFull);
    expect_in_step(rig);
}

}  // namespace
}  // namespace syncline::testing
