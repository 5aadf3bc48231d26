#include <gtest/gtest.h>

#include "ledger/artifacts.hpp"
#include "ledger/run_events.hpp"
#include "ledger/runs.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "vault/digest.hpp"

namespace syncline::ledger {
namespace {

using pg::testing::kOrg;

class Runs : public pg::testing::PgTest {
protected:
    template <typename Body>
    auto in(Body body) {
        auto done = database().transact(kOrg, body);
        EXPECT_TRUE(done.ok()) << done.error().message;
        if constexpr (!std::is_same_v<decltype(done), Result<void>>) return done;
    }
    const access::OrgId org_ = access::default_org();
    const access::Scope scope_{org_, "delivery"};
    const std::string run_ = "11111111-1111-4111-8111-111111111111";
    const std::string cause_ = "22222222-2222-4222-8222-222222222222";
    const Time now_ = *parse_time("2026-11-21T08:00:00Z");
};

TEST_F(Runs, KeepWhatCausedThem) {
    in([&](pg::Transaction& tx) -> Result<void> {
        ledger::Run work{run_, "look", now_, std::nullopt, "running", {}, "", cause_};
        TRY(start_run(tx, scope_, work));
        work.ended_at = now_ + std::chrono::seconds(1);
        work.status = "done";
        work.counts = {{"written", 2}};
        return end_run(tx, scope_, work);
    });
    const auto runs = in([&](pg::Transaction& tx) { return recent_runs(tx, scope_, 10); });
    ASSERT_EQ(runs->size(), 1u);
    EXPECT_EQ(runs->front().correlation, cause_);
    const pg::Rows view =
        run("select id, kind, status, input->>'profile' as profile, output->>'written' as written, correlation_id, "
            "completed_at - started_at as took from ops.runs");
    ASSERT_EQ(view.size(), 1u);
    EXPECT_EQ(view.text(0, "id"), run_);
    EXPECT_EQ(view.text(0, "status"), "completed");
    EXPECT_EQ(view.text(0, "profile"), "delivery");
    EXPECT_EQ(view.text(0, "written"), "2");
    EXPECT_EQ(view.text(0, "correlation_id"), cause_);
    EXPECT_EQ(view.text(0, "took"), "00:00:01");
}

TEST_F(Runs, TheViewShowsAnotherOrgNothing) {
    add_org();
    in([&](pg::Transaction& tx) {
        return start_run(tx, scope_, {run_, "look", now_, std::nullopt, "running", {}, "", ""});
    });
    EXPECT_EQ(run("select id from ops.runs").size(), 1u);
    EXPECT_TRUE(run("select id from ops.runs", {}, pg::testing::kOtherOrg).empty());
}

TEST_F(Runs, IdleOnesGoAndTheLedgerStays) {
    in([&](pg::Transaction& tx) -> Result<void> {
        ledger::Run idle{run_, "sync", now_, now_, "done", {{"idle", true}}, ""};
        TRY(start_run(tx, scope_, idle));
        TRY(end_run(tx, scope_, idle));
        return forget_idle_runs(tx, scope_, cause_, now_);
    });
    EXPECT_TRUE(in([&](pg::Transaction& tx) { return recent_runs(tx, scope_, 10); })->empty());
}

TEST_F(Runs, WhatAnEventAskedForStaysForAWhile) {
    const auto left = [&](Time looks_before) {
        return in([&](pg::Transaction& tx) -> Result<std::vector<ledger::Run>> {
                   TRY(forget_idle_runs(tx, scope_, cause_, looks_before));
                   return recent_runs(tx, scope_, 10);
               })
            ->size();
    };
    in([&](pg::Transaction& tx) -> Result<void> {
        ledger::Run idle{run_, "look", now_, now_, "done", {{"idle", true}}, ""};
        TRY(start_run(tx, scope_, idle));
        return end_run(tx, scope_, idle);
    });
    EXPECT_EQ(left(now_), 1u);
    EXPECT_EQ(left(now_ + std::chrono::seconds(1)), 0u);
}

TEST_F(Runs, SayWhatHappened) {
    in([&](pg::Transaction& tx) {
        return append(tx, org_,
                      std::vector<RunEvent>{
                          {0, run_, cause_, now_, "warn", "peer.refused", "Plane said: \"no\"", {{"status", 400}}},
                          {0, run_, "", now_ + std::chrono::seconds(1), "info", "done", "", {}},
                          {0, "", "", now_, "error", "listener.lost", "the store went away", {}},
                      });
    });
    const auto events = in([&](pg::Transaction& tx) { return run_events(tx, org_, run_, 10); });
    ASSERT_EQ(events->size(), 2u);
    EXPECT_EQ(events->at(0).message, "Plane said: \"no\"");
    EXPECT_EQ(events->at(0).facts, (json::Object{{"status", 400}}));
    EXPECT_EQ(events->at(0).correlation, cause_);
    EXPECT_EQ(events->at(0).at, now_);
    EXPECT_EQ(events->at(1).kind, "done");
    EXPECT_EQ(*in([&](pg::Transaction& tx) { return forget_run_events(tx, org_, now_ + std::chrono::seconds(1)); }), 2);
    EXPECT_EQ(in([&](pg::Transaction& tx) { return run_events(tx, org_, run_, 10); })->size(), 1u);
}

TEST_F(Runs, LeaveArtifacts) {
    const std::string bytes("\0\x01 PDF \xff", 8);
    const Artifact report{0, run_, "report.pdf", "application/pdf", "", 0, now_};
    const auto id = in([&](pg::Transaction& tx) { return put_artifact(tx, org_, report, "first"); });
    EXPECT_EQ(*in([&](pg::Transaction& tx) { return put_artifact(tx, org_, report, bytes); }), *id) << "replaced";
    const auto listed = in([&](pg::Transaction& tx) { return artifacts(tx, org_, run_, 10); });
    ASSERT_EQ(listed->size(), 1u);
    EXPECT_EQ(listed->front().sha256, vault::sha256_hex(bytes));
    EXPECT_EQ(listed->front().size, 8);
    EXPECT_EQ(listed->front().media_type, "application/pdf");
    EXPECT_EQ(*in([&](pg::Transaction& tx) { return artifact_bytes(tx, org_, *id); }), bytes);
    const auto none = database().transact(kOrg, [&](pg::Transaction& tx) { return artifact_bytes(tx, org_, 999); });
    EXPECT_EQ(none.error().code, Errc::kNotFound);
    const auto large = database().transact(kOrg, [&](pg::Transaction& tx) {
        return put_artifact(tx, org_, report, std::string(kArtifactBytesMax + 1, 'x'));
    });
    EXPECT_EQ(large.error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::ledger
