// Telling people: a Slack of our own making, the simulated Plane, a virtual clock.
#include <gtest/gtest.h>

#include "alerts/alerts.hpp"
#include "alerts/deliverer.hpp"
#include "alerts/rules.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "sim/faults.hpp"
#include "sim/plane/server.hpp"

namespace syncline::alerts {
namespace {

using pg::testing::kOrg;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kHook = "https://hooks.slack.example/services/T000/B000/verysecretpart";

std::string text(const json::Object& object, const char* key) { return std::string(json::text_or(object, key)); }

class Telling : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        server_.emplace(options_, clock_);
        network_.emplace(server_->handler(), clock_);
        plane_http_.emplace([this](const net::HttpRequest& request) { return (*network_)(request); });
        plane::Settings settings;
        settings.url = "http://plane.example.com";
        settings.workspace = options_.workspace;
        settings.key = vault::Secret(options_.key);
        settings.external_source = kExternalSource;
        settings.budget.calls_max = 0;
        plane_.emplace(*plane_http_, clock_, random_, settings);
        project_ = text(*plane_->create_project({{"name", "Operations"}, {"identifier", "OPS"}}), "id");
        channels_.slack_url = [this]() -> Result<vault::Secret> {
            if (slack_missing_) return make_error(Errc::kKeyMissing, "env:SLACK has no value");
            return vault::Secret(std::string(kHook));
        };
        channels_.http = &slack_;
        channels_.plane = &*plane_;
        channels_.ops_project = project_;
    }

    Told round() {
        Deliverer deliverer(database(), clock_, org_, channels_);
        const Result<Told> told = deliverer.round();
        EXPECT_TRUE(told.ok()) << told.error().message;
        return told.ok() ? *told : Told{};
    }
    void raise_it(const Alert& alert) {
        EXPECT_TRUE(
            database().transact(kOrg, [&](pg::Transaction& tx) { return raise(tx, org_, alert, clock_.now()); }).ok());
    }
    void clear_it(const std::string& key) {
        EXPECT_TRUE(
            *database().transact(kOrg, [&](pg::Transaction& tx) { return clear(tx, org_, key, clock_.now()); }));
    }
    std::vector<KeptAlert> recent() {
        return *database().transact(kOrg, [&](pg::Transaction& tx) { return recent_alerts(tx, org_, 100); });
    }
    std::vector<std::string> items() const { return server_->items(project_); }
    std::string state_of(const std::string& item) const { return text(server_->item(item), "state"); }
    std::string done() const { return server_->state_id(project_, "Done"); }

    const access::OrgId org_ = access::default_org();
    VirtualClock clock_{*parse_time("2026-11-21T08:00:00Z")};
    SeededRandom random_{3};
    sim::PlaneOptions options_;
    std::optional<sim::PlaneServer> server_;
    std::optional<sim::FaultyHandler> network_;
    std::optional<net::HandlerClient> plane_http_;
    std::optional<plane::Client> plane_;
    std::string project_;

    bool slack_missing_ = false;
    net::HttpResponse slack_answer_{200, {}, "ok"};
    bool slack_drops_ = false;
    std::vector<net::HttpRequest> slacked_;
    std::vector<std::string> messages_;
    net::HttpResponse answer(const net::HttpRequest& request) {
        slacked_.push_back(request);
        if (slack_drops_) throw net::DropConnection();
        if (slack_answer_.status == 200) messages_.push_back(text(json::parse(request.body)->as_object(), "text"));
        return slack_answer_;
    }
    net::HandlerClient slack_{[this](const net::HttpRequest& request) { return answer(request); }};
    Channels channels_;
};

