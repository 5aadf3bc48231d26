// What people do on both sides after the first sync, and what must come of it.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

class Edits : public RigTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        start();
        rig_->pass(std::chrono::minutes(3));
    }
    // One sync that must bring both sides into step, and one that must find nothing more to do.
    sync::Report settle(sync::Look look = sync::Look::kLight) {
        rig_->pass(std::chrono::seconds(10));
        sync::Report report = rig_->sync(look);
        EXPECT_EQ(report.applied.failed + report.applied.refused, 0);
        rig_->pass(std::chrono::seconds(10));
        EXPECT_EQ(rig_->sync(look).applied.writes(), 0);
        return report;
    }
    std::int64_t conflicts() { return rig_->number("select count(*) from ledger.conflicts"); }
    void drag_to(const std::string& state) {
        rig_->plane.edit_item(item_, {{"state", rig_->plane.state_id(project_, state)}});
    }
};

TEST_F(Edits, ARenameInOdooReachesPlane) {
    rig_->odoo.write("project.task", {task_}, {{"name", "Renamed in Odoo"}});
    EXPECT_EQ(settle().applied.updated, 1);
    EXPECT_EQ(json::text_or(rig_->item_of(task_), "name"), "Renamed in Odoo");
    EXPECT_EQ(conflicts(), 0);
    expect_in_step(*rig_);
}

TEST_F(Edits, ARenameInPlaneIsPutBackAndKept) {
    const std::string before(json::text_or(rig_->item_of(task_), "name"));
    rig_->plane.edit_item(item_, {{"name", "Renamed in Plane"}});
    settle();
    EXPECT_EQ(json::text_or(rig_->item_of(task_), "name"), before);
    EXPECT_EQ(
        rig_->number("select count(*) from ledger.conflicts where field = 'name' and losing = '\"Renamed in Plane\"'"),
        1);
    expect_in_step(*rig_);
}

TEST_F(Edits, AnAssigneeChangedInPlaneIsPutBackAndKept) {
    rig_->plane.edit_item(item_, {{"assignees", json::Array{}}});
    settle();
    expect_in_step(*rig_);
}

TEST_F(Edits, DoneInPlaneMovesTheStageAndNothingElse) {
    drag_to("In Progress");
    settle();
    EXPECT_EQ(rig_->stage_of(task_), "In Progress");
    drag_to("Done");
    settle();
    EXPECT_EQ(rig_->stage_of(task_), "Done");
    EXPECT_EQ(conflicts(), 0);
    expect_in_step(*rig_);
}

TEST_F(Edits, AStageMovedInOdooIsPutBackBecausePlaneOwnsStatus) {
    drag_to("Todo");
    settle();
    const std::string before = rig_->stage_of(task_);
    const json::Object task = rig_->odoo.read("project.task", task_);
    for (const std::int64_t stage : rig_->odoo.ids("project.task.type")) {
        if (json::text_or(rig_->odoo.read("project.task.type", stage), "name") != "In Progress") continue;
        rig_->odoo.write("project.task", {task_}, {{"stage_id", stage}});
        break;
    }
    settle();
    EXPECT_EQ(rig_->stage_of(task_), before);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts where field = 'state'"), 1);
}

TEST_F(Edits, ShippedInOdooIsDoneInPlaneWithLabelAndOneComment) {
    rig_->odoo.write("project.task", {task_}, {{"is_shipped", true}, {"shipped_at", "2026-11-21 09:00:00"}});
    settle();
    settle();
    const json::Object item = rig_->item_of(task_);
    EXPECT_EQ(json::text_or(item, "state"), rig_->plane.state_id(project_, "Done"));
    EXPECT_EQ(rig_->stage_of(task_), "Done");
    const std::vector<json::Object> comments = rig_->plane.comments(item_);
    ASSERT_EQ(comments.size(), 1u);
    EXPECT_NE(json::text_or(comments.front(), "comment_html").find("2026-11-21 09:00"), std::string_view::npos);
    expect_in_step(*rig_);
}

