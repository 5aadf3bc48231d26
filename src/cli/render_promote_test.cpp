#include "cli/render_promote.hpp"

#include <gtest/gtest.h>

#include "cli/golden_test.hpp"
#include "cli/parse.hpp"
#include "cli/parse_test.hpp"

namespace syncline::cli {
namespace {

using namespace actions;

constexpr const char* kPromotedAt = "2026-11-28T08:15:30.123456Z";

PromotionPlan promotion_plan() {
    PromotionPlan it;
    it.hash = kHash;
    it.state = "open";
    it.asked_by = "anna";
    it.asked_at = kPromotedAt;
    it.expires_at = "2026-11-29T08:15:30.123456Z";
    it.lines = 52;
    it.counts = {{"category", 3, 0, 0, 0, 0}, {"product", 20, 4, 2, 1, 0}, {"variant", 20, 0, 0, 0, 2}};
    it.reasons = {{"sku_conflict", 2, "give one of them another SKU in Odoo, pull, and plan again"}};
    it.samples = {
        {"product", 1, "Trail Shoe", "create", "", {{{"field", "name"}, {"from", nullptr}, {"to", "Trail Shoe"}}}},
        {"product", 2, "Road Shoe", "update", "", {{{"field", "list_price"}, {"from", 9.5}, {"to", 10}}}},
        {"variant", 9, "X", "quarantine", "variant 5 has the SKU X", {}}};
    it.risks = {"2 of variant stay out because another record has their SKU"};
    it.recommendation = "approve: it can be undone as long as nobody edits the rows";
    return it;
}

DecisionView decision() {
    return {4,
            "promote product, variant: 40 created, 4 updated, 2 archived, 2 in quarantine",
            "bert",
            "anna",
            kPromotedAt,
            {"approve", "reject"},
            {"2 of variant stay out because another record has their SKU"},
            "approve: it can be undone as long as nobody edits the rows",
            "approved",
            "the shop opens on Monday",
            kHash,
            ""};
}

TEST(RenderPromote, APlan) {
    expect_golden("promote_plan", render(promotion_plan(), {}));
    PromotionPlan approved = promotion_plan();
    approved.state = "approved";
    EXPECT_NE(render(approved, {}).find("syncline promote apply 3f2a91c0d1e2\n"), std::string::npos);
    EXPECT_EQ(render(PromotionPlan{}, {}), "nothing to promote: the core is as what is selected\n");
    EXPECT_EQ(plain(render(promotion_plan(), {true})), render(promotion_plan(), {}));
}

TEST(RenderPromote, DecisionsAndWhatCameOfThem) {
    expect_golden("promote_approve", render(PromoteDecision{kHash, decision()}, {}));
    DecisionView led = decision();
    led.run = kRun;
    expect_golden("decisions", render(DecisionList{{led}}, {}));
    EXPECT_EQ(render(DecisionList{}, {}), "nobody decided anything yet\n");
    expect_golden("promote_apply", render(PromoteReport{kRun, kHash, false, 52, 52, promotion_plan().counts}, {}));
    EXPECT_NE(render(PromoteReport{kRun, kHash, true, 52, 0, {}}, {}).find("applied before"), std::string::npos);
    expect_golden("promote_undo", render(UndoReport{kRun, kRun, 4, 41, 60, {{"variant", 1, "edited since"}}}, {}));
}

TEST(RenderPromote, HowThingsStand) {
    PromoteStatus status{{{"category", {"categories"}, 3, 0, 0, 0, 0},
                          {"product", {"products"}, 20, 2, 4, 900, 0},
                          {"variant", {"variants"}, 20, 0, 2, 0, 2}},
                         {{kHash, "applied", "anna", kPromotedAt, "bert", kRun, 52, 52},
                          {kHash, "open", "anna", kPromotedAt, "", "", 7, 0}}};
    expect_golden("promote_status", render(status, {}));
    const QuarantineList list{
        {{"variant", 9, 2, "X", "sku_conflict", "variant 5 has the SKU X", kPromotedAt}}, 2, promotion_plan().reasons};
    expect_golden("promote_quarantine", render(list, {}));
    EXPECT_EQ(render(QuarantineList{}, {}), "nothing is in quarantine\n");
}

TEST(ParsePromote, Verbs) {
    const Command plan = parsed({"promote", "plan", "products", "order"});
    EXPECT_EQ(plan.verb, Verb::kPromotePlan);
    EXPECT_EQ(plan.promote.entities, (std::vector<std::string>{"products", "order"}));
    const Command approve = parsed({"promote", "approve", "3f2a91c0", "--by", "bert", "--why", "it is right"});
    EXPECT_EQ(approve.verb, Verb::kPromoteApprove);
    EXPECT_EQ(approve.promote.hash, "3f2a91c0");
    EXPECT_EQ(approve.promote.by, "bert");
    EXPECT_EQ(parsed({"promote", "reject", "3f2a91c0", "--why", "no"}).verb, Verb::kPromoteReject);
    EXPECT_EQ(parsed({"promote", "undo", kRun}).promote.run, kRun);
    const Command held = parsed({"promote", "quarantine", "--entity", "variant", "--rows", "5"});
    EXPECT_EQ(held.verb, Verb::kPromoteQuarantine);
    EXPECT_EQ(held.rows_max, 5);
    EXPECT_EQ(parsed({"decisions"}).verb, Verb::kDecisions);
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"promote", "approve", "3f2a91c0"}))) << "a reason is needed";
    EXPECT_TRUE(std::holds_alternative<Say>(parse({"promote"})));
}

}  // namespace
}  // namespace syncline::cli