TEST_F(Telling, OnceEachWhereverItIsAsked) {
    Alert alert = *dead_letters(2);
    alert.detail = "<!channel> a & b";
    raise_it(alert);
    EXPECT_EQ(round().opened, 1);
    raise_it(alert);  // still there
    for (int i = 0; i < 3; ++i) {
        clock_.advance(hours(2));
        EXPECT_EQ(round().opened, 0);
    }
    ASSERT_EQ(messages_.size(), 1u);
    EXPECT_EQ(messages_[0],
              ":warning: *2 jobs are in the dead-letter queue*\n&lt;!channel&gt; a &amp; b\nWhat to do: " + alert.cure +
                  "\n_Syncline, dead_letters, since 2026-11-21T08:00:00.000000Z_");
    EXPECT_EQ(slacked_[0].url, "/services/T000/B000/verysecretpart");
    EXPECT_EQ(slacked_[0].method, "POST");
    EXPECT_EQ(slacked_[0].headers.get("content-type"), "application/json");
    ASSERT_EQ(items().size(), 1u);
    const json::Object item = server_->item(items()[0]);
    EXPECT_EQ(text(item, "name"), alert.title);
    EXPECT_EQ(text(item, "priority"), "high");
    EXPECT_EQ(text(item, "external_id"), "syncline.alert:dead_letters");
    EXPECT_EQ(text(item, "external_source"), kExternalSource);
    EXPECT_NE(text(item, "description_html").find("&lt;!channel&gt; a &amp; b"), std::string::npos);
    ASSERT_EQ(recent().size(), 1u);
    EXPECT_TRUE(recent()[0].notified_at);
    EXPECT_EQ(recent()[0].notify_error, "");
}

TEST_F(Telling, ItsEndOnceToo) {
    raise_it(*dead_letters(1));
    round();
    clock_.advance(minutes(12));
    clear_it("dead_letters");
    EXPECT_EQ(round().closed, 1);
    EXPECT_EQ(round().closed, 0);
    ASSERT_EQ(messages_.size(), 2u);
    EXPECT_NE(messages_[1].find("Over: A job is in the dead-letter queue"), std::string::npos);
    EXPECT_NE(messages_[1].find("after 12 min"), std::string::npos);
    ASSERT_EQ(items().size(), 1u);
    EXPECT_EQ(state_of(items()[0]), done());
    ASSERT_EQ(server_->comments(items()[0]).size(), 1u);
    EXPECT_NE(text(server_->comments(items()[0])[0], "comment_html").find("after 12 min"), std::string::npos);
}

TEST_F(Telling, WhatComesBackOpensItsItemAgain) {
    for (int times = 1; times <= 3; ++times) {
        raise_it(*dead_letters(times));
        EXPECT_EQ(round().opened, 1);
        ASSERT_EQ(items().size(), 1u) << "never made twice";
        EXPECT_NE(state_of(items()[0]), done());
        EXPECT_EQ(text(server_->item(items()[0]), "name"), dead_letters(times)->title);
        clock_.advance(minutes(5));
        clear_it("dead_letters");
        EXPECT_EQ(round().closed, 1);
        EXPECT_EQ(state_of(items()[0]), done());
        EXPECT_EQ(server_->comments(items()[0]).size(), static_cast<std::size_t>(2 * times - 1));
        if (times == 2) server_->archive_item(items()[0], true);
    }
}

TEST_F(Telling, NoAlertAboutPlaneGoesToPlane) {
    raise_it(*breaker_open({"plane", clock_.now() - minutes(5), "503"}, clock_.now()));
    FailingLink ours{"delivery", "task/odoo/1", "T", project_, 3, "no"};
    raise_it(entities_failing({ours}, 1)[0]);
    EXPECT_EQ(round().opened, 2);
    EXPECT_EQ(messages_.size(), 2u);
    EXPECT_TRUE(items().empty());
    raise_it(*breaker_open({"odoo", clock_.now() - minutes(5), "503"}, clock_.now()));
    EXPECT_EQ(round().opened, 1);
    EXPECT_EQ(items().size(), 1u) << "of Odoo it may";
    const std::int64_t calls = network_->calls();
    clear_it("breaker_open:plane");
    EXPECT_EQ(round().closed, 1);
    EXPECT_EQ(network_->calls(), calls);
}