TEST_F(Edits, AnItemBornInPlaneIsAnOrphanAndCreatesNothing) {
    const std::size_t before = rig_->odoo.ids("project.task").size();
    rig_->plane.add_item(project_, {{"name", "Born in Plane"}});
    settle();
    EXPECT_EQ(rig_->odoo.ids("project.task").size(), before);
    EXPECT_EQ(rig_->number("select count(*) from sync.orphans where title = 'Born in Plane' and status = 'open'"), 1);
}

TEST_F(Edits, ADependencyAddedLaterBecomesARelation) {
    const std::vector<std::int64_t> tasks = rig_->tasks();
    const auto project_of = [&](std::int64_t task) {
        const json::Value value = rig_->odoo.read("project.task", task).at("project_id");
        return value.is_array() ? value.as_array().front().as_int64() : value.as_int64();
    };
    std::int64_t blocker = 0;
    for (const std::int64_t other : tasks) {
        const json::Value blockers = rig_->odoo.read("project.task", other).at("depend_on_ids");
        const json::Value own = rig_->odoo.read("project.task", task_).at("depend_on_ids");
        if (other != task_ && project_of(other) == project_of(task_) && blockers.as_array().empty() &&
            own.as_array().empty()) {
            blocker = other;
        }
    }
    ASSERT_NE(blocker, 0);
    json::Array commands;
    commands.push_back(json::Array{4, blocker});
    rig_->odoo.write("project.task", {task_}, {{"depend_on_ids", commands}});
    settle();
    expect_in_step(*rig_);
}

TEST_F(Edits, ANewTaskWithANewParentComesOverInOneSync) {
    const json::Value project = rig_->odoo.read("project.task", task_).at("project_id");
    const std::int64_t id = project.is_array() ? project.as_array().front().as_int64() : project.as_int64();
    const std::int64_t parent =
        rig_->odoo
            .create("project.task", {json::Object{{"name", "Parent"}, {"project_id", id}, {"user_ids", json::Array{}}}})
            .front();
    rig_->odoo.create(
        "project.task",
        {json::Object{{"name", "Child"}, {"project_id", id}, {"parent_id", parent}, {"user_ids", json::Array{}}}});
    EXPECT_EQ(settle().applied.created, 2);
    expect_in_step(*rig_);
}

TEST_F(Edits, AnArchivedTaskIsPutAwayInPlaneAndComesBack) {
    rig_->odoo.write("project.task", {task_}, {{"active", false}});
    settle();
    EXPECT_FALSE(rig_->plane.item(item_).at("archived_at").is_null());
    rig_->odoo.write("project.task", {task_}, {{"active", true}});
    settle();
    EXPECT_TRUE(rig_->plane.item(item_).at("archived_at").is_null());
    expect_in_step(*rig_);
}

TEST_F(Edits, ATaskDeletedInOdooIsPutAwayInPlaneNeverDeleted) {
    // A leaf: Odoo takes the subtasks of a deleted task with it.
    std::int64_t leaf = 0;
    for (const std::int64_t id : rig_->tasks()) {
        if (rig_->odoo.read("project.task", id).at("child_ids").as_array().empty()) leaf = id;
    }
    const std::string item = rig_->plane_id_of(leaf);
    rig_->odoo.unlink("project.task", {leaf});
    settle();
    EXPECT_FALSE(rig_->plane.item(item).at("archived_at").is_null());
    EXPECT_EQ(rig_->number("select count(*) from sync.links where status = 'tombstone'"), 1);
}

TEST_F(Edits, AnItemDeletedInPlaneEndsTheLinkAndTouchesNothingInOdoo) {
    std::int64_t leaf = 0;
    for (const std::int64_t id : rig_->tasks()) {
        if (rig_->odoo.read("project.task", id).at("child_ids").as_array().empty()) leaf = id;
    }
    rig_->plane.delete_item(rig_->plane_id_of(leaf));
    settle(sync::Look::kFull);
    EXPECT_TRUE(json::bool_or(rig_->odoo.read("project.task", leaf), "active"));
    EXPECT_TRUE(rig_->item_of(leaf).empty()) << "it must not be made again";
    EXPECT_EQ(rig_->number("select count(*) from sync.links where status = 'tombstone'"), 1);
}

