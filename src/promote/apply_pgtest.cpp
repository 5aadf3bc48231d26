#include "ledger/runs.hpp"
#include "promote/decisions.hpp"
#include "promote/testing/shop.hpp"

namespace syncline::promote {
namespace {

class ApplyTest : public testing::ShopTest {};

TEST_F(ApplyTest, ReportsNeedNoJson) {
    fill();
    const Applied applied = promote();
    EXPECT_EQ(applied.done_now, 11);
    EXPECT_EQ(
        one("select c.name || ' ' || o.order_number || ' ' || i.sku || ' ' || i.total from core.sales_orders o join "
            "core.customers c on c.id = o.customer_id join core.sales_order_items i on i.order_id = o.id"),
        "Müller & Söhne GmbH S00001 TS-M 199.00");
    EXPECT_EQ(one("select shipping ->> 'name' from core.sales_orders"), "Delivery");
    EXPECT_EQ(one("select price from core.prices where sku = 'TS-S'"), "99.5");
    EXPECT_EQ(one("select p.name from core.categories c join core.categories p on p.id = c.parent_id"), "All");
    EXPECT_EQ(one("select count(*) from core.integration_mapping where entity_type = 'products' and is_active"), "2");
    EXPECT_EQ(one("select string_agg(distinct status, ' ') from odoo.records"), "in_sync");
    const auto runs = get(database().transact(org(), [&](pg::Transaction& tx) {
        return ledger::recent_runs(tx, {access::default_org(), "shop"}, 5);
    }));
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs[0].kind, "promote");
    EXPECT_EQ(runs[0].status, "done");
    EXPECT_EQ(runs[0].counts.at("created"), 11);
    EXPECT_NE(one("select count(*) from ledger.entries where run = $1", {applied.run}), "0");
}

TEST_F(ApplyTest, AgainDoesNothing) {
    fill();
    const Plan made = plan();
    approve(made);
    apply_it(made);
    const std::string after = core();
    const Applied again = apply_it(made);
    EXPECT_TRUE(again.before);
    EXPECT_EQ(again.done_now, 0);
    EXPECT_EQ(core(), after);
    EXPECT_EQ(plan().hash, "") << "nothing is left to promote";
}

TEST_F(ApplyTest, WithoutASecondPersonNothingHappens) {
    fill();
    const Plan made = plan();
    Context it = context();
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kHeld);
    EXPECT_EQ(decide(it, made.hash, Verdict::kApprove, "Anna ", "mine").error().code, Errc::kForbidden);
    EXPECT_EQ(decide(it, made.hash, Verdict::kApprove, "", "x").error().code, Errc::kInvalid);
    EXPECT_EQ(decide(it, made.hash, Verdict::kApprove, "bert", " ").error().code, Errc::kInvalid);
    const Approved approved = get(decide(it, made.hash.substr(0, 10), Verdict::kApprove, "bert", "it is right"));
    EXPECT_EQ(approved.plan.state, "approved");
    EXPECT_EQ(decide(it, made.hash, Verdict::kReject, "carl", "no").error().code, Errc::kMoved);
    const Applied applied = apply_it(made);
    const auto log =
        get(database().transact(org(), [&](pg::Transaction& tx) { return decisions(tx, source_.org, 10); }));
    ASSERT_EQ(log.size(), 1u);
    EXPECT_EQ(log[0].owner, "bert");
    EXPECT_EQ(log[0].asked_by, "anna");
    EXPECT_EQ(log[0].outcome, "approved");
    EXPECT_EQ(log[0].choices, (std::vector<std::string>{"approve", "reject"}));
    EXPECT_EQ(log[0].plan_hash, made.hash);
    EXPECT_EQ(log[0].run, applied.run);
    EXPECT_FALSE(log[0].recommendation.empty());
}

TEST_F(ApplyTest, ARejectedPlanStaysRejected) {
    fill();
    const Plan made = plan();
    Context it = context();
    get(decide(it, made.hash, Verdict::kReject, "bert", "not now"));
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kMoved);
    EXPECT_EQ(plan().state, "open") << "the same content can be asked for anew";
}

TEST_F(ApplyTest, WhatItWasMadeFromMoved) {
    fill();
    const Plan made = plan();
    approve(made);
    product(1, "Trail Shoe 2");
    Context it = context();
    const Result<Applied> refused = apply(it, made.hash);
    ASSERT_EQ(refused.error().code, Errc::kMoved);
    EXPECT_NE(refused.error().message.find("product 1 (Trail Shoe) has a newer version"), std::string::npos)
        << refused.error().message;
    EXPECT_EQ(one("select count(*) from core.categories"), "0") << "all or nothing, at the start";
    promote();
    run("update core.products set name = 'by hand' where name = 'Trail Shoe 2'");
    product(1, "Trail Shoe 3");
    const Plan next = plan();
    approve(next);
    run("update core.products set name = 'by hand again' where name = 'by hand'");
    EXPECT_NE(apply(it, next.hash).error().message.find("was changed in the core"), std::string::npos);
}

