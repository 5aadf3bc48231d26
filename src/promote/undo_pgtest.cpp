#include "promote/testing/shop.hpp"

namespace syncline::promote {
namespace {

class UndoTest : public testing::ShopTest {};

TEST_F(UndoTest, AllIsAsBefore) {
    fill();
    promote({"partner", "category"});
    const std::string before = core();
    const std::string status = statuses();
    product(1, "Trail Shoe");
    partner(8, "Müller AG");
    const std::string waiting = statuses();
    const Applied applied = promote();
    EXPECT_NE(core(), before);
    const Undone undone = undo_it(applied.run);
    EXPECT_EQ(core(), before);
    EXPECT_EQ(statuses(), waiting);
    EXPECT_EQ(undone.restored, 1);
    EXPECT_EQ(undone.removed, 7);
    EXPECT_EQ(undone.kept, 0);
    EXPECT_EQ(one("select status from ledger.runs where run = $1", {undone.run}), "done");
    EXPECT_EQ(one("select count(*) from core.mappings where entity = 'variant'"), "3") << "mappings are kept for ever";
    EXPECT_EQ(one("select count(*) from core.mappings where entity = 'variant' and is_active"), "0");
    Context it = context();
    EXPECT_EQ(undo(it, applied.run, "anna", "").error().code, Errc::kMoved);
    EXPECT_EQ(undo(it, "nonsense", "anna", "").error().code, Errc::kNotFound);
    EXPECT_EQ(one("select outcome || ' by ' || owner from governance.decisions order by decision desc limit 1"),
              "undone by anna");
}

TEST_F(UndoTest, AndOnceMore) {
    fill();
    const Applied first = promote();
    const std::string there = core();
    undo_it(first.run);
    promote();
    EXPECT_EQ(core(), there) << "the same rows with the same ids";
}

TEST_F(UndoTest, WhatSomebodyEditedSinceIsKeptAndTold) {
    fill();
    const Applied applied = promote();
    run("update core.variants set barcode = '4006381333931' where sku = 'TS-S'");
    const Undone undone = undo_it(applied.run);
    EXPECT_EQ(one("select string_agg(sku, ' ') from core.variants"), "TS-S");
    ASSERT_EQ(undone.kept, 2) << "the variant, and the product that it belongs to";
    EXPECT_EQ(undone.kept_rows[0].entity, "product");
    EXPECT_EQ(undone.kept_rows[0].why, "rows that stay refer to it");
    EXPECT_EQ(undone.kept_rows[1].external_id, 1);
    EXPECT_EQ(undone.kept_rows[1].why, "edited since");
    EXPECT_EQ(one("select status from odoo.records where entity = 'variant' and external_id = 1"), "in_sync");
    EXPECT_EQ(one("select status from odoo.records where entity = 'variant' and external_id = 2"), "new");
    EXPECT_EQ(one("select is_active from core.mappings where entity = 'variant' and external_id = 1"), "t");
}

TEST_F(UndoTest, AfterALaterPromotionWinsTheLater) {
    fill();
    const Applied first = promote();
    const std::string there = core();
    product(1, "Trail Shoe 2");
    const Applied second = promote();
    const Undone early = undo_it(first.run);
    EXPECT_GE(early.kept, 1) << "what the later run wrote was edited since, as seen from the first";
    EXPECT_EQ(one("select name from core.products where name like 'Trail%'"), "Trail Shoe 2");
    undo_it(second.run);
    EXPECT_EQ(one("select name from core.products where name like 'Trail%'"), "Trail Shoe");
}

TEST_F(UndoTest, ARunThatWasStoppedHalfWay) {
    fill();
    settings_.batch_rows = 2;
    const Plan made = plan();
    approve(made);
    const std::string before = core();
    const std::string status = statuses();
    int left = 3;
    Context it = context();
    it.stop = [&] { return left-- == 0; };
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kCancelled);
    const std::string run_id = one("select run from promote.plans");
    // The undoing is stopped, too, and goes on.
    left = 0;
    EXPECT_EQ(undo(it, run_id, "anna", "").error().code, Errc::kCancelled);
    undo_it(run_id);
    EXPECT_EQ(core(), before);
    EXPECT_EQ(statuses(), status);
    it.stop = {};
    EXPECT_EQ(apply(it, made.hash).error().code, Errc::kMoved);
}

// promote then undo is identity, whatever was in the core before, what was chosen, and the size of batches.
TEST_F(UndoTest, IsTheInverse) {
    SeededRandom random(17);
    for (int round = 0; round < 12; ++round) {
        settings_.batch_rows = static_cast<int>(1 + random.below(6));
        for (std::int64_t id = 1; id <= 8; ++id) {
            if (random.chance(0.5)) product(id, "P" + std::to_string(random.below(100)), "", random.chance(0.8));
            if (random.chance(0.5))
                variant(id, static_cast<std::int64_t>(1 + random.below(8)), "S" + std::to_string(random.below(6)),
                        random.chance(0.8));
            if (random.chance(0.4)) partner(id, "C" + std::to_string(random.below(100)), id > 4 ? 1 + id % 4 : 0);
            if (random.chance(0.3)) order(id, static_cast<std::int64_t>(1 + random.below(8)));
            if (random.chance(0.1)) record("product", id, {{"name", "gone"}}, true);
        }
        const std::string before = core();
        const std::string status = statuses();
        const Applied applied = promote();
        if (applied.run.empty()) continue;
        const std::string after = core();
        const Undone undone = undo_it(applied.run);
        ASSERT_EQ(undone.kept, 0) << "round " << round;
        ASSERT_EQ(core(), before) << "round " << round;
        ASSERT_EQ(statuses(), status) << "round " << round;
        // And on: the next round starts from what this one promotes.
        promote();
        ASSERT_EQ(core(), after) << "round " << round;
        ASSERT_EQ(total_of(plan().counts).writes(), 0) << "twice is once, round " << round;
    }
}

}  // namespace
}  // namespace syncline::promote
