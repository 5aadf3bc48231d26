#include <cstdlib>
#include <filesystem>

#include "alerts/alerts.hpp"
#include "app/alarms.hpp"
#include "app/home.hpp"
#include "ingress/receipts.hpp"
#include "jobs/queue.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kSettings =
    "[hooks.main]\nsource = \"plane\"\nsecrets = [\"env:NOT_NEEDED_HERE\"]\n"
    "[serve]\nplane_every = \"30s\"\nodoo_every = \"10m\"\n";

class AlarmsTest : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        std::string folder = (std::filesystem::temp_directory_path() / "syncline-alarms-XXXXXX").string();
        ASSERT_NE(mkdtemp(folder.data()), nullptr);
        folder_ = folder;
        ASSERT_TRUE(write_file(config_path(folder_), kSettings, 0644).ok());
        cli::Globals globals;
        globals.home = folder_;
        globals.store = dsn();
        Result<std::unique_ptr<Installation>> opened = Installation::open(globals, {});
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        installation_ = std::move(*opened);
    }
    void TearDown() override {
        installation_.reset();
        std::filesystem::remove_all(folder_);
        PgTest::TearDown();
    }

    template <typename Body>
    void in_store(Body&& body) {
        const Result<void> done = database().transact(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
            TRY(body(tx));
            return ok();
        });
        EXPECT_TRUE(done.ok()) << done.error().message;
    }
    // The kinds of the open alerts, after a round.
    std::vector<std::string> kinds(Alarms& alarms) {
        const Result<void> assessed = alarms.assess();
        EXPECT_TRUE(assessed.ok()) << assessed.error().message;
        std::vector<std::string> found;
        in_store([&](pg::Transaction& tx) -> Result<void> {
            for (const alerts::KeptAlert& open : TRY(alerts::open_alerts(tx, org_, 100))) {
                found.push_back(open.alert.kind);
            }
            return ok();
        });
        return found;
    }
    void cover(const std::string& peer, Time until) {
        (void)run(
            "insert into sync.links (org_id, profile, link, entity, title, odoo_id, plane_id, status) values ($1, "
            "'delivery', 'project/odoo/1', 'project', 'Webshop', 1, 'p', 'active') on conflict do nothing",
            {pg::testing::kOrg});
        (void)run(
            "insert into sync.coverage (org_id, profile, container, peer, seen_until, looked_at, method) "
            "values ($1, 'delivery', 'project/odoo/1', $2, $3, $3, 'light') "
            "on conflict (org_id, profile, container, peer) do update set seen_until = excluded.seen_until",
            {pg::testing::kOrg, peer, format_iso(until)});
    }
    // What a sweep of Plane finds changed.
    void sweep_finds(Alarms& alarms, const std::string& id) {
        sync::Report report;
        report.found = {{record::Peer::kPlane, "item", id, ""}};
        EXPECT_TRUE(alarms.note_sweep(report, record::Peer::kPlane).ok());
    }
    void event_about(const std::string& id) {
        ingress::Receipt receipt;
        receipt.endpoint = "main";
        receipt.body = R"({"event":"issue","action":"updated","data":{"id":")" + id + R"("}})";
        receipt.digest = ingress::digest_of(receipt.source, {}, receipt.body);
        receipt.correlation = random_.uuid();
        receipt.understood = ingress::understand(receipt.source, {}, receipt.body).value();
        receipt.received_at = clock_.now();
        in_store([&](pg::Transaction& tx) { return ingress::store(tx, org_, {receipt}); });
    }

    VirtualClock clock_{*parse_time("2026-11-21T08:00:00Z")};
    SeededRandom random_{3};
    const access::OrgId org_ = access::default_org();
    std::string folder_;
    std::unique_ptr<Installation> installation_;
};

using Kinds = std::vector<std::string>;

