// Going back in time, and the outbox of changes.
#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct SnapshotTest : testing::Test, OdooBench {
    std::int64_t project = 0, task = 0, tag = 0;
    void SetUp() override {
        project = create("project.project", {{"name", "Line 4"}});
        tag = create("project.tags", {{"name", "urgent"}});
        task = create("project.task", {{"name", "Weld"}, {"project_id", project}, {"user_ids", json::Array{}}});
    }
    std::string name() { return std::string(field("project.task", task, "name").as_string()); }
};

TEST_F(SnapshotTest, EverythingIsAsItWasAndMayGoOnFromThere) {
    const std::shared_ptr<const void> before = server.snapshot();
    write("project.task", task, {{"name", "Solder"}, {"tag_ids", list_of(json::Array{4, tag})}});
    const std::int64_t second = create("project.task", {{"name", "Paint"}, {"project_id", project}});
    server.unlink("project.tags", {tag});
    for (int time = 0; time < 2; ++time) {
        server.restore(before);
        EXPECT_EQ(name(), "Weld");
        EXPECT_TRUE(server.read("project.task", second).empty());
        EXPECT_EQ(field("project.task", task, "tag_ids"), json::Array{});
        // Ids go on from where they were, and what is found by reference is found again.
        EXPECT_EQ(create("project.task", {{"name", "Paint"}, {"project_id", project}}), second);
        EXPECT_EQ(search("project.task", list_of(json::Array{"project_id", "=", project})).size(), 2u);
        write("project.task", task, {{"tag_ids", list_of(json::Array{4, tag})}});
        EXPECT_EQ(field("project.task", task, "tag_ids"), json::Array{tag});
    }
}

TEST_F(SnapshotTest, AnOutboxHoldsEachChangedRecordOnceForEachTransaction) {
    server.watch({"project.task", "project.tags"});
    EXPECT_TRUE(server.take_changes().empty()) << "nothing from before";
    write("project.task", task, {{"name", "Solder"}, {"tag_ids", list_of(json::Array{4, tag})}});
    write("project.project", project, {{"name", "Line 5"}});
    std::vector<OdooChange> changes = server.take_changes();
    ASSERT_EQ(changes.size(), 1u) << "the tag itself was not written";
    EXPECT_EQ(changes[0].model, "project.task");
    EXPECT_EQ(changes[0].operation, "write");
    EXPECT_EQ(changes[0].id, task);
    EXPECT_NE(std::find(changes[0].fields.begin(), changes[0].fields.end(), "name"), changes[0].fields.end());
    EXPECT_NE(std::find(changes[0].fields.begin(), changes[0].fields.end(), "tag_ids"), changes[0].fields.end());
    EXPECT_EQ(changes[0].at, clock.now());

    server.unlink("project.task", {task});
    changes = server.take_changes();
    ASSERT_FALSE(changes.empty());
    EXPECT_EQ(changes[0].operation, "unlink");
    EXPECT_TRUE(server.take_changes().empty());
}

TEST_F(SnapshotTest, WhatOdooRefusesLeavesNoTrace) {
    server.watch({"project.task"});
    EXPECT_NE(server.try_write("project.task", {task}, {{"parent_id", task}}), "");
    EXPECT_TRUE(server.take_changes().empty());
    EXPECT_EQ(name(), "Weld");
    EXPECT_EQ(server.try_write("project.task", {task}, {{"name", "Solder"}}), "");
    EXPECT_EQ(name(), "Solder");
}

TEST_F(SnapshotTest, AReadOfSomeFields) {
    const json::Object row = server.read("project.task", task, {"name", "active", "project_id"});
    EXPECT_EQ(row, (json::Object{{"id", task}, {"name", "Weld"}, {"active", true}, {"project_id", project}}));
    EXPECT_TRUE(server.read("project.task", 9999, {"name"}).empty());
}

}  // namespace
}  // namespace syncline::sim
