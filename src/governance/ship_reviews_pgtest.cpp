#include <gtest/gtest.h>

#include "governance/ship_reviews.hpp"
#include "ledger/entries.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::governance {
namespace {

profile::Profile profile_with_reviews() {
    profile::Profile profile;
    profile.name = "delivery";
    profile.states = {{"todo", "unstarted", {"To Do"}, "Todo"},
                      {"doing", "started", {"In Progress"}, "In Progress"},
                      {"done", "completed", {"Done"}, "Done"}};
    profile.reviews = {{"task", "group:completed", "ship"}};
    profile::EntityMap task;
    task.name = "task";
    task.odoo_model = "project.task";
    profile.entities.push_back(task);
    return profile;
}

class ShipReviews : public pg::testing::PgTest {
protected:
    sync::Settled settled(const char* before, const char* now, const std::string& link = "task/odoo/1") {
        sync::Settled it;
        it.link = link;
        it.entity = "task";
        it.title = "Launch";
        it.at = now_;
        if (before) it.before = record::Fields{{"state", std::string(before)}};
        it.agreed = {{"state", std::string(now)}};
        return it;
    }
    void tell(const sync::Settled& it) {
        const Result<void> done = database().run(
            pg::testing::kOrg, [&](pg::Transaction& tx) { return on_settled(tx, scope_, profile_, it); });
        ASSERT_TRUE(done.ok()) << done.error().message;
    }
    std::vector<ShipReview> list(bool open_only = false) {
        return *database().transact(pg::testing::kOrg,
                                    [&](pg::Transaction& tx) { return ship_reviews(tx, scope_, open_only, 100); });
    }

    access::Scope scope_{access::default_org(), "delivery"};
    profile::Profile profile_ = profile_with_reviews();
    Time now_ = *parse_time("2026-11-21T08:00:00Z");
};

TEST_F(ShipReviews, EnteringTheStateOpensOne) {
    tell(settled("doing", "done"));
    const std::vector<ShipReview> reviews = list();
    ASSERT_EQ(reviews.size(), 1u);
    EXPECT_EQ(reviews[0].link, "task/odoo/1");
    EXPECT_EQ(reviews[0].kind, "ship");
    EXPECT_EQ(reviews[0].title, "Launch");
    EXPECT_EQ(reviews[0].status, "open");
    EXPECT_EQ(reviews[0].opened_at, now_);
    const auto history = *database().transact(
        pg::testing::kOrg, [&](pg::Transaction& tx) { return ledger::history(tx, scope_, "task/odoo/1", 10); });
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].action, "review_opened");
}

TEST_F(ShipReviews, OnlyEnteringOpensAndOnlyOnce) {
    tell(settled(nullptr, "done"));  // done before we met it
    tell(settled("done", "done"));   // nothing moved
    tell(settled("todo", "doing"));  // not the state
    tell(settled("done", "doing"));  // leaving it
    sync::Settled shipped = settled("doing", "done");
    shipped.agreed["shipped"] = true;  // somebody shipped it already
    tell(shipped);
    sync::Settled other = settled("doing", "done");
    other.entity = "milestone";  // no rule for it
    tell(other);
    sync::Settled unknown = settled("doing", "done");
    unknown.before->erase("state");  // where it was is not known
    tell(unknown);
    EXPECT_TRUE(list().empty());
    tell(settled("doing", "done"));
    tell(settled("doing", "done"));  // back and forth
    EXPECT_EQ(list().size(), 1u);
    tell(settled("doing", "done", "task/odoo/2"));
    EXPECT_EQ(list().size(), 2u);
}

TEST_F(ShipReviews, RulesNameAStateOrAGroup) {
    EXPECT_TRUE(state_matches(profile_, "done", "done"));
    EXPECT_FALSE(state_matches(profile_, "done", "doing"));
    EXPECT_TRUE(state_matches(profile_, "group:started", "doing"));
    EXPECT_FALSE(state_matches(profile_, "group:completed", "doing"));
    EXPECT_FALSE(state_matches(profile_, "group:completed", ""));
    profile_.state_overrides["Alpha"] = {{"released", "completed", {"Released"}, "Done"}};
    EXPECT_TRUE(state_matches(profile_, "group:completed", "released"));
}

