// What a task does by itself.
#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct TaskTest : testing::Test, OdooBench {
    std::int64_t project = 0, todo = 0, doing = 0, done = 0;

    void SetUp() override {
        project =
            create("project.project",
                   {{"name", "Webshop Relaunch"},
                    {"allow_milestones", true},
                    {"allow_task_dependencies", true},
                    {"type_ids",
                     json::Array{json::Array{0, 0, json::Object{{"name", "To Do"}, {"sequence", 1}}},
                                 json::Array{0, 0, json::Object{{"name", "Doing"}, {"sequence", 2}}},
                                 json::Array{0, 0, json::Object{{"name", "Done"}, {"sequence", 3}, {"fold", true}}}}}});
        const json::Value stages = field("project.project", project, "type_ids");
        todo = stages.at(0).as_int64();
        doing = stages.at(1).as_int64();
        done = stages.at(2).as_int64();
    }
    std::int64_t task(const std::string& name, json::Object more = {}) {
        more["name"] = name;
        more["project_id"] = project;
        if (!more.contains("user_ids")) more["user_ids"] = json::Array{};
        return create("project.task", more);
    }
    std::string state(std::int64_t id) { return std::string(field("project.task", id, "state").as_string()); }
    std::string stamp(std::int64_t id) { return std::string(field("project.task", id, "write_date").as_string()); }
};

TEST_F(TaskTest, NewTaskTakesTheFirstOpenStageAndTheCaller) {
    const std::int64_t id = create("project.task", {{"name", "Design"}, {"project_id", project}});
    EXPECT_EQ(field("project.task", id, "stage_id"), todo);
    EXPECT_EQ(field("project.task", id, "user_ids"), json::Value(json::Array{2}));
    EXPECT_EQ(field("project.task", id, "date_assign"), false);
    EXPECT_EQ(field("project.task", id, "priority"), "0");
    const std::int64_t sub = create("project.task", {{"name", "Sub"}, {"parent_id", id}});
    EXPECT_EQ(field("project.task", sub, "project_id"), project);
    EXPECT_EQ(field("project.task", sub, "user_ids"), json::Value(json::Array{}));
    EXPECT_EQ(field("project.task", sub, "display_in_project"), false);
    EXPECT_EQ(field("project.task", id, "child_ids"), json::Value(json::Array{sub}));
}

TEST_F(TaskTest, ASubtaskSharesTheMilestone) {
    const std::int64_t milestone = create("project.milestone", {{"name", "MVP"}, {"project_id", project}});
    const std::int64_t top = task("top", {{"milestone_id", milestone}});
    EXPECT_EQ(field("project.task", task("sub", {{"parent_id", top}}), "milestone_id"), milestone);
    EXPECT_EQ(field("project.task", task("own", {{"parent_id", top}, {"milestone_id", false}}), "milestone_id"), false);
    EXPECT_EQ(field("project.milestone", milestone, "task_count"), 2);
}

TEST_F(TaskTest, StateFollowsOpenBlockersAndMovesTheWriteDate) {
    const std::int64_t blocker = task("Blocker");
    const std::int64_t blocked = task("Blocked");
    write("project.task", blocked, {{"depend_on_ids", list_of(json::Array{4, blocker})}});
    EXPECT_EQ(state(blocked), "04_waiting_normal");
    EXPECT_EQ(field("project.task", blocker, "dependent_ids"), json::Value(json::Array{blocked}));
    const std::string before = stamp(blocked);
    clock.advance(std::chrono::seconds(5));
    write("project.task", blocker, {{"name", "Renamed"}});
    EXPECT_EQ(stamp(blocked), before);
    write("project.task", blocker, {{"state", "1_done"}});
    EXPECT_EQ(state(blocked), "01_in_progress");
    EXPECT_NE(stamp(blocked), before);
    write("project.task", blocker, {{"state", "02_changes_requested"}});
    EXPECT_EQ(state(blocked), "04_waiting_normal");
    write("project.task", blocked, {{"state", "03_approved"}});
    EXPECT_EQ(state(blocked), "04_waiting_normal") << "a forced-open task goes back to waiting";
    write("project.task", blocked, {{"state", "1_done"}});
    EXPECT_EQ(state(blocked), "1_done") << "a blocked task may be closed";
    EXPECT_EQ(field("project.task", blocked, "is_closed"), true);
}

TEST_F(TaskTest, CreateKeepsTheDefaultStateOfABlockedTask) {
    const std::int64_t blocker = task("Blocker");
    const std::int64_t blocked = task("Blocked", {{"depend_on_ids", list_of(json::Array{4, blocker})}});
    EXPECT_EQ(state(blocked), "01_in_progress");
    call("project.task", "unlink", {{"ids", json::Array{blocker}}});
    EXPECT_EQ(field("project.task", blocked, "depend_on_ids"), json::Value(json::Array{}));
}

