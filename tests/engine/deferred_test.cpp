// What is written after the records themselves: relations and cycle members, many in one call, and what of it goes
// wrong.
#include <algorithm>

#include "sim/plane/server.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

class DeferredWrites : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ = std::make_unique<Rig>(dsn());
        rig_->profile.guard = {.share_max = 1.0, .changes_min = 1'000'000, .deletions_max = 1'000'000};
        rig_->restart();
        (void)rig_->sync();
        const json::Value project = rig_->odoo.read("project.task", rig_->tasks().front()).at("project_id");
        project_ = project.is_array() ? project.as_array().front().as_int64() : project.as_int64();
        for (int i = 0; i <= kWaiters; ++i) {
            tasks_.push_back(rig_->odoo
                                 .create("project.task", {json::Object{{"name", "Task " + std::to_string(i)},
                                                                       {"project_id", project_},
                                                                       {"user_ids", json::Array{}}}})
                                 .front());
        }
        settle();
        rig_->plane_faults.set_schedule([this](std::int64_t, const net::HttpRequest& request) {
            if (request.method == "POST") posts_.push_back(request.url);
            return sim::Fault::kNone;
        });
    }

    sync::Report settle() {
        rig_->pass(std::chrono::minutes(3));
        return rig_->sync(sync::Look::kLight);
    }
    void let_wait(std::int64_t task, std::int64_t blocker) {
        json::Array commands;
        commands.push_back(json::Array{4, blocker});
        rig_->odoo.write("project.task", {task}, {{"depend_on_ids", commands}});
    }
    std::string blockers(std::int64_t task) { return json::canonical(rig_->item_of(task).at("blocked_by")); }
    std::string only(std::int64_t blocker) { return "[\"" + rig_->plane_id_of(blocker) + "\"]"; }
    std::int64_t posts_to(std::string_view what) const {
        return std::count_if(posts_.begin(), posts_.end(),
                             [&](const std::string& url) { return url.find(what) != std::string::npos; });
    }

    static constexpr int kWaiters = 6;
    std::unique_ptr<Rig> rig_;
    std::int64_t project_ = 0;
    std::vector<std::int64_t> tasks_;
    std::vector<std::string> posts_;
};

TEST_F(DeferredWrites, OneBlockerOfManyCostsOneCall) {
    for (int i = 1; i <= kWaiters; ++i) let_wait(tasks_[i], tasks_[0]);
    EXPECT_EQ(settle().applied.updated, kWaiters);
    EXPECT_EQ(posts_to("/relations/"), 1);
    for (int i = 1; i <= kWaiters; ++i) EXPECT_EQ(blockers(tasks_[i]), only(tasks_[0]));
    EXPECT_EQ(settle().applied.writes(), 0);
    EXPECT_EQ(posts_to("/relations/"), 1);
    expect_in_step(*rig_);
}

TEST_F(DeferredWrites, ManyBlockersOfOneCostOneCall) {
    for (int i = 1; i <= kWaiters; ++i) let_wait(tasks_[0], tasks_[i]);
    EXPECT_EQ(settle().applied.updated, 1);
    EXPECT_EQ(posts_to("/relations/"), 1);
    EXPECT_EQ(rig_->item_of(tasks_[0]).at("blocked_by").as_array().size(), std::size_t(kWaiters));
    expect_in_step(*rig_);
}

// Plane drops a relation without a word when the pair has one of another type.
TEST_F(DeferredWrites, APairThatIsRelatedOtherwiseStopsOnlyItself) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = "/api/v1/workspaces/" + sim::PlaneOptions().workspace + "/projects/" +
                  std::string(json::text_or(rig_->item_of(tasks_[2]), "project")) + "/work-items/" +
                  rig_->plane_id_of(tasks_[2]) + "/relations/";
    request.headers = {{"X-Api-Key", sim::PlaneOptions().key}, {"Content-Type", "application/json"}};
    request.body = R"({"relation_type":"relates_to","issues":[")" + rig_->plane_id_of(tasks_[0]) + R"("]})";
    ASSERT_EQ(rig_->plane.handle(request).status, 201);
    for (int i = 1; i <= kWaiters; ++i) let_wait(tasks_[i], tasks_[0]);

    EXPECT_EQ(settle().applied.refused, 1);
    for (int i = 1; i <= kWaiters; ++i) EXPECT_EQ(blockers(tasks_[i]), i == 2 ? "[]" : only(tasks_[0]));
    EXPECT_EQ(rig_->number("select count(*) from sync.links where refused_hash is not null"), 1);
}

// The blocker was deleted between our look and our write: its relations fail, and those of nobody else.
TEST_F(DeferredWrites, ABlockerThatIsGoneStopsOnlyThoseThatWaitForIt) {
    for (int i = 1; i <= 3; ++i) let_wait(tasks_[i], tasks_[0]);
    let_wait(tasks_[1], tasks_[5]);
    for (int i = 4; i <= kWaiters; ++i) {
        if (i != 5) let_wait(tasks_[i], tasks_[5]);
    }
    const std::string gone = rig_->plane_id_of(tasks_[0]);
    bool deleted = false;
    rig_->plane_faults.set_schedule([&](std::int64_t, const net::HttpRequest& request) {
        if (!deleted && request.url.find("/relations/") != std::string::npos) {
            rig_->plane.delete_item(gone);
            deleted = true;
        }
        return sim::Fault::kNone;
    });
    const sync::Report report = settle();
    EXPECT_TRUE(deleted);
    EXPECT_GE(report.applied.refused + report.applied.failed, 2);
    EXPECT_EQ(blockers(tasks_[4]), only(tasks_[5]));
    EXPECT_EQ(blockers(tasks_[6]), only(tasks_[5]));
    EXPECT_EQ(blockers(tasks_[2]), "[]");
}

TEST_F(DeferredWrites, AnItemThatIsGoneKeepsNoOtherOutOfItsCycle) {
    const std::int64_t milestone =
        rig_->odoo
            .create("project.milestone",
                    {json::Object{{"name", "Later"}, {"project_id", project_}, {"deadline", "2027-03-31"}}})
            .front();
    settle();
    for (const std::int64_t task : tasks_) rig_->odoo.write("project.task", {task}, {{"milestone_id", milestone}});
    const std::string gone = rig_->plane_id_of(tasks_[3]);
    bool deleted = false;
    rig_->plane_faults.set_schedule([&](std::int64_t, const net::HttpRequest& request) {
        if (!deleted && request.method == "POST" && request.url.find("/cycle-issues/") != std::string::npos) {
            rig_->plane.delete_item(gone);
            deleted = true;
        }
        return sim::Fault::kNone;
    });
    settle();
    EXPECT_TRUE(deleted);
    for (const std::int64_t task : tasks_) {
        if (task == tasks_[3]) continue;
        EXPECT_FALSE(rig_->item_of(task).at("cycle").is_null()) << task;
    }
}

}  // namespace
}  // namespace syncline::testing