TEST_F(Telling, WhatFailsIsNotedAndTriedAgainLaterAndLater) {
    slack_answer_ = {404, {}, "no_service"};
    raise_it(*dead_letters(1));
    EXPECT_EQ(round().failed, 1);
    EXPECT_EQ(items().size(), 1u) << "one channel's failure is not the other's";
    EXPECT_EQ(recent()[0].notify_error, "telling Slack: Slack answered 404 no_service (UNAUTHORIZED)");
    EXPECT_FALSE(recent()[0].notified_at);
    int tries = 1;
    for (int hour = 0; hour < 24 * 60; ++hour) {
        clock_.advance(minutes(1));
        tries += round().failed;
    }
    EXPECT_GE(tries, 24) << "it goes on";
    EXPECT_LE(tries, 33) << "but not often";
    EXPECT_EQ(recent()[0].notify_attempts, tries);
    slack_answer_ = {200, {}, "ok"};
    clock_.advance(hours(1));
    EXPECT_EQ(round().opened, 1);
    EXPECT_EQ(messages_.size(), 1u);
    EXPECT_EQ(recent()[0].notify_error, "");
    EXPECT_EQ(items().size(), 1u);
}

TEST_F(Telling, TheWebhooksAddressIsNowhereToRead) {
    raise_it(*dead_letters(1));
    const auto check = [&](const char* what) {
        clock_.advance(hours(2));
        EXPECT_EQ(round().failed, 1) << what;
        const std::string error = recent()[0].notify_error;
        EXPECT_FALSE(error.empty());
        for (const char* part : {"verysecretpart", "B000", "hooks.slack"}) {
            EXPECT_EQ(error.find(part), std::string::npos) << what << ": " << error;
        }
        EXPECT_TRUE(run("select 1 from ops.alerts a where a::text like '%verysecret%'").empty());
    };
    slack_drops_ = true;
    check("no answer");
    slack_drops_ = false;
    slack_answer_ = {500, {}, "see " + std::string(kHook)};
    check("an answer that says it");
    slack_missing_ = true;
    check("no secret");
    EXPECT_NE(recent()[0].notify_error.find("env:SLACK"), std::string::npos) << "the reference may be named";
}

TEST_F(Telling, SlacksOwnPauseIsKept) {
    slack_answer_ = {429, {{"Retry-After", "900"}}, ""};
    raise_it(*dead_letters(1));
    EXPECT_EQ(round().failed, 1);
    slack_answer_ = {200, {}, "ok"};
    clock_.advance(seconds(899));
    EXPECT_EQ(round().opened, 0);
    clock_.advance(seconds(1));
    EXPECT_EQ(round().opened, 1);
}

TEST_F(Telling, ALostAnswerMakesNoTwin) {
    raise_it(*dead_letters(1));
    network_->set_schedule([](std::int64_t, const net::HttpRequest& request) {
        return request.method == "POST" ? sim::Fault::kDropAfter : sim::Fault::kNone;
    });
    for (int i = 0; i < 5; ++i) {
        round();
        clock_.advance(hours(2));
    }
    network_->set_schedule(sim::no_faults());
    round();
    EXPECT_EQ(items().size(), 1u);
    EXPECT_TRUE(recent()[0].notified_at);
}

TEST_F(Telling, AnItemThatNobodyAnsweredForIsClosedToo) {
    raise_it(*dead_letters(1));
    auto sent = std::make_shared<bool>(false);
    network_->set_schedule([sent](std::int64_t, const net::HttpRequest& request) {
        if (request.method != "POST") return *sent ? sim::Fault::kDropBefore : sim::Fault::kNone;
        *sent = true;
        return sim::Fault::kDropAfter;
    });
    EXPECT_EQ(round().failed, 1);
    ASSERT_EQ(items().size(), 1u);
    network_->set_schedule(sim::no_faults());
    clear_it("dead_letters");
    clock_.advance(hours(2));
    EXPECT_EQ(round().closed, 1);
    EXPECT_EQ(state_of(items()[0]), done());
}

