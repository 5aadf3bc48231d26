// Two people edit one shared field at the same moment: both values wait, and a person decides.
#include "sync/decisions.hpp"

#include "ledger/entries.hpp"
#include "sync/turn.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using record::Peer;

class Decisions : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ = std::make_unique<Rig>(dsn());
        share("name");
        rig_->restart();
        (void)rig_->sync();
        rig_->pass(std::chrono::minutes(3));
        task_ = rig_->tasks().front();
        link_ = "task/odoo/" + std::to_string(task_);
        before_ = name_in_odoo();
    }
    void share(std::string_view field) {
        for (profile::EntityMap& entity : rig_->profile.entities) {
            for (profile::FieldMap& map : entity.fields) {
                if (entity.name == "task" && map.name() == field) map.policy.owner = merge::Owner::kShared;
            }
        }
    }
    std::string name_in_odoo() const {
        return std::string(json::text_or(rig_->odoo.read("project.task", task_), "name"));
    }
    std::string name_in_plane() const { return std::string(json::text_or(rig_->item_of(task_), "name")); }
    void type_in_odoo(const char* name) { rig_->odoo.write("project.task", {task_}, {{"name", name}}); }
    void type_in_plane(const char* name) { rig_->plane.edit_item(rig_->plane_id_of(task_), {{"name", name}}); }
    sync::Report sync_later() {
        rig_->pass(std::chrono::seconds(10));
        return rig_->sync(sync::Look::kLight);
    }
    // Both at once, and looked at: the number of the review that waits.
    std::int64_t dispute() {
        type_in_odoo("Typed in Odoo");
        type_in_plane("Typed in Plane");
        (void)sync_later();
        EXPECT_EQ(name_in_odoo(), "Typed in Odoo");
        EXPECT_EQ(name_in_plane(), "Typed in Plane");
        EXPECT_EQ(open_reviews(), 1);
        return rig_->number("select max(review) from ledger.reviews where status = 'open'");
    }
    std::int64_t open_reviews() { return rig_->number("select count(*) from ledger.reviews where status = 'open'"); }
    Result<sync::Decided> decide(std::int64_t review, Peer winner) {
        return rig_->store.transact(pg::testing::kOrg, [&](pg::Transaction& tx) {
            return sync::decide(tx, rig_->settings.scope, rig_->profile, {review, winner, "ada"}, rig_->clock.now());
        });
    }
    void expect_decided(Peer winner, const std::string& winning, const std::string& losing) {
        const std::int64_t review = dispute();
        const Result<sync::Decided> decided = decide(review, winner);
        ASSERT_TRUE(decided.ok()) << decided.error().message;
        EXPECT_EQ(decided->review.link, link_);
        EXPECT_EQ(decided->odoo_id, std::to_string(task_));
        EXPECT_EQ(decided->plane_id, rig_->plane_id_of(task_));
        EXPECT_EQ(sync_later().applied.writes(), 1);
        EXPECT_EQ(name_in_odoo(), winning);
        EXPECT_EQ(name_in_plane(), winning);
        EXPECT_EQ(open_reviews(), 0);
        EXPECT_EQ(sync_later().applied.writes(), 0) << "and that is that";
        EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts where link = $1 and field = 'name' "
                               "and losing = to_jsonb($2::text) and winning = to_jsonb($3::text)",
                               {link_, losing, winning}),
                  1)
            << "the loser is kept, once";
    }

    std::unique_ptr<Rig> rig_;
    std::int64_t task_ = 0;
    std::string link_;
    std::string before_;
};

TEST_F(Decisions, OdoosValueGoesToPlane) { expect_decided(Peer::kOdoo, "Typed in Odoo", "Typed in Plane"); }

TEST_F(Decisions, PlanesValueGoesToOdoo) { expect_decided(Peer::kPlane, "Typed in Plane", "Typed in Odoo"); }

TEST_F(Decisions, IsInTheLedgerWithWhoDecided) {
    ASSERT_TRUE(decide(dispute(), Peer::kOdoo).ok());
    const std::vector<ledger::Entry> history = *rig_->store.transact(
        pg::testing::kOrg, [&](pg::Transaction& tx) { return ledger::history(tx, rig_->settings.scope, link_, 100); });
    ASSERT_FALSE(history.empty());
    EXPECT_EQ(history.back().action, "review_resolved");
    EXPECT_EQ(history.back().detail, "name: odoo's value stands, decided by ada");
}

TEST_F(Decisions, WhoeverEditsTheLoserMeanwhileIsNotOverrun) {
    ASSERT_TRUE(decide(dispute(), Peer::kOdoo).ok());
    rig_->pass(std::chrono::minutes(1));
    type_in_plane("Typed later in Plane");
    (void)sync_later();
    EXPECT_EQ(name_in_odoo(), "Typed later in Plane") << "the newer of two edits, a minute apart";
    EXPECT_EQ(name_in_plane(), "Typed later in Plane");
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts where losing = '\"Typed in Odoo\"'"), 1);
}

TEST_F(Decisions, WhoeverEditsTheWinnerMeanwhileWins) {
    ASSERT_TRUE(decide(dispute(), Peer::kOdoo).ok());
    type_in_odoo("Typed later in Odoo");
    (void)sync_later();
    EXPECT_EQ(name_in_plane(), "Typed later in Odoo");
    EXPECT_EQ(open_reviews(), 0);
}

TEST_F(Decisions, AreMadeOnce) {
    const std::int64_t review = dispute();
    ASSERT_TRUE(decide(review, Peer::kPlane).ok());
    const Result<sync::Decided> again = decide(review, Peer::kOdoo);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, Errc::kMoved);
    const Result<sync::Decided> unknown = decide(9999, Peer::kOdoo);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().code, Errc::kNotFound);
}

TEST_F(Decisions, WaitForARunThatIsAtWork) {
    const std::int64_t review = dispute();
    const Result<void> done = rig_->database->run(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(sync::take_turn(tx, rig_->settings.scope));
        const Result<sync::Decided> decided = decide(review, Peer::kOdoo);
        EXPECT_FALSE(decided.ok());
        EXPECT_EQ(decided ? Errc::kInternal : decided.error().code, Errc::kHeld);
        return ok();
    });
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(open_reviews(), 1) << "nothing happened to it";
}

TEST_F(Decisions, NeedAFieldOfTheProfile) {
    const std::int64_t review = dispute();
    for (profile::EntityMap& entity : rig_->profile.entities) {
        std::erase_if(entity.fields, [](const profile::FieldMap& field) { return field.name() == "name"; });
    }
    const Result<sync::Decided> decided = decide(review, Peer::kOdoo);
    ASSERT_FALSE(decided.ok());
    EXPECT_EQ(decided.error().code, Errc::kInvalid);
    EXPECT_EQ(open_reviews(), 1);
}

}  // namespace
}  // namespace syncline::testing
