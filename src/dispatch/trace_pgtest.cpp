#include <gtest/gtest.h>

#include <algorithm>

#include "dispatch/trace.hpp"
#include "pg/testing/pg_fixture.hpp"

namespace syncline::dispatch {
namespace {

using pg::testing::kOrg;

constexpr const char* kCause = "c0000000-0000-4000-8000-000000000001";
constexpr const char* kOtherCause = "c0000000-0000-4000-8000-000000000002";
constexpr const char* kRun = "a0000000-0000-4000-8000-000000000001";
constexpr const char* kLaterRun = "a0000000-0000-4000-8000-000000000002";
constexpr const char* kItem = "b0000000-0000-4000-8000-000000000001";
constexpr const char* kOtherItem = "b0000000-0000-4000-8000-000000000002";

// Two webhooks, of two items; one run looked at both; later a sweep wrote the first again.
class Tracing : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        profile_.name = "delivery";
        profile_.entities.push_back({});
        profile_.entities.back().name = "task";
        profile_.entities.back().odoo_model = "project.task";
        profile_.entities.back().plane_kind = "work_item";
        for (const auto& [link, odoo, plane] :
             {std::tuple{"task/odoo/42", 42, kItem}, std::tuple{"task/odoo/43", 43, kOtherItem}}) {
            run("insert into sync.links (org_id, profile, link, entity, odoo_id, plane_id) "
                "values ($1, 'delivery', $2, 'task', $3, $4)",
                {kOrg, link, odoo, plane});
        }
        receive(kCause, kItem, "01");
        receive(kOtherCause, kOtherItem, "02");
        run("insert into ledger.runs (org_id, run, profile, kind, started_at, ended_at, status, correlation) values "
            "($1, $2, 'delivery', 'look', '2026-11-21T08:00:01Z', '2026-11-21T08:00:03Z', 'done', $3), "
            "($1, $4, 'delivery', 'sweep', '2026-11-21T09:00:00Z', '2026-11-21T09:00:02Z', 'failed', null)",
            {kOrg, kRun, kCause, kLaterRun});
        run("insert into ops.run_events (org_id, run, correlation, at, level, kind, message, facts) values "
            "($1, $2, $3, '2026-11-21T08:00:01.5Z', 'info', 'observed', 'looked at 2 items', '{}'), "
            "($1, $4, null, '2026-11-21T09:00:01.5Z', 'error', 'peer', 'Odoo answered 500', '{\"status\": 500}')",
            {kOrg, kRun, kCause, kLaterRun});
        run("insert into ledger.conflicts (org_id, run, at, profile, link, field, winner, winning, losing, reason) "
            "values ($1, $2, '2026-11-21T08:00:02Z', 'delivery', 'task/odoo/42', 'name', 'plane', '\"B\"', '\"A\"', "
            "'newer')",
            {kOrg, kRun});
        run("insert into ledger.entries (org_id, run, at, profile, link, side, action, changes) values "
            "($1, $2, '2026-11-21T08:00:02Z', 'delivery', 'task/odoo/42', 'odoo', 'updated', "
            "'[{\"field\": \"name\", \"from\": \"A\", \"to\": \"B\"}]'), "
            "($1, $2, '2026-11-21T08:00:02Z', 'delivery', 'task/odoo/43', 'odoo', 'updated', '[]'), "
            "($1, $3, '2026-11-21T09:00:01Z', 'delivery', 'task/odoo/42', 'plane', 'updated', '[]')",
            {kOrg, kRun, kLaterRun});
    }

    void receive(const char* cause, const char* item, const char* digest) {
        const std::string subject = std::string("plane/item/") + item;
        const pg::Rows made =
            run("insert into ingress.receipts (org_id, endpoint, source, digest, correlation, kind, body, received_at) "
                "values ($1, 'main', 'plane', decode($2, 'hex'), $3, 'issue.updated', '{}', '2026-11-21T08:00:00Z') "
                "returning receipt",
                {kOrg, digest, cause});
        run("insert into ingress.inbox (org_id, receipt, subject, state, run, changed_at) "
            "values ($1, $2, $3, 'processed', $4, '2026-11-21T08:00:03Z')",
            {kOrg, made.integer(0, "receipt"), subject, kRun});
        receipts_.push_back(made.integer(0, "receipt"));
    }