// The counts of both cycles are as they were, and the items show nothing.
TEST_F(Edits, ItemsThatChangePlacesBetweenCyclesAreNoticed) {
    const json::Value in_odoo = rig_->odoo.read("project.task", task_).at("project_id");
    const std::int64_t project = in_odoo.is_array() ? in_odoo.as_array().front().as_int64() : in_odoo.as_int64();
    std::vector<std::string> items;  // one in each of two cycles
    for (const char* deadline : {"2027-01-31", "2027-02-28"}) {
        const std::int64_t milestone =
            rig_->odoo
                .create("project.milestone",
                        {json::Object{{"name", deadline}, {"project_id", project}, {"deadline", deadline}}})
                .front();
        const std::int64_t task = rig_->odoo
                                      .create("project.task", {json::Object{{"name", deadline},
                                                                            {"project_id", project},
                                                                            {"milestone_id", milestone},
                                                                            {"user_ids", json::Array{}}}})
                                      .front();
        settle(sync::Look::kFull);
        items.push_back(rig_->plane_id_of(task));
    }
    const std::string one(json::text_or(rig_->plane.item(items[0]), "cycle"));
    const std::string two(json::text_or(rig_->plane.item(items[1]), "cycle"));
    ASSERT_NE(one, "");
    ASSERT_NE(one, two);
    plane::Client somebody(rig_->plane_http, rig_->clock, rig_->random,
                           {.url = "http://plane.test",
                            .workspace = sim::PlaneOptions().workspace,
                            .key = vault::Secret(sim::PlaneOptions().key),
                            .budget = {.calls_max = 0}});
    ASSERT_TRUE(somebody.add_to_cycle(project_, two, {items[0]}).ok());
    ASSERT_TRUE(somebody.add_to_cycle(project_, one, {items[1]}).ok());
    ASSERT_EQ(json::text_or(rig_->plane.item(items[0]), "cycle"), two);
    for (int i = 0; i < 3; ++i) {
        rig_->pass(std::chrono::minutes(6));
        (void)rig_->sync(sync::Look::kFull);
    }
    EXPECT_EQ(json::text_or(rig_->plane.item(items[0]), "cycle"), one) << "Odoo owns the milestone";
    EXPECT_EQ(json::text_or(rig_->plane.item(items[1]), "cycle"), two);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts where field = 'milestone' and losing <> 'null'"), 2)
        << "where somebody had put them is kept";
    expect_in_step(*rig_);
}

TEST_F(Edits, ADeletionInOdooIsFoundByASweepAlone) {
    std::int64_t leaf = 0;
    for (const std::int64_t id : rig_->tasks()) {
        if (rig_->odoo.read("project.task", id).at("child_ids").as_array().empty()) leaf = id;
    }
    const std::string item = rig_->plane_id_of(leaf);
    rig_->odoo.unlink("project.task", {leaf});
    settle(sync::Look::kOdoo);
    EXPECT_FALSE(rig_->plane.item(item).at("archived_at").is_null());
}

// Each vanished item costs a call: a mass deletion is told over several close-outs, and never all at once.
TEST_F(Edits, AMassDeletionInPlaneIsAskedForPieceByPiece) {
    rig_->settings.lookups_per_close_out = 3;
    rig_->profile.guard.deletions_max = 100;
    rig_->restart();
    std::set<std::string> parents;
    for (const std::string& id : rig_->plane.items(project_)) {
        parents.emplace(json::text_or(rig_->plane.item(id), "parent"));
    }
    std::vector<std::string> items;  // Plane deletes children with their parent
    for (const std::string& id : rig_->plane.items(project_)) {
        if (!parents.contains(id)) items.push_back(id);
    }
    ASSERT_GE(items.size(), 5U);
    items.resize(5);
    for (const std::string& item : items) rig_->plane.delete_item(item);
    rig_->pass(std::chrono::seconds(10));
    (void)rig_->sync(sync::Look::kFull);
    EXPECT_EQ(rig_->number("select count(*) from sync.observations where peer = 'plane' and presence = 'gone'"), 3);
    for (int i = 0; i < 3; ++i) settle(sync::Look::kFull);
    EXPECT_GE(rig_->number("select count(*) from sync.links where status = 'tombstone'"), 5);
}

