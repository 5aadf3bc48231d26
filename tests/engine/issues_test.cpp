// plane.issues: the mirror of Plane's work items, and what follows when somebody changes a row of it.
#include "sync/issues.hpp"

#include "jobs/queue.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using record::Peer;

class Issues : public RigTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        start();
        rig_->pass(std::chrono::minutes(6));
        (void)rig_->sync(sync::Look::kFull);
    }
    std::string column(const std::string& name, const std::string& id) {
        const pg::Rows rows = rig_->query("select " + name + "::text as value from plane.issues where id = $1", {id});
        return rows.empty() ? "(no row)" : std::string(rows.text(0, "value"));
    }
    std::vector<jobs::Job> claimed() {
        jobs::Queue queue(*rig_->database, access::default_org(), "11111111-1111-4111-8111-111111111111");
        auto jobs = queue.claim({"look"}, 100, rig_->clock.now() + std::chrono::hours(24 * 365 * 10));
        EXPECT_TRUE(jobs.ok()) << (jobs ? "" : jobs.error().message);
        return jobs ? std::move(*jobs) : std::vector<jobs::Job>();
    }
};

TEST_F(Issues, HoldWhatPlaneShows) {
    std::size_t items = 0;
    for (const json::Object& project : rig_->plane.projects()) {
        for (const std::string& id : rig_->plane.items(std::string(json::text_or(project, "id")))) {
            ++items;
            const json::Object item = rig_->plane.item(id);
            EXPECT_EQ(column("name", id), json::text_or(item, "name"));
            EXPECT_EQ(column("project_id", id), json::text_or(project, "id"));
            EXPECT_EQ(column("priority", id), json::text_or(item, "priority"));
            EXPECT_EQ(column("parent_id", id), json::text_or(item, "parent"));
            EXPECT_EQ(column("target_date", id), json::text_or(item, "target_date"));
            EXPECT_EQ(column("external_id", id), json::text_or(item, "external_id"));
            EXPECT_EQ(column("sequence_id", id), std::to_string(json::integer_or(item, "sequence_id")));
            EXPECT_EQ(column("custom_fields", id), "{}");
            EXPECT_NE(column("state", id), "");
            EXPECT_NE(column("state_group", id), "");
        }
    }
    EXPECT_GT(items, 10U);
    EXPECT_EQ(rig_->number("select count(*) from plane.issues"), static_cast<std::int64_t>(items));
    EXPECT_TRUE(claimed().empty()) << "what the engine writes asks for nothing";
}

TEST_F(Issues, FollowPlane) {
    rig_->plane.edit_item(item_, {{"state", rig_->plane.state_id(project_, "In Progress")}, {"name", "Another"}});
    rig_->pass(std::chrono::seconds(5));
    (void)rig_->sync(sync::Look::kLight);
    EXPECT_EQ(column("state", item_), "In Progress");
    EXPECT_EQ(column("state_group", item_), "started");
    EXPECT_EQ(column("name", item_), json::text_or(rig_->plane.item(item_), "name"));
    std::int64_t leaf = 0;
    for (const std::int64_t id : rig_->tasks()) {
        if (rig_->odoo.read("project.task", id).at("child_ids").as_array().empty()) leaf = id;
    }
    const std::string gone = rig_->plane_id_of(leaf);
    rig_->plane.delete_item(gone);
    rig_->pass(std::chrono::minutes(6));
    (void)rig_->sync(sync::Look::kFull);
    EXPECT_EQ(column("name", gone), "(no row)");
    EXPECT_TRUE(claimed().empty());
}

TEST_F(Issues, AChangeByAnybodyElseAsksForALookWhichPutsItRight) {
    const std::string before = column("name", item_);
    rig_->query("update plane.issues set name = 'Typed into the mirror' where id = $1", {item_});
    rig_->query("update plane.issues set name = name where id = $1", {item_});  // changes nothing
    const std::vector<jobs::Job> jobs = claimed();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs.front().subject, "plane/item/" + item_);
    EXPECT_EQ(json::text_or(jobs.front().payload, "container"), project_);
    const auto looked = rig_->engine().look({{Peer::kPlane, "item", item_, project_}});
    ASSERT_TRUE(looked.ok()) << looked.error().message;
    EXPECT_EQ(column("name", item_), before) << "Plane decides what its items are";
}

TEST_F(Issues, ARowMadeOrDroppedAsksForALookToo) {
    rig_->query("delete from plane.issues where id = $1", {item_});
    const std::string made = "0c1f7a52-5b0a-4f0e-9d53-6d8f8a9a7b10";
    rig_->query("insert into plane.issues (org_id, id, project_id, name) values ($1, $2, $3, 'Made here')",
                {pg::testing::kOrg, made, project_});
    std::set<std::string> subjects;
    for (const jobs::Job& job : claimed()) subjects.insert(job.subject);
    EXPECT_EQ(subjects, (std::set<std::string>{"plane/item/" + item_, "plane/item/" + made}));
    ASSERT_TRUE(
        rig_->engine().look({{Peer::kPlane, "item", item_, project_}, {Peer::kPlane, "item", made, project_}}).ok());
    EXPECT_EQ(column("name", item_), json::text_or(rig_->plane.item(item_), "name"));
    EXPECT_EQ(column("name", made), "(no row)") << "Plane knows nothing of it";
    EXPECT_TRUE(claimed().empty());
}

TEST_F(Issues, AChangeThatIsRolledBackAsksForNothing) {
    const Result<void> undone = rig_->database->run(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("update plane.issues set name = 'Never' where id = $1", {item_}));
        return make_error(Errc::kCancelled, "rolled back");
    });
    EXPECT_FALSE(undone.ok());
    EXPECT_TRUE(claimed().empty());
}

TEST(IssueOf, TakesWhatItsColumnsCanHold) {
    const json::Object seen{{"id", "0c1f7a52-5b0a-4f0e-9d53-6d8f8a9a7b10"},
                            {"project", "1c1f7a52-5b0a-4f0e-9d53-6d8f8a9a7b10"},
                            {"sequence_id", 7},
                            {"name", "A name"},
                            {"parent", "42"},
                            {"start_date", "2026-02-31"},
                            {"target_date", "2026-11-30"},
                            {"created_at", "soon"},
                            {"updated_at", "2026-11-21T05:46:11.953630+05:30"},
                            {"archived_at", "2026-11-21"},
                            {"custom_fields", {{"Target Value", 30}}}};
    const std::optional<json::Object> issue = sync::issue_of(seen);
    ASSERT_TRUE(issue.has_value());
    EXPECT_EQ(issue->at("sequence_id"), 7);
    EXPECT_TRUE(issue->at("parent_id").is_null());
    EXPECT_TRUE(issue->at("start_date").is_null());
    EXPECT_EQ(issue->at("target_date"), "2026-11-30");
    EXPECT_TRUE(issue->at("created_at").is_null());
    EXPECT_EQ(issue->at("updated_at"), "2026-11-21T00:16:11.953630Z");
    EXPECT_EQ(issue->at("archived_at"), "2026-11-21T00:00:00.000000Z");
    EXPECT_EQ(issue->at("custom_fields"), (json::Object{{"Target Value", 30}}));
    EXPECT_FALSE(sync::issue_of({{"id", "0c1f7a52-5b0a-4f0e-9d53-6d8f8a9a7b10"}}).has_value()) << "no work item";
}

}  // namespace
}  // namespace syncline::testing
