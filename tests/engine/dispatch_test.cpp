// From a webhook to its effect: the front door, the queue, a worker and the engine, in one thread.
#include "dispatch/looks.hpp"
#include "dispatch/recovery.hpp"
#include "ingress/receiver.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

const std::string kSecret = "plane_wh_of_the_dispatch_test";

class Dispatch : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ = std::make_unique<Rig>(dsn());
        rig_->plane.set_webhook_secret(kSecret);
        (void)rig_->sync();
        (void)rig_->plane.take_deliveries();
        rig_->pass(std::chrono::minutes(3));
        for (const std::int64_t task : rig_->tasks()) {
            const json::Object item = rig_->item_of(task);
            project_ = std::string(json::text_or(item, "project"));
            task_ = task;
            if (json::text_or(item, "state") != rig_->plane.state_id(project_, "Done")) break;
        }
        item_ = rig_->plane_id_of(task_);

        ingress::ReceiverOptions options;
        options.endpoints = {{"main", ingress::Source::kPlane, {vault::Secret(kSecret)}},
                             {"hub", ingress::Source::kGithub, {vault::Secret("github")}}};
        options.background_commits = false;
        receiver_ = ingress::make_receiver(*rig_->database, rig_->clock, random_, std::move(options),
                                           [&](pg::Transaction& tx, const std::vector<ingress::Receipt>& receipts) {
                                               return dispatch::ask_for_looks(tx, access::default_org(), receipts,
                                                                              rig_->clock.now());
                                           });
        queue_ = std::make_unique<jobs::Queue>(*rig_->database, access::default_org(), "worker");
        looks_ = std::make_unique<dispatch::Looks>(
            *rig_->database, rig_->engine(), *queue_, rig_->clock,
            dispatch::LookSettings{rig_->settings.scope, [this](const std::string&) { return secrets_; },
                                   [this](const sync::Report& report) { runs_.push_back(report); },
                                   [this](const Error& error) { pauses_.push_back(error); }});
        worker_ = std::make_unique<jobs::Worker>(
            *queue_, rig_->clock, random_,
            [this](const jobs::Job& job, const Error&, std::optional<jobs::DeadReason> dead) {
                if (!dead) return;
                EXPECT_TRUE(looks_->bury(job, *dead).ok());
            });
        worker_->handle(std::string(dispatch::kLookJob),
                        [this](std::span<const jobs::Job> jobs) { return (*looks_)(jobs); }, {dispatch::kLooksAtOnce});
    }

    net::HttpResponse post(const net::Headers& headers, const std::string& body,
                           const std::string& path = "/hooks/plane/main") {
        net::HttpRequest request;
        request.method = "POST";
        request.url = path;
        request.headers = headers;
        request.headers.set("Content-Type", "application/json");
        request.body = body;
        return receiver_->receive(request);
    }
    // All that Plane announces arrives. Answers how many deliveries there were.
    std::size_t deliver() {
        const std::vector<sim::PlaneDelivery> deliveries = rig_->plane.take_deliveries();
        for (const sim::PlaneDelivery& delivery : deliveries) {
            EXPECT_EQ(post(delivery.headers, delivery.body).status, 200);
        }
        return deliveries.size();
    }
    void work() {
        const Result<jobs::Stepped> worked = worker_->drain();
        ASSERT_TRUE(worked.ok()) << worked.error().message;
    }
    std::int64_t in_state(const std::string& state) {
        return rig_->number("select count(*) from ingress.inbox where state = $1", {state});
    }
    void drag_to(const std::string& state) {
        rig_->plane.edit_item(item_, {{"state", rig_->plane.state_id(project_, state)}});
    }
    std::string odoo_stage() { return json::canonical(rig_->odoo.read("project.task", task_).at("stage_id")); }

    std::unique_ptr<Rig> rig_;
    SeededRandom random_{5};
    Result<std::vector<vault::Secret>> secrets_ = std::vector<vault::Secret>{vault::Secret(kSecret)};
    std::unique_ptr<ingress::Receiver> receiver_;
    std::unique_ptr<jobs::Queue> queue_;
    std::unique_ptr<dispatch::Looks> looks_;
    std::unique_ptr<jobs::Worker> worker_;
    std::vector<sync::Report> runs_;
    std::vector<Error> pauses_;
    std::int64_t task_ = 0;
    std::string item_;
    std::string project_;
};

TEST_F(Dispatch, AnAnnouncedChangeIsAppliedAndItsReceiptNamesTheRun) {
    const std::string before = odoo_stage();
    drag_to("Done");
    ASSERT_GE(deliver(), 1u);
    work();
    EXPECT_NE(odoo_stage(), before);
    ASSERT_EQ(runs_.size(), 1u);
    EXPECT_EQ(runs_[0].applied.writes(), 1);
    EXPECT_EQ(in_state("processed"), rig_->number("select count(*) from ingress.inbox"));
    EXPECT_EQ(rig_->number("select count(*) from ingress.inbox where run = $1::uuid", {runs_[0].run}),
              in_state("processed"));
    // The id of the first receipt went along.
    EXPECT_EQ(
        rig_->number("select count(*) from ingress.receipts where correlation = $1::uuid", {runs_[0].correlation}), 1);
}