// A simulated Odoo behind the client, with or without the addon.
struct OdooBehind {
    explicit OdooBehind(bool addon)
        : clock(*parse_time("2026-11-21T08:00:00Z")), random(1), server(options(addon), clock), http(server.handler()) {
        odoo::Settings settings;
        settings.url = "http://odoo.test";
        settings.database = "demo";
        settings.key = vault::Secret(sim::OdooOptions().key);
        client = std::make_unique<odoo::Client>(http, clock, random, settings);
        sim::fill_company(server, 1, {1, 1, 3});
        task = server.ids("project.task").front();
    }
    static sim::OdooOptions options(bool addon) {
        sim::OdooOptions options;
        options.ppm_addon = addon;
        return options;
    }
    bool shipped() const { return json::bool_or(server.read("project.task", task), "is_shipped"); }
    VirtualClock clock;
    SeededRandom random;
    sim::OdooServer server;
    net::HandlerClient http;
    std::unique_ptr<odoo::Client> client;
    std::int64_t task = 0;
};

TEST_F(ShipReviews, ApprovingShipsInOdoo) {
    OdooBehind odoo(true);
    if (odoo.shipped()) odoo.server.write("project.task", {odoo.task}, {{"is_shipped", false}});
    tell(settled("doing", "done", "task/odoo/" + std::to_string(odoo.task)));
    const std::int64_t id = list().front().id;
    const Result<Decided> decided =
        decide(database(), scope_, profile_, *odoo.client, id, Decision::kApprove, "ada", now_);
    ASSERT_TRUE(decided.ok()) << decided.error().message;
    EXPECT_TRUE(decided->shipped);
    EXPECT_EQ(decided->review.status, "approved");
    EXPECT_EQ(decided->review.decided_by, "ada");
    EXPECT_EQ(decided->review.decided_at, now_);
    EXPECT_TRUE(odoo.shipped());
    EXPECT_TRUE(list(true).empty());
    const Result<Decided> again =
        decide(database(), scope_, profile_, *odoo.client, id, Decision::kReject, "bob", now_);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, Errc::kMoved);
}

TEST_F(ShipReviews, WithoutTheAddonTheDecisionIsKeptAndSaysSo) {
    OdooBehind odoo(false);
    tell(settled("doing", "done", "task/odoo/" + std::to_string(odoo.task)));
    const Result<Decided> decided =
        decide(database(), scope_, profile_, *odoo.client, list().front().id, Decision::kApprove, "ada", now_);
    ASSERT_TRUE(decided.ok()) << decided.error().message;
    EXPECT_FALSE(decided->shipped);
    EXPECT_EQ(decided->review.status, "approved");
    EXPECT_NE(decided->note.find("ipai_ppm"), std::string::npos);
}

TEST_F(ShipReviews, RejectingShipsNothing) {
    OdooBehind odoo(true);
    const bool before = odoo.shipped();
    tell(settled("doing", "done", "task/odoo/" + std::to_string(odoo.task)));
    const Result<Decided> decided =
        decide(database(), scope_, profile_, *odoo.client, list().front().id, Decision::kReject, "ada", now_);
    ASSERT_TRUE(decided.ok());
    EXPECT_EQ(decided->review.status, "rejected");
    EXPECT_EQ(odoo.shipped(), before);
    tell(settled("doing", "done", "task/odoo/" + std::to_string(odoo.task)));
    EXPECT_EQ(list(true).size(), 1u) << "entering the state anew opens a new one";
}

TEST_F(ShipReviews, AnUnknownReviewIsNotFound) {
    OdooBehind odoo(true);
    const Result<Decided> decided =
        decide(database(), scope_, profile_, *odoo.client, 999, Decision::kApprove, "ada", now_);
    ASSERT_FALSE(decided.ok());
    EXPECT_EQ(decided.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::governance