TEST_F(Edits, ABlastIsHeldUntilSomebodyApproves) {
    std::vector<std::int64_t> tasks = rig_->tasks();
    for (const std::int64_t task : tasks)
        rig_->odoo.write("project.task", {task}, {{"name", "Mass edit " + std::to_string(task)}});
    rig_->pass(std::chrono::seconds(10));
    const sync::Report held = rig_->sync(sync::Look::kLight);
    EXPECT_FALSE(held.held.empty());
    EXPECT_EQ(held.applied.updated, 0);
    ASSERT_FALSE(held.held_plan.empty());
    Result<sync::Report> approved = rig_->engine().apply(held.held_plan, "a tester");
    ASSERT_TRUE(approved.ok()) << approved.error().message;
    EXPECT_EQ(approved->applied.updated, static_cast<std::int64_t>(tasks.size()));
    settle();
    expect_in_step(*rig_);
}

TEST_F(Edits, ThePlanShownIsThePlanDone) {
    rig_->odoo.write("project.task", {task_}, {{"name", "Planned name"}});
    rig_->pass(std::chrono::seconds(10));
    Result<sync::Proposal> plan = rig_->engine().plan(sync::Look::kLight);
    ASSERT_TRUE(plan.ok());
    EXPECT_NE(json::text_or(rig_->item_of(task_), "name"), "Planned name") << "a plan writes nothing";
    Result<sync::Report> done = rig_->engine().apply(plan->hash(), "a tester");
    ASSERT_TRUE(done.ok()) << done.error().message;
    EXPECT_EQ(json::text_or(rig_->item_of(task_), "name"), "Planned name");
}

TEST_F(Edits, APlanWhoseGroundMovedIsRefused) {
    rig_->odoo.write("project.task", {task_}, {{"name", "First"}});
    rig_->pass(std::chrono::seconds(10));
    Result<sync::Proposal> plan = rig_->engine().plan(sync::Look::kLight);
    ASSERT_TRUE(plan.ok());
    rig_->pass(std::chrono::seconds(10));
    rig_->odoo.write("project.task", {task_}, {{"name", "Second"}});
    Result<sync::Report> done = rig_->engine().apply(plan->hash(), "a tester");
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Errc::kMoved);
    settle();
    EXPECT_EQ(json::text_or(rig_->item_of(task_), "name"), "Second");
}

TEST_F(Edits, TextThatNobodyEditedIsNeverRewritten) {
    rig_->odoo.write("project.task", {task_},
                     {{"description", "<p>One</p><p onclick='x()'>Two &amp; three</p><ul><li>a</li></ul>"}});
    settle();
    const std::string stamp(json::text_or(rig_->plane.item(item_), "description_html"));
    for (int i = 0; i < 3; ++i) settle(sync::Look::kFull);
    EXPECT_EQ(json::text_or(rig_->plane.item(item_), "description_html"), stamp);
}

// Nothing is written when items go away in Plane, but links end: too many at once wait for a person, who can let them.
TEST_F(Edits, ManyDeletionsInPlaneWaitForAPersonAndThenEnd) {
    const std::vector<std::string> items = rig_->plane.items(project_);
    ASSERT_GT(items.size(), 6u);
    for (const std::string& item : items) {
        if (!rig_->plane.item(item).empty()) rig_->plane.delete_item(item);  // not with its parent already
    }
    rig_->pass(std::chrono::minutes(6));
    const sync::Report held = rig_->sync(sync::Look::kFull);
    ASSERT_FALSE(held.held_plan.empty());
    EXPECT_EQ(rig_->number("select count(*) from sync.links where status = 'tombstone'"), 0);
    const Result<sync::Report> applied = rig_->engine().apply(held.held_plan, "somebody");
    ASSERT_TRUE(applied.ok()) << applied.error().message;
    (void)rig_->sync(sync::Look::kFull);
    EXPECT_EQ(rig_->number("select count(*) from sync.links where status = 'tombstone'"),
              static_cast<std::int64_t>(items.size()));
    EXPECT_TRUE(rig_->sync(sync::Look::kFull).held.empty());
}

}  // namespace
}  // namespace syncline::testing