TEST_F(Telling, AnItemThatAPersonDeletedIsNoTrouble) {
    raise_it(*dead_letters(1));
    round();
    server_->delete_item(items()[0]);
    clear_it("dead_letters");
    EXPECT_EQ(round().closed, 1) << recent()[0].notify_error;
    EXPECT_EQ(round().failed, 0);
}

TEST_F(Telling, AnEndThatCannotBeToldIsGivenUp) {
    raise_it(*dead_letters(1));
    round();
    slack_answer_ = {500, {}, ""};
    clear_it("dead_letters");
    int tries = 0;
    for (int i = 0; i < 100; ++i) {
        tries += round().failed;
        clock_.advance(hours(1));
    }
    EXPECT_EQ(tries, kClosingTriesMax);
}

TEST_F(Telling, WhatWasNeverToldEndsInSilence) {
    raise_it(*dead_letters(1));
    clear_it("dead_letters");
    EXPECT_EQ(round().closed, 1);
    EXPECT_TRUE(messages_.empty());
    EXPECT_TRUE(items().empty());
}

TEST_F(Telling, WithoutChannelsStatusAloneShowsIt) {
    channels_ = {};
    raise_it(*dead_letters(1));
    EXPECT_EQ(round().opened, 1);
    clear_it("dead_letters");
    EXPECT_EQ(round().closed, 1);
    EXPECT_EQ(round().closed, 0);
}

TEST_F(Telling, OneWhoIsAtItIsNotDisturbed) {
    raise_it(*dead_letters(1));
    Deliverer other(database(), clock_, org_, channels_);
    int told = 0;
    // While Slack is being told, another process looks what is due.
    net::HandlerClient nested([&](const net::HttpRequest& request) {
        told += other.round()->opened;
        return answer(request);
    });
    Channels first = channels_;
    first.http = &nested;
    Deliverer deliverer(database(), clock_, org_, first);
    EXPECT_EQ(deliverer.round()->opened, 1);
    EXPECT_EQ(told, 0);
    EXPECT_EQ(messages_.size(), 1u);
}

TEST_F(Telling, AnAlertThatEndsWhileItIsToldIsTakenBack) {
    raise_it(*dead_letters(1));
    net::HandlerClient nested([&](const net::HttpRequest& request) {
        if (messages_.empty()) clear_it("dead_letters");
        return answer(request);
    });
    Channels first = channels_;
    first.http = &nested;
    Deliverer deliverer(database(), clock_, org_, first);
    ASSERT_TRUE(deliverer.round().ok());
    round();
    EXPECT_EQ(messages_.size(), 2u);
    ASSERT_EQ(items().size(), 1u);
    EXPECT_EQ(state_of(items()[0]), done());
}

TEST_F(Telling, AFloodIsToldInPortions) {
    for (int i = 0; i < kToldAtOnce + 5; ++i) {
        raise_it(webhook_silent({"plane/hook" + std::to_string(i), clock_.now(), 2, false}));
    }
    EXPECT_EQ(round().opened, kToldAtOnce);
    EXPECT_EQ(round().opened, 5);
    EXPECT_EQ(items().size(), static_cast<std::size_t>(kToldAtOnce) + 5);
}

TEST_F(Telling, AStoreThatIsAwayIsTheOnlyError) {
    raise_it(*dead_letters(1));
    run_as_owner("drop table ops.alerts");
    Deliverer deliverer(database(), clock_, org_, channels_);
    EXPECT_EQ(deliverer.round().error().code, Errc::kStore);
}

}  // namespace
}  // namespace syncline::alerts
