#include <gtest/gtest.h>

#include "actions/promote_handlers.hpp"
#include "actions/registry.hpp"
#include "actions/services_test.hpp"
#include "mirror/selection.hpp"

namespace syncline::actions {
namespace {

class PromoteActions : public ActionsTest {
protected:
    void SetUp() override {
        ActionsTest::SetUp();
        must(in_store([&](pg::Transaction& tx) {
            return mirror::set_rule(tx, {services().scope.org}, "category", mirror::Direction::kInbound,
                                    {true, true, true}, {"ada", now()});
        }));
        category(1, R"({"id":1,"name":"All","complete_name":"All","parent_id":false})");
    }
    void category(std::int64_t id, const std::string& data) {
        run("insert into odoo.records (org_id, entity, external_id, version, hash, run, seen_at, sync_data) values "
            "($1, "
            "'category', $2, 1, '\\x00', '33333333-3333-4333-8333-333333333333', $3, $4)",
            {pg::testing::kOrg, id, format_iso(now()), data});
    }
    json::Value invoke_ok(std::string_view name, const json::Object& input) {
        return must(invoke(services(), name, input));
    }
};

TEST_F(PromoteActions, FromPlanToUndoByName) {
    category(2, R"({"id":2,"name":false,"parent_id":false})");
    const json::Value plan = invoke_ok("promote.plan", {{"entities", json::Array{"categories"}}});
    const std::string hash(json::text_or(plan, "hash"));
    ASSERT_EQ(hash.size(), 64u);
    EXPECT_EQ(json::text_or(plan, "asked_by"), "ada");
    const Result<json::Value> own = invoke(services(), "promote.approve", json::Object{{"hash", hash}, {"why", "x"}});
    EXPECT_EQ(code_of(own), Errc::kForbidden) << "the caller asked for it";
    EXPECT_EQ(code_of(invoke(services(), "promote.apply", json::Object{{"hash", hash}})), Errc::kHeld);
    EXPECT_EQ(code_of(invoke(services(), "promote.approve",
                             json::Object{{"hash", hash}, {"why", "x"}, {"by", "bob"}, {"decision", "perhaps"}})),
              Errc::kInvalid);
    invoke_ok("promote.approve", {{"hash", hash}, {"why", "it is right"}, {"by", "bob"}});
    const json::Value done = invoke_ok("promote.apply", {{"hash", hash}});
    EXPECT_EQ(json::integer_or(done, "done_now"), 2);
    const json::Value held = invoke_ok("promote.quarantine", {{"entity", "categories"}});
    EXPECT_EQ(json::integer_or(held, "row_count"), 1);
    EXPECT_EQ(json::text_or(held.at("rows").at(0), "reason"), "missing_value");
    EXPECT_FALSE(json::text_or(held.at("reasons").at(0), "advice").empty());
    const json::Value status = invoke_ok("promote.status", {});
    EXPECT_EQ(json::text_or(status.at("plans").at(0), "state"), "applied");
    const json::Value undone = invoke_ok("promote.undo", {{"run", json::text_or(done, "run")}});
    EXPECT_EQ(json::integer_or(undone, "removed"), 1);
    const json::Value log = invoke_ok("decisions.list", {});
    EXPECT_EQ(log.at("decisions").get_array().size(), 2u);
}

TEST_F(PromoteActions, SayHowFarTheyAreAndEndWhenAsked) {
    std::vector<std::string> phases;
    services().progress = [&](const sync::Progress& progress) { phases.push_back(progress.phase); };
    must(promote_plan(services(), {}));
    ASSERT_FALSE(phases.empty());
    EXPECT_EQ(phases.front(), "planning category");
    services().stop = [] { return true; };
    EXPECT_EQ(code_of(promote_plan(services(), {})), Errc::kCancelled);
}

TEST_F(PromoteActions, RefuseWhatTheyDoNotKnow) {
    EXPECT_EQ(code_of(promote_quarantine(services(), {"", "boredom"})), Errc::kInvalid);
    EXPECT_EQ(code_of(promote_quarantine(services(), {"nonsense", ""})), Errc::kNotFound);
    EXPECT_EQ(code_of(promote_apply(services(), {"12345678"})), Errc::kNotFound);
    EXPECT_EQ(code_of(promote_apply(services(), {"no hash"})), Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::actions