    Result<Trace> tell(const std::string& id, int rows_max = kTraceRowsMax) {
        return database().transact(kOrg,
                                   [&](pg::Transaction& tx) { return trace(tx, scope_, profile_, id, rows_max); });
    }
    Trace told(const std::string& id) {
        const Result<Trace> found = tell(id);
        EXPECT_TRUE(found.ok()) << id << ": " << found.error().message;
        return found.ok() ? *found : Trace{};
    }
    static std::string whats(const Trace& trace) {
        std::string text;
        for (const TraceRow& row : trace.rows) text += (text.empty() ? "" : " ") + row.what;
        return text;
    }
    static bool mentions(const Trace& trace, const std::string& text) {
        return std::any_of(trace.rows.begin(), trace.rows.end(), [&](const TraceRow& row) {
            return row.about.find(text) != std::string::npos || row.detail.find(text) != std::string::npos;
        });
    }

    const access::Scope scope_{access::default_org(), "delivery"};
    profile::Profile profile_;
    std::vector<std::int64_t> receipts_;
};

TEST_F(Tracing, ACauseIsToldFromTheWebhookToTheLedger) {
    const Trace trace = told(kCause);
    EXPECT_EQ(trace.kind, "correlation");
    EXPECT_EQ(whats(trace), "receipt run event entry conflict inbox run");
    ASSERT_EQ(trace.rows.size(), 7u);
    EXPECT_EQ(trace.rows[0].detail, "plane issue.updated at main, correlation " + std::string(kCause));
    EXPECT_EQ(trace.rows[1].detail, "look began");
    EXPECT_EQ(trace.rows[2].detail, "info: looked at 2 items");
    EXPECT_EQ(trace.rows[3].about, "task/odoo/42");
    EXPECT_EQ(trace.rows[3].detail, "updated odoo: name \"A\" -> \"B\"");
    EXPECT_EQ(trace.rows[4].detail, "name: plane won with \"B\" over \"A\" (newer)");
    EXPECT_EQ(trace.rows[5].detail, "processed by run " + std::string(kRun));
    EXPECT_EQ(trace.rows[6].detail, "look ended: done");
    EXPECT_FALSE(mentions(trace, "task/odoo/43")) << "the same run, another cause";
    EXPECT_FALSE(mentions(trace, kLaterRun));
    EXPECT_EQ(trace.links, std::vector<std::string>{"task/odoo/42"});
}

TEST_F(Tracing, OneOfABatchIsToldByItsOwnCauseToo) {
    const Trace trace = told(kOtherCause);
    EXPECT_EQ(whats(trace), "receipt run event entry inbox run");
    EXPECT_TRUE(mentions(trace, "task/odoo/43"));
    EXPECT_FALSE(mentions(trace, "task/odoo/42"));
}

TEST_F(Tracing, AReceiptIsItsCause) {
    for (const std::string& id : {std::to_string(receipts_[0]), "receipt/" + std::to_string(receipts_[0])}) {
        const Trace trace = told(id);
        EXPECT_EQ(trace.kind, "receipt");
        EXPECT_EQ(trace.correlations, std::vector<std::string>{kCause});
        EXPECT_EQ(whats(trace), "receipt run event entry conflict inbox run");
    }
}

TEST_F(Tracing, ARunIsToldWhole) {
    const Trace trace = told(kRun);
    EXPECT_EQ(trace.kind, "run");
    EXPECT_EQ(whats(trace), "receipt receipt run event entry entry conflict inbox inbox run");
    EXPECT_TRUE(mentions(trace, "task/odoo/42"));
    EXPECT_TRUE(mentions(trace, "task/odoo/43"));
    EXPECT_EQ(whats(told(kLaterRun)), "run entry event run");
    EXPECT_TRUE(mentions(told(kLaterRun), "sweep ended: failed"));
}