TEST_F(ApplyTest, AnExpiredPlanIsMadeAgain) {
    fill();
    const Plan made = plan();
    approve(made);
    clock_.advance(settings_.plan_life + std::chrono::seconds(1));
    Context it = context();
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kMoved);
}

TEST_F(ApplyTest, GoesOnWhereItWasStopped) {
    fill();
    settings_.batch_rows = 2;
    const Plan made = plan();
    approve(made);
    int left = 3;
    Context it = context();
    it.stop = [&] { return left-- == 0; };
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kCancelled);
    const std::int64_t done = std::stoll(one("select done_to from promote.plans"));
    EXPECT_GT(done, 0);
    EXPECT_LT(done, made.lines);
    const Applied rest = apply_it(made);
    EXPECT_EQ(rest.done_now, made.lines - done);
    EXPECT_EQ(one("select count(distinct run) from promote.changes"), "1") << "one run, whoever went on with it";
    EXPECT_EQ(one("select count(*) from promote.changes"), "11");
    EXPECT_EQ(one("select count(*) from core.order_items"), "1");
}

// A batch whose transaction fails at any statement leaves nothing behind: as if the program were killed there.
TEST_F(ApplyTest, ABatchIsWholeOrNotThere) {
    fill();
    const Plan made = plan();
    approve(made);
    run_as_owner("create function core.fail() returns trigger language plpgsql as $$ begin raise 'killed'; end $$");
    for (const std::string table : {"core.variants", "core.mappings", "promote.changes", "ledger.entries"}) {
        const std::string when = table == "core.mappings" || table == "promote.changes"
                                     ? " when (new.entity = 'variant')"
                                 : table == "ledger.entries" ? " when (new.link = 'core/variants')"
                                                             : "";
        run_as_owner("create trigger fail before insert on " + table + " for each row" + when +
                     " execute function core.fail()");
        Context it = context();
        EXPECT_FALSE(apply(it, made.hash).ok()) << table;
        EXPECT_EQ(one("select count(*) from core.variants"), "0") << table;
        EXPECT_EQ(one("select count(*) from odoo.records where entity = 'variant' and taken is not null"), "0")
            << table;
        run_as_owner("drop trigger fail on " + table);
    }
    apply_it(made);
    EXPECT_EQ(one("select count(*) from core.variants"), "3");
    EXPECT_EQ(one("select count(*) from promote.changes"), "11");
}

TEST_F(ApplyTest, DeletedInOdooIsArchivedHere) {
    fill();
    promote();
    record("variant", 1, {{"product_tmpl_id", 1}, {"default_code", "TS-S"}}, true);
    record("variant", 77, {{"product_tmpl_id", 1}, {"default_code", "never seen"}}, true);
    const Plan made = plan();
    EXPECT_EQ(total_of(made.counts).archived, 1);
    EXPECT_EQ(total_of(made.counts).unchanged, 1) << "what never came need not go";
    approve(made);
    apply_it(made);
    EXPECT_EQ(one("select active::text || ' ' || (deleted_at is not null) from core.variants where sku = 'TS-S'"),
              "false true");
    EXPECT_EQ(plan().hash, "");
    // It comes back, in Odoo: restored from a backup, say.
    variant(1, 1, "TS-S");
    promote();
    EXPECT_EQ(one("select active::text || ' ' || (deleted_at is not null) from core.variants where sku = 'TS-S'"),
              "true false");
}

TEST_F(ApplyTest, IdsAreTheSameAnywhere) {
    fill();
    promote();
    const std::string here = one("select string_agg(id::text, ' ' order by id) from core.variants");
    run("delete from core.order_items");
    run("delete from core.variants");
    run("delete from core.mappings");
    run("update odoo.records set taken = null");
    promote();
    EXPECT_EQ(one("select string_agg(id::text, ' ' order by id) from core.variants"), here);
}

TEST_F(ApplyTest, SomebodyTakesASkuMeanwhile) {
    fill();
    const Plan made = plan();
    approve(made);
    run("insert into core.products (org_id, id, name, kind) values ($1, '11111111-1111-4111-8111-111111111111', "
        "'mine', "
        "'goods')",
        {org()});
    run("insert into core.variants (org_id, id, product_id, sku) values ($1, '22222222-2222-4222-8222-222222222222', "
        "'11111111-1111-4111-8111-111111111111', 'TS-M')",
        {org()});
    Context it = context();
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kMoved);
    EXPECT_EQ(one("select state from promote.plans"), "moved");
    EXPECT_EQ(total_of(plan().counts).quarantined, 0) << "it is adopted by the next plan";
}

TEST_F(ApplyTest, SomebodyRemovedWhatItRefersTo) {
    partner(8, "Müller");
    promote();
    run("delete from core.customers");
    order(1, 8);
    const Plan made = plan();
    approve(made);
    Context it = context();
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kMoved);
    EXPECT_EQ(one("select count(*) from core.orders"), "0");
}

}  // namespace
}  // namespace syncline::promote
