// A run that waits for Plane's rate limit, and people who do not.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

class LongRuns : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ =
            std::make_unique<Rig>(dsn(), RigOptions{.company = {1, 1, 16}, .plane_calls_per_minute = kCallsPerMinute});
        rig_->profile.guard = {.share_max = 1.0, .changes_min = 1'000'000, .deletions_max = 1'000'000};
        rig_->restart();
        (void)rig_->sync();
        rig_->pass(std::chrono::minutes(10));
        (void)rig_->sync(sync::Look::kFull);
        rig_->pass(std::chrono::minutes(2));
        tasks_ = rig_->tasks();
    }
    // Somebody acts once, while the first records are being written.
    void meanwhile(const std::function<void()>& act) {
        rig_->hooks.progress = [act, acted = false](const sync::Progress& progress) mutable {
            if (progress.phase == "writing" && !std::exchange(acted, true)) act();
        };
        rig_->restart();
    }
    void rename_all() {
        for (const std::int64_t task : tasks_) {
            rig_->odoo.write("project.task", {task}, {{"name", "Task " + std::to_string(task)}});
        }
    }
    // Parents first, then by id: the last to be written has waited longest.
    std::int64_t last() { return tasks_.back(); }

    static constexpr int kCallsPerMinute = 12;
    std::unique_ptr<Rig> rig_;
    std::vector<std::int64_t> tasks_;
};

TEST_F(LongRuns, WhatIsTypedWhileTheRunWaitsIsKeptBeforeItIsOverwritten) {
    rename_all();
    meanwhile([&] { rig_->plane.edit_item(rig_->plane_id_of(last()), {{"name", "Typed meanwhile"}}); });
    const Time before = rig_->clock.now();
    const sync::Report report = rig_->sync(sync::Look::kLight);
    EXPECT_GT(rig_->clock.now() - before, std::chrono::minutes(1)) << "the run did not wait";
    EXPECT_EQ(report.applied.moved, 1);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts where losing = '\"Typed meanwhile\"'"), 1);
    rig_->hooks = {};
    rig_->restart();
    rig_->pass(std::chrono::minutes(10));
    (void)rig_->sync(sync::Look::kFull);
    expect_in_step(*rig_);
    // A look a minute or so, not one for each record.
    EXPECT_LE(report.plane_calls, static_cast<std::int64_t>(tasks_.size() * 3 / 2 + 6));
}

TEST_F(LongRuns, NobodyThereCostsALookNowAndThen) {
    rename_all();
    const sync::Report report = rig_->sync(sync::Look::kLight);
    EXPECT_EQ(report.applied.updated, static_cast<std::int64_t>(tasks_.size()));
    EXPECT_EQ(report.applied.moved, 0);
    EXPECT_LE(report.plane_calls, static_cast<std::int64_t>(tasks_.size() * 3 / 2 + 3));
}

}  // namespace
}  // namespace syncline::testing