TEST_F(AlarmsTest, AWebhookThatFellSilentAndIsHeardAgain) {
    Alarms alarms(*installation_, clock_);
    EXPECT_EQ(alarms.silences(), (std::map<std::string, bool>{{"plane", false}}));
    sweep_finds(alarms, "6d0c9a52-0000-4000-8000-000000000001");
    sweep_finds(alarms, "6d0c9a52-0000-4000-8000-000000000002");
    EXPECT_EQ(kinds(alarms), Kinds{}) << "their events may be on the way";
    clock_.advance(seconds(60));
    EXPECT_EQ(kinds(alarms), Kinds{"webhook_silent"});
    EXPECT_TRUE(alarms.silences().at("plane"));
    clock_.advance(seconds(10));
    event_about("6d0c9a52-0000-4000-8000-000000000003");
    sweep_finds(alarms, "6d0c9a52-0000-4000-8000-000000000003");
    EXPECT_EQ(kinds(alarms), Kinds{});
    EXPECT_FALSE(alarms.silences().at("plane"));
}

TEST_F(AlarmsTest, AnAnnouncedChangeIsNoSilence) {
    Alarms alarms(*installation_, clock_);
    for (const char* id : {"6d0c9a52-0000-4000-8000-000000000001", "6d0c9a52-0000-4000-8000-000000000002"}) {
        sweep_finds(alarms, id);
        clock_.advance(seconds(5));
        event_about(id);
    }
    clock_.advance(minutes(5));
    EXPECT_EQ(kinds(alarms), Kinds{});
}

TEST_F(AlarmsTest, ACursorThatStandsIsToldOfOnceTheProcessCouldCatchUp) {
    cover("plane", clock_.now() - minutes(60));
    cover("odoo", clock_.now() - minutes(60));
    Alarms alarms(*installation_, clock_);
    EXPECT_EQ(kinds(alarms), Kinds{}) << "nothing ran for an hour, and this process has just begun";
    clock_.advance(minutes(10));
    EXPECT_EQ(kinds(alarms), (Kinds{"cursor_stuck", "cursor_stuck"}));
    cover("plane", clock_.now() - seconds(20));
    cover("odoo", clock_.now() - minutes(25));
    EXPECT_EQ(kinds(alarms), Kinds{}) << "Odoo is swept each ten minutes only, by the settings";
    cover("odoo", clock_.now() - minutes(31));
    EXPECT_EQ(kinds(alarms), Kinds{"cursor_stuck"});
}

TEST_F(AlarmsTest, ARefusedKeyUntilWorkGoesWell) {
    Alarms alarms(*installation_, clock_);
    alarms.note_refused_key("plane", "401 from Plane");
    EXPECT_EQ(kinds(alarms), Kinds{"key_refused"});
    alarms.note_well();
    EXPECT_EQ(kinds(alarms), Kinds{});
}

TEST_F(AlarmsTest, WhatAnotherProcessKnowsIsLeftUntilNobodySaysItAnyMore) {
    Alarms alarms(*installation_, clock_);
    {
        Alarms other(*installation_, clock_);
        other.note_refused_key("odoo", "401 from Odoo");
        EXPECT_EQ(kinds(other), Kinds{"key_refused"});
    }
    clock_.advance(minutes(4));
    EXPECT_EQ(kinds(alarms), Kinds{"key_refused"});
    clock_.advance(minutes(2));
    EXPECT_EQ(kinds(alarms), Kinds{}) << "the other process is gone";
}

TEST_F(AlarmsTest, DeadLettersUntilSomebodyLooksAfterThem) {
    Alarms alarms(*installation_, clock_);
    jobs::NewJob job;
    job.kind = "look";
    job.subject = "odoo/project.task/1";
    jobs::Queue queue(database(), org_, random_.uuid());
    in_store([&](pg::Transaction& tx) { return jobs::enqueue(tx, org_, job, clock_.now()); });
    const Result<std::vector<jobs::Job>> taken = queue.claim({"look"}, 1, clock_.now());
    ASSERT_TRUE(taken.ok());
    ASSERT_EQ(taken->size(), 1u);
    EXPECT_TRUE(queue.fail(taken->front(), make_error(Errc::kForbidden, "403"), clock_.now(), random_).ok());
    EXPECT_EQ(kinds(alarms), Kinds{"dead_letters"});
    in_store([&](pg::Transaction& tx) { return jobs::retry_dead(tx, org_, taken->front().id, clock_.now()); });
    EXPECT_EQ(kinds(alarms), Kinds{});
}

}  // namespace
}  // namespace syncline::app
