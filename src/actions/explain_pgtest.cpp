#include "actions/services_test.hpp"
#include "alerts/alerts.hpp"
#include "alerts/rules.hpp"
#include "jobs/queue.hpp"
#include "sync/orphans.hpp"
#include "sync/plans.hpp"

namespace syncline::actions {
namespace {

constexpr const char* kPlane = "6d0c9a52-0000-4000-8000-000000000001";

class Explain : public ActionsTest {
protected:
    void SetUp() override {
        ActionsTest::SetUp();
        add_link(1, kPlane, "Launch");
        (void)run(
            "insert into sync.links (org_id, profile, link, entity, title, odoo_id, plane_id, status, base, replan) "
            "values ($1, $2, 'project/odoo/1', 'project', 'Webshop', 1, 'pp', 'active', '{}', false)",
            {pg::testing::kOrg, profile_.name});
        for (const char* peer : {"odoo", "plane"}) {
            (void)run(
                "insert into sync.observations (org_id, profile, peer, entity, id, seen, digest, dirty, seen_at) "
                "values ($1, $2, $3, 'task', $4, '{}', '', false, $5)",
                {pg::testing::kOrg, profile_.name, peer, std::string(peer) == "odoo" ? "1" : kPlane,
                 format_iso(now())});
            (void)run(
                "insert into sync.coverage (org_id, profile, container, peer, covered_until, seen_until, "
                "looked_at, method) values ($1, $2, 'project/odoo/1', $3, $4, $4, $4, 'light')",
                {pg::testing::kOrg, profile_.name, peer, format_iso(now())});
        }
    }
    Explanation explain(const std::string& what) { return must(links_explain(services(), {what})); }
    // "step/state" of what is not well.
    std::vector<std::string> trouble(const Explanation& it) {
        std::vector<std::string> out;
        for (const ReasonView& one : it.chain) {
            if (one.state != "ok") out.push_back(one.step + "/" + one.state);
        }
        return out;
    }
    std::string says(const Explanation& it, const std::string& step) {
        for (const ReasonView& one : it.chain) {
            if (one.step == step && one.state != "ok") return one.says + " | " + one.cure;
        }
        return "";
    }
};

using Lines = std::vector<std::string>;

TEST_F(Explain, ALinkThatIsWell) {
    const Explanation it = explain("task/odoo/1");
    EXPECT_EQ(trouble(it), Lines{});
    EXPECT_EQ(it.verdict, "in_step");
}

TEST_F(Explain, WhatTheStoreKnowsOfEachStep) {
    must(in_store([&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("update sync.observations set dirty = true where org_id = $1 and peer = 'plane'",
                    {pg::testing::kOrg}));
        jobs::NewJob job;
        job.kind = "look";
        job.subject = std::string("plane/item/") + kPlane;
        TRY(jobs::enqueue(tx, services().scope.org, job, now()));
        TRY(alerts::raise(tx, services().scope.org,
                          *alerts::breaker_open({"plane", now() - std::chrono::minutes(3), "timeout"}, now()), now()));
        TRY(tx.exec("update sync.links set held = true where org_id = $1 and link = 'project/odoo/1'",
                    {pg::testing::kOrg}));
        sync::SavedPlan plan;
        plan.hash = "3f2a91c0d1e2f3a4b5c6";
        plan.status = "held";
        plan.reason = "project/odoo/1: 6 of 10 linked records change at once (more than 20 %)";
        plan.body = {json::Object{{"link", "task/odoo/1"}, {"hash", "x"}}};
        plan.created_at = now();
        plan.expires_at = now() + std::chrono::hours(1);
        TRY(sync::save_plan(tx, services().scope, plan));
        TRY(
            tx.exec("update sync.links set failures = 2, last_error = 'HTTP 500', "
                    "parked = '[{\"field\": \"assignees\", \"reason\": \"user_unmapped\", \"detail\": \"user 10\"}]' "
                    "where org_id = $1 and link = 'task/odoo/1'",
                    {pg::testing::kOrg}));
        return ok();
    }));
    clock_.advance(std::chrono::minutes(20));
    const Explanation it = explain("task/odoo/1");
    EXPECT_EQ(it.verdict, "stopped");
    EXPECT_EQ(trouble(it), (Lines{"seen/waits", "queue/waits", "peers/waits", "coverage/waits", "coverage/waits",
                                  "guard/stopped", "parked/stopped", "tried/waits"}));
    EXPECT_NE(says(it, "guard").find("syncline apply 3f2a91c0d1e2"), std::string::npos) << says(it, "guard");
    EXPECT_NE(says(it, "parked").find("e-mail address"), std::string::npos) << says(it, "parked");
    EXPECT_NE(says(it, "coverage").find("20 min"), std::string::npos) << says(it, "coverage");
}

TEST_F(Explain, ADeadJobIsNamedWithWhatToDo) {
    jobs::NewJob job;
    job.kind = "look";
    job.subject = "odoo/project.task/1";
    must(in_store([&](pg::Transaction& tx) { return jobs::enqueue(tx, services().scope.org, job, now()); }));
    jobs::Queue queue(database(), services().scope.org, random_.uuid());
    const std::vector<jobs::Job> taken = must(queue.claim({"look"}, 1, now()));
    ASSERT_EQ(taken.size(), 1u);
    must(queue.fail(taken[0], make_error(Errc::kForbidden, "403"), now(), random_));
    const Explanation it = explain("odoo:project.task:1");
    EXPECT_EQ(trouble(it), Lines{"queue/stopped"});
    EXPECT_NE(says(it, "queue").find("syncline dlq retry " + std::to_string(taken[0].id)), std::string::npos);
}

TEST_F(Explain, WorkThatExistsInPlaneOnly) {
    must(in_store([&](pg::Transaction& tx) {
        return sync::save_orphans(
            tx, services().scope,
            {{"6d0c9a52-0000-4000-8000-00000000000f", "pp", "task", "Born in Plane", "orphan", "", ""}});
    }));
    for (const char* what : {"6d0c9a52-0000-4000-8000-00000000000f", "born in plane"}) {
        const Explanation it = explain(what);
        EXPECT_EQ(it.title, "Born in Plane");
        EXPECT_EQ(it.project, "Webshop");
        EXPECT_EQ(it.verdict, "stopped");
        EXPECT_EQ(trouble(it), Lines{"known/stopped"});
    }
    must(in_store([&](pg::Transaction& tx) {
        return sync::dismiss_orphan(tx, services().scope, "6d0c9a52-0000-4000-8000-00000000000f");
    }));
    EXPECT_EQ(trouble(explain("born in plane")), Lines{"known/note"});
}

TEST_F(Explain, ARecordOfOdooWithoutALink) {
    for (const char* what : {"task/odoo/99", "project.task:99", "odoo:project.task:99"}) {
        const Explanation it = explain(what);
        EXPECT_EQ(it.link, "");
        EXPECT_EQ(it.odoo, "project.task:99");
        EXPECT_NE(says(it, "known").find("cannot be asked now"), std::string::npos) << says(it, "known");
    }
    EXPECT_EQ(code_of(links_explain(services(), {"no such thing"})), Errc::kNotFound);
    EXPECT_EQ(code_of(links_explain(services(), {"task/odoo/x"})), Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::actions