TEST_F(Tracing, ARecordIsToldOverAllItsRunsByAnyOfItsNames) {
    for (const std::string& id : {std::string("task/odoo/42"), std::string(kItem), "plane/item/" + std::string(kItem),
                                  std::string("odoo/project.task/42"), std::string("42")}) {
        const Trace trace = told(id);
        EXPECT_EQ(whats(trace), "receipt run entry conflict inbox run run entry event run") << id << " " << trace.kind;
        EXPECT_TRUE(mentions(trace, "Odoo answered 500 {\"status\": 500}")) << "what went wrong in its runs";
        EXPECT_FALSE(mentions(trace, "looked at 2 items")) << "not what they said besides";
        EXPECT_FALSE(mentions(trace, "task/odoo/43")) << id;
    }
}

TEST_F(Tracing, WorkThatWaitsAndWorkThatDiedIsPartOfIt) {
    const std::string subject = "plane/item/" + std::string(kItem);
    run("select jobs.enqueue($1::uuid, 'look', $2, '{}', 1, $3::uuid)", {kOrg, subject, kCause});
    run("insert into jobs.dead (org_id, id, subject, kind, priority, attempts, enqueued_at, correlation, payload, "
        "reason, "
        "error, died_at) values ($1, 900, $2, 'look', 1, 4, '2026-11-21T07:00:00Z', $3, '{}', 'ATTEMPTS_USED_UP', "
        "'no answer', '2026-11-21T07:00:09Z')",
        {kOrg, subject, kOtherCause});
    const Trace of_record = told("task/odoo/42");
    EXPECT_TRUE(mentions(of_record, "look waits"));
    ASSERT_FALSE(of_record.rows.empty());
    EXPECT_EQ(of_record.rows[0].detail, "look is dead (job 900): ATTEMPTS_USED_UP, no answer");
    const Trace of_job = told("job/900");
    EXPECT_EQ(of_job.kind, "job");
    EXPECT_TRUE(mentions(of_job, "look is dead"));
    EXPECT_TRUE(mentions(of_job, "task/odoo/43")) << "what its cause asked for besides";
}

TEST_F(Tracing, WhatIsUnknownIsSaid) {
    for (const char* id :
         {"", "nonsense", "task/odoo/999", "d0000000-0000-4000-8000-000000000001", "999", "receipt/999", "job/999",
          "receipt/x", "plane/item/x", "99999999999999999999", "a/b", "'; drop table x"}) {
        EXPECT_EQ(tell(id).error().code, Errc::kNotFound) << id;
    }
}

TEST_F(Tracing, ALongStoryKeepsItsEnd) {
    run("insert into ledger.entries (org_id, run, at, profile, link, action) select $1, $2::uuid, "
        "timestamptz '2026-11-21T10:00:00Z' + make_interval(secs => g), 'delivery', 'task/odoo/42', 'parked' "
        "from generate_series(1, 50) g",
        {kOrg, kLaterRun});
    const Result<Trace> trace = tell("task/odoo/42", 10);
    ASSERT_TRUE(trace.ok());
    EXPECT_TRUE(trace->cut);
    ASSERT_EQ(trace->rows.size(), 10u);
    EXPECT_EQ(format_iso(trace->rows.back().at), "2026-11-21T10:00:50.000000Z");
    EXPECT_FALSE(told("task/odoo/42").cut);
}

TEST_F(Tracing, AnotherOrgIsToldNothing) {
    add_org();
    const access::Scope other{*access::OrgId::parse(pg::testing::kOtherOrg), "delivery"};
    const Result<Trace> trace = database().transact(
        other.org.text(), [&](pg::Transaction& tx) { return dispatch::trace(tx, other, profile_, kCause); });
    EXPECT_EQ(trace.error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::dispatch