TEST_F(TaskTest, DependenciesCannotRunInCircles) {
    const std::int64_t a = task("a"), b = task("b"), c = task("c");
    write("project.task", b, {{"depend_on_ids", json::Array{a}}});
    write("project.task", c, {{"depend_on_ids", json::Array{b}}});
    const std::string cycle = "422 odoo.exceptions.ValidationError: Two tasks cannot depend on each other.";
    for (const std::int64_t late : {b, c}) {
        EXPECT_EQ(failure("project.task", "write",
                          {{"ids", json::Array{a}},
                           {"vals", json::Object{{"depend_on_ids", list_of(json::Array{4, late})}}}}),
                  cycle);
        EXPECT_EQ(field("project.task", a, "depend_on_ids"), json::Value(json::Array{})) << "undone with the call";
    }
    EXPECT_EQ(failure("project.task", "write", {{"ids", json::Array{a}}, {"vals", json::Object{{"parent_id", a}}}}),
              "422 odoo.exceptions.UserError: Sorry. You can't set a task as its parent task.");
}

TEST_F(TaskTest, StageMovesDatesAndResetsAnApproval) {
    const std::int64_t id = task("Stage");
    write("project.task", id, {{"state", "03_approved"}});
    clock.advance(std::chrono::seconds(60));
    write("project.task", id, {{"stage_id", done}});
    EXPECT_EQ(field("project.task", id, "date_end"), "2026-11-21 00:26:27");
    EXPECT_EQ(field("project.task", id, "date_last_stage_update"), "2026-11-21 00:26:27");
    EXPECT_EQ(state(id), "01_in_progress");
    write("project.task", id, {{"stage_id", doing}});
    EXPECT_EQ(field("project.task", id, "date_end"), false);
    write("project.task", id, {{"state", "1_done"}});
    write("project.task", id, {{"stage_id", todo}});
    EXPECT_EQ(state(id), "1_done") << "stage and a closed state are independent";
}

TEST_F(TaskTest, UnlinkTakesTheSubtasksAndFreesTheBlocked) {
    const std::int64_t top = task("top");
    const std::int64_t mid = task("mid", {{"parent_id", top}});
    const std::int64_t leaf = task("leaf", {{"parent_id", mid}});
    const std::int64_t blocked = task("blocked");
    write("project.task", blocked, {{"depend_on_ids", json::Array{leaf}}});
    EXPECT_EQ(state(blocked), "04_waiting_normal");
    call("project.task", "unlink", {{"ids", json::Array{top}}});
    EXPECT_EQ(search("project.task", list_of(json::Array{"project_id", "=", project})), json::Array{blocked});
    EXPECT_EQ(state(blocked), "01_in_progress");
}

TEST_F(TaskTest, ArchivingAProjectArchivesItsTasks) {
    const std::int64_t id = task("t");
    const std::string before = stamp(id);
    clock.advance(std::chrono::seconds(3));
    write("project.project", project, {{"active", false}});
    EXPECT_EQ(field("project.task", id, "active"), false);
    EXPECT_NE(stamp(id), before);
    EXPECT_TRUE(search("project.task", list_of(json::Array{"id", "=", id})).empty());
    EXPECT_EQ(
        search("project.task", {json::Array{"id", "=", id}, json::Array{"active", "in", json::Array{true, false}}})
            .size(),
        1u);
}

TEST_F(TaskTest, WhatDoesNotMoveTheWriteDate) {
    const std::int64_t id = task("parent");
    const std::string own = stamp(id);
    const json::Value projects = field("project.project", project, "write_date");
    clock.advance(std::chrono::seconds(9));
    task("child", {{"parent_id", id}});
    call("project.task", "message_post", {{"ids", json::Array{id}}, {"body", "hi"}});
    EXPECT_EQ(stamp(id), own);
    EXPECT_EQ(field("project.project", project, "write_date"), projects);
    write("project.task", id, {});
    EXPECT_NE(stamp(id), own) << "an empty write does";
}

TEST_F(TaskTest, ReachedMilestoneNotesTheDay) {
    const std::int64_t id =
        create("project.milestone", {{"name", "MVP"}, {"project_id", project}, {"deadline", "2026-11-20"}});
    EXPECT_EQ(field("project.milestone", id, "is_deadline_exceeded"), true);
    write("project.milestone", id, {{"is_reached", true}});
    EXPECT_EQ(field("project.milestone", id, "reached_date"), "2026-11-21");
    write("project.milestone", id, {{"is_reached", false}});
    EXPECT_EQ(field("project.milestone", id, "reached_date"), false);
}

}  // namespace
}  // namespace syncline::sim
