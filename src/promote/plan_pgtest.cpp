#include "promote/testing/shop.hpp"

namespace syncline::promote {
namespace {

class PlanTest : public testing::ShopTest {};

TEST_F(PlanTest, SaysWhatWouldBeDoneAndDoesNothing) {
    fill();
    const Plan made = plan();
    const Counts all = total_of(made.counts);
    EXPECT_EQ(all.created, 11);
    EXPECT_EQ(all.total(), 11) << "nothing is left out: "
                               << one("select string_agg(detail, '; ') from promote.quarantine");
    EXPECT_EQ(made.state, "open");
    EXPECT_EQ(made.hash.size(), 64u);
    EXPECT_EQ(one("select count(*) from core.products"), "0");
    EXPECT_EQ(one("select count(*) from odoo.records where taken is not null"), "0");
    ASSERT_FALSE(made.samples.empty());
    EXPECT_EQ(made.samples.front().entity, "category");
    EXPECT_FALSE(made.samples.front().changes.empty());
}

TEST_F(PlanTest, TheSameAgainIsTheSamePlan) {
    fill();
    const Plan first = plan();
    clock_.advance(std::chrono::hours(1));
    const Plan again = plan();
    EXPECT_EQ(again.hash, first.hash);
    EXPECT_EQ(again.id, first.id);
    EXPECT_GT(again.expires_at, first.expires_at);
    EXPECT_EQ(one("select count(*) from promote.plans"), "1");
    product(1, "Trail Shoe 2");
    EXPECT_NE(plan().hash, first.hash);
}

TEST_F(PlanTest, OnlyWhatIsSelected) {
    fill();
    choose_all("product", {false, false, false});
    must(database().run(org(), [&](pg::Transaction& tx) -> Result<void> {
        TRY(mirror::choose(tx, source_, "product", mirror::Direction::kInbound, {2}, mirror::Choice::kInclude,
                           {"anna", clock_.now()}));
        return ok();
    }));
    const Plan made = plan({"products", "variant"});
    EXPECT_EQ(made.entities, (std::vector<std::string>{"product", "variant"}));
    EXPECT_EQ(total_of(made.counts).created, 2) << "the product and its variant";
    EXPECT_EQ(total_of(made.counts).reasons, (std::map<std::string, std::int64_t>{{"reference_waiting", 2}}));
}

TEST_F(PlanTest, AnEntityWithoutFormIsRefused) {
    Context it = context();
    EXPECT_EQ(make_plan(it, {"country"}, "anna").error().code, Errc::kInvalid);
    EXPECT_EQ(make_plan(it, {"nonsense"}, "anna").error().code, Errc::kNotFound);
}

TEST_F(PlanTest, NothingToDoIsNoPlan) {
    const Plan made = plan();
    EXPECT_EQ(made.hash, "");
    EXPECT_EQ(one("select count(*) from promote.plans"), "0");
}

TEST_F(PlanTest, WhatWaitsIsReleasedByTheNextPlan) {
    partner(3, "Delivery", 8);
    order(1, 8);
    const Plan early = plan();
    EXPECT_EQ(total_of(early.counts).quarantined, 2);
    EXPECT_EQ(one("select string_agg(distinct reason, ' ') from promote.quarantine"), "reference_missing");
    partner(8, "Müller");
    const Plan late = plan();
    EXPECT_EQ(total_of(late.counts).quarantined, 0);
    EXPECT_EQ(total_of(late.counts).created, 3);
    EXPECT_EQ(one("select count(*) from promote.quarantine"), "0");
}

// To select what is selected already helps nobody.
TEST_F(PlanTest, WhatMeansARecordInQuarantineSaysSo) {
    partner(8, "  ");  // nobody's name
    order(1, 8);
    const auto why = [&] { return one("select detail from promote.quarantine where entity = 'sale_order'"); };
    plan();
    EXPECT_NE(why().find(" is in quarantine itself: mend that first"), std::string::npos) << why();
    plan({"sale_order"});
    EXPECT_NE(why().find(" is in quarantine itself: mend that first"), std::string::npos) << why();
    choose_all("partner", {false, false, false});
    plan();
    EXPECT_NE(why().find(" is not taken over: select it, too"), std::string::npos) << why();
}

TEST_F(PlanTest, ADeepTreeComesParentsFirst) {
    for (std::int64_t id = 1; id <= 20; ++id) {
        record(
            "category", id,
            {{"name", "C" + std::to_string(id)}, {"parent_id", id == 20 ? json::Value(false) : json::Value(id + 1)}});
    }
    settings_.batch_rows = 3;
    promote();
    EXPECT_EQ(one("select count(*) from core.categories where parent_id is not null"), "19");
}

TEST_F(PlanTest, OneSkuHasOneOwner) {
    product(1, "A");
    variant(9, 1, "X");
    variant(5, 1, "X");
    variant(4, 1, "X", false);
    promote();
    EXPECT_EQ(
        one("select m.external_id from core.variants v join core.mappings m on m.internal_id = v.id where sku = 'X' "
            "and active"),
        "5");
    EXPECT_EQ(one("select detail from promote.quarantine where external_id = 9"), "variant 5 has the SKU X");
    EXPECT_EQ(one("select count(*) from core.variants where not active and sku = 'X'"), "1")
        << "archived ones hold none";
    // The owner hands it on.
    variant(5, 1, "Y");
    promote();
    EXPECT_EQ(one("select string_agg(sku, ' ' order by sku) from core.variants where active"), "X Y");
    EXPECT_EQ(one("select count(*) from promote.quarantine"), "0");
}

// Whatever the size of batches, and in whatever order the records came into the mirror.
TEST_F(PlanTest, OrderDecidesNothing) {
    SeededRandom random(5);
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; id <= 30; ++id) ids.push_back(id);
    product(1, "A");
    std::string first;
    for (const int batch : {1000, 7, 1}) {
        run("delete from odoo.records where entity = 'variant'");
        for (std::size_t i = ids.size(); i > 1; --i) std::swap(ids[i - 1], ids[random.below(i)]);
        for (const std::int64_t id : ids) variant(id, 1, "S" + std::to_string(id * 7 % 11), id % 5 != 0);
        settings_.batch_rows = batch;
        plan();
        const std::string lines =
            one("select string_agg(external_id || ' ' || action || ' ' || detail, E'\\n' order by "
                "entity, external_id) from promote.plan_lines where plan = (select plan from "
                "promote.plans order by asked_at desc limit 1)");
        if (first.empty()) first = lines;
        EXPECT_EQ(lines, first) << batch;
        run("delete from promote.plans");
    }
}

TEST_F(PlanTest, ARowOfOnesOwnIsAdoptedBySku) {
    run("insert into core.products (org_id, id, name, kind) values ($1, '11111111-1111-4111-8111-111111111111', "
        "'mine', "
        "'goods')",
        {org()});
    run("insert into core.variants (org_id, id, product_id, sku) values ($1, '22222222-2222-4222-8222-222222222222', "
        "'11111111-1111-4111-8111-111111111111', 'RS-1')",
        {org()});
    fill();
    const std::string before = core();
    const Applied applied = promote();
    EXPECT_EQ(one("select name from core.products where id = '11111111-1111-4111-8111-111111111111'"), "Road Shoe");
    EXPECT_EQ(one("select external_id from core.mappings where internal_id = '22222222-2222-4222-8222-222222222222'"),
              "3");
    EXPECT_EQ(one("select count(*) from core.variants where sku = 'RS-1'"), "1");
    undo_it(applied.run);
    EXPECT_EQ(core(), before);
}

TEST_F(PlanTest, ACustomerThatBecomesAnAddressWaitsForAPerson) {
    partner(8, "Müller");
    partner(9, "Meier");
    promote();
    partner(9, "Meier", 8);
    const Plan made = plan();
    EXPECT_EQ(total_of(made.counts).reasons, (std::map<std::string, std::int64_t>{{"changed_kind", 1}}));
}

}  // namespace
}  // namespace syncline::promote
