// The coverage clock moves when a look has proven it, and no further than what is applied.
#include "sync/coverage.hpp"

#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using record::Peer;
using sync::Coverage;

class CoverageClock : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ = std::make_unique<Rig>(dsn());
        began_ = rig_->clock.now();
        (void)rig_->sync();
        task_ = rig_->tasks().front();
        project_ = json::text_or(rig_->item_of(task_), "project");
        const pg::Rows link = rig_->query("select link from sync.links where plane_id = $1", {project_});
        container_ = link.text(0, "link");
    }

    Coverage of(Peer peer) {
        const auto all = rig_->database->transact(
            pg::testing::kOrg, [&](pg::Transaction& tx) { return sync::coverage(tx, rig_->settings.scope); });
        EXPECT_TRUE(all.ok()) << (all ? "" : all.error().message);
        for (const Coverage& one : *all) {
            if (one.container == container_ && one.peer == peer) return one;
        }
        ADD_FAILURE() << "no coverage of " << container_;
        return {};
    }
    // A sync of this depth after a minute; answers when it began.
    Time sync(sync::Look look) {
        rig_->pass(std::chrono::minutes(1));
        const Time began = rig_->clock.now();
        (void)rig_->sync(look);
        return began;
    }

    std::unique_ptr<Rig> rig_;
    Time began_{};
    std::int64_t task_ = 0;
    std::string project_;
    std::string container_;
};

TEST_F(CoverageClock, AFirstSyncCoversAllProjectsFromItsStart) {
    for (const Peer peer : {Peer::kOdoo, Peer::kPlane}) {
        (void)sync(sync::Look::kFull);
        const Coverage covered = of(peer);
        EXPECT_TRUE(covered.covered_until.has_value());
        EXPECT_EQ(covered.waiting, 0);
        EXPECT_FALSE(covered.title.empty());
    }
    EXPECT_EQ(of(Peer::kOdoo).method, "sweep");
    EXPECT_EQ(of(Peer::kPlane).method, "full");
    EXPECT_EQ(rig_->number("select count(*) from sync.coverage"),
              2 * rig_->number("select count(*) from sync.links where entity = 'project'"));
}

TEST_F(CoverageClock, EachLookMovesWhatItProves) {
    const Time whole = sync(sync::Look::kFull);
    EXPECT_EQ(of(Peer::kPlane).complete_until, whole);
    const Time light = sync(sync::Look::kLight);
    EXPECT_EQ(of(Peer::kPlane).covered_until, light);
    EXPECT_EQ(of(Peer::kPlane).complete_until, whole) << "a light look sees no deletion";
    EXPECT_EQ(of(Peer::kOdoo).covered_until, light);
    EXPECT_EQ(of(Peer::kOdoo).complete_until, light) << "a sweep sees all";
    const Time odoo = sync(sync::Look::kOdoo);
    EXPECT_EQ(of(Peer::kOdoo).covered_until, odoo);
    EXPECT_EQ(of(Peer::kPlane).covered_until, light);
    const Time plane = sync(sync::Look::kPlane);
    EXPECT_EQ(of(Peer::kOdoo).covered_until, odoo);
    EXPECT_EQ(of(Peer::kPlane).covered_until, plane);
}

TEST_F(CoverageClock, WhatFailsHoldsItBackUntilItIsDone) {
    const Time before = sync(sync::Look::kFull);
    rig_->odoo.write("project.task", {task_}, {{"name", "Not yet"}});
    rig_->plane_faults.set_schedule([](std::int64_t, const net::HttpRequest& request) {
        return request.method == "PATCH" ? sim::Fault::kServerError : sim::Fault::kNone;
    });
    const Time failed = sync(sync::Look::kLight);
    for (const Peer peer : {Peer::kOdoo, Peer::kPlane}) {
        EXPECT_EQ(of(peer).covered_until, before);
        EXPECT_EQ(of(peer).seen_until, failed);
        EXPECT_EQ(of(peer).waiting, 1);
    }
    rig_->plane_faults.set_schedule(sim::no_faults());
    const Time done = sync(sync::Look::kLight);
    EXPECT_EQ(of(Peer::kOdoo).covered_until, done);
    EXPECT_EQ(of(Peer::kOdoo).waiting, 0);
}

TEST_F(CoverageClock, WhatTheGuardStoppedHoldsItBack) {
    const Time before = sync(sync::Look::kFull);
    for (const std::int64_t task : rig_->tasks()) {
        rig_->odoo.write("project.task", {task}, {{"name", "Mass edit " + std::to_string(task)}});
    }
    const Time held = sync(sync::Look::kLight);
    EXPECT_EQ(of(Peer::kOdoo).covered_until, before);
    EXPECT_EQ(of(Peer::kOdoo).seen_until, held);
    EXPECT_GT(of(Peer::kOdoo).waiting, 5);
}

TEST_F(CoverageClock, ANewTaskThatFailsCountsForItsProject) {
    const Time before = sync(sync::Look::kFull);
    const json::Value project = rig_->odoo.read("project.task", task_).at("project_id");
    const std::int64_t id = project.is_array() ? project.as_array().front().as_int64() : project.as_int64();
    rig_->odoo.create("project.task", {json::Object{{"name", "New"}, {"project_id", id}, {"user_ids", json::Array{}}}});
    rig_->plane_faults.set_schedule([](std::int64_t, const net::HttpRequest& request) {
        return request.method == "POST" ? sim::Fault::kServerError : sim::Fault::kNone;
    });
    (void)sync(sync::Look::kLight);
    EXPECT_EQ(of(Peer::kOdoo).covered_until, before);
    EXPECT_EQ(of(Peer::kOdoo).waiting, 1);
}

TEST_F(CoverageClock, NothingMovesWhenAPeerIsDown) {
    const Time before = sync(sync::Look::kFull);
    rig_->plane_faults.set_schedule([](std::int64_t, const net::HttpRequest&) { return sim::Fault::kServerError; });
    rig_->pass(std::chrono::minutes(1));
    EXPECT_FALSE(rig_->try_sync(sync::Look::kLight).ok());
    EXPECT_EQ(of(Peer::kOdoo).seen_until, before);
    EXPECT_EQ(of(Peer::kPlane).seen_until, before);
}

TEST_F(CoverageClock, ALookAtOneRecordProvesNothingOfOthers) {
    const Time before = sync(sync::Look::kFull);
    rig_->pass(std::chrono::minutes(1));
    ASSERT_TRUE(rig_->engine().look({{Peer::kOdoo, "project.task", std::to_string(task_), ""}}).ok());
    EXPECT_EQ(of(Peer::kOdoo).covered_until, before);
    std::vector<sync::Hint> hints;
    for (const std::string& item : rig_->plane.items(project_)) hints.push_back({Peer::kPlane, "item", item, project_});
    ASSERT_GT(hints.size(), 3U);
    rig_->pass(std::chrono::minutes(1));
    const Time listed = rig_->clock.now();
    ASSERT_TRUE(rig_->engine().look(hints).ok());
    EXPECT_EQ(of(Peer::kPlane).covered_until, listed) << "that look listed the project";
}

}  // namespace
}  // namespace syncline::testing