TEST_F(Dispatch, FiveEventsAboutOneItemAreOneLook) {
    rig_->plane.edit_item(
        item_, {{"state", rig_->plane.state_id(project_, "Done")}, {"priority", "urgent"}, {"name", "Typed in Plane"}});
    ASSERT_GE(deliver(), 3u);
    work();
    EXPECT_EQ(runs_.size(), 1u);
    EXPECT_EQ(in_state("processed"), rig_->number("select count(*) from ingress.receipts"));
    expect_in_step(*rig_);
}

TEST_F(Dispatch, TheSameDeliveryAgainCausesNothing) {
    drag_to("Done");
    const std::vector<sim::PlaneDelivery> deliveries = rig_->plane.take_deliveries();
    ASSERT_FALSE(deliveries.empty());
    const auto answer = [&] { return post(deliveries[0].headers, deliveries[0].body).body; };
    EXPECT_NE(answer().find("\"duplicate\":false"), std::string::npos);
    work();
    EXPECT_NE(answer().find("\"duplicate\":true"), std::string::npos);
    work();
    EXPECT_EQ(runs_.size(), 1u);
}

TEST_F(Dispatch, WhatSomebodyWroteIntoTheStoreIsNotBelieved) {
    drag_to("Done");
    deliver();
    run_as_owner(
        "update ingress.receipts set body = convert_to(replace(convert_from(body, 'UTF8'), 'updated', "
        "'created'), 'UTF8')");
    work();
    EXPECT_EQ(in_state("processed"), 0);
    EXPECT_GE(in_state("dead"), 1);
    EXPECT_EQ(rig_->query("select string_agg(state || ':' || reason, ' ') as why from ingress.inbox").text(0, "why"),
              "dead:BAD_SIGNATURE");
}

TEST_F(Dispatch, WhilePlaneIsDownWorkWaitsAndCountsNoAttempts) {
    drag_to("Done");
    deliver();
    rig_->plane_faults.set_schedule([](std::int64_t, const net::HttpRequest&) { return sim::Fault::kThrottle; });
    for (int i = 0; i < 10; ++i) {
        work();
        rig_->pass(std::chrono::minutes(2));
    }
    EXPECT_EQ(rig_->number("select count(*) from jobs.dead"), 0);
    EXPECT_GE(in_state("received"), 1);
    EXPECT_FALSE(pauses_.empty());
    rig_->plane_faults.set_schedule(sim::no_faults());
    rig_->pass(std::chrono::minutes(2));
    work();
    EXPECT_EQ(in_state("received"), 0);
    expect_in_step(*rig_);
}

TEST_F(Dispatch, WithoutItsSecretAReceiptWaitsForAPerson) {
    drag_to("Done");
    deliver();
    secrets_ = make_error(Errc::kKeyMissing, "env:HOOK has no value");
    work();
    EXPECT_EQ(in_state("processed"), 0);
    ASSERT_FALSE(pauses_.empty());
    EXPECT_EQ(pauses_[0].code, Errc::kKeyMissing);
    EXPECT_EQ(rig_->number("select count(*) from jobs.dead"), 0);
    secrets_ = std::vector<vault::Secret>{vault::Secret(kSecret)};
    rig_->pass(std::chrono::minutes(1));
    work();
    EXPECT_GE(in_state("processed"), 1);
}

TEST_F(Dispatch, WhatNobodyAskedForAgainIsFoundByTheTidying) {
    const std::string before = odoo_stage();
    drag_to("Done");
    deliver();
    run_as_owner("delete from jobs.queue");  // the job was lost
    work();
    EXPECT_EQ(odoo_stage(), before);
    rig_->pass(dispatch::kForgottenAfter + std::chrono::seconds(1));
    dispatch::Recovery recovery(*rig_->database, access::default_org(), rig_->clock);
    const Result<dispatch::Tidied> tidied = recovery.tidy();
    ASSERT_TRUE(tidied.ok()) << tidied.error().message;
    EXPECT_EQ(tidied->jobs_added, 1);
    work();
    EXPECT_NE(odoo_stage(), before);
    EXPECT_EQ(recovery.tidy()->jobs_added, 0);
}

TEST_F(Dispatch, AnEntityThatNoPeerKnowsEndsTheReceiptAllTheSame) {
    sim::PlaneDelivery delivery;
    drag_to("Done");
    const std::vector<sim::PlaneDelivery> deliveries = rig_->plane.take_deliveries();
    ASSERT_FALSE(deliveries.empty());
    delivery = deliveries.front();
    rig_->plane.delete_item(item_);
    EXPECT_EQ(post(delivery.headers, delivery.body).status, 200);
    work();
    EXPECT_EQ(in_state("processed"), 1);
    EXPECT_EQ(rig_->number("select count(*) from jobs.dead"), 0);
}

}  // namespace
}  // namespace syncline::testing
