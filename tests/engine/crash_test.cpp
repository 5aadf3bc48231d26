// The program dies at each call to a peer (before and after the peer acted) and around each transaction of the store,
// and starts again: nothing is made twice, nothing is lost, everything is in step.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

class Crashes : public pg::testing::PgTest {
protected:
    static constexpr sim::CompanySize kSmall{1, 2, 7};

    // What is not settled yet when the program dies: nothing of what was done before, some of it, all of it.
    static std::size_t together(std::int64_t turn) {
        constexpr std::size_t kTogether[] = {1, 4, 64};
        return kTogether[turn % 3];
    }

    // Runs into the crash if it comes; true when it came.
    static bool dies(Rig& rig) {
        try {
            const Result<sync::Report> report = rig.try_sync();
            EXPECT_TRUE(report.ok()) << report.error().message;
            return false;
        } catch (const Crash&) {
            return true;
        }
    }
    static void recover(Rig& rig) {
        rig.odoo_wire.crash_at(-1, false);
        rig.plane_wire.crash_at(-1, false);
        rig.store.crash_at(-1, false);
        rig.restart();
        rig.pass(std::chrono::minutes(6));  // a close-out is due
        (void)rig.sync();
        expect_in_step(rig);
        rig.pass(std::chrono::seconds(10));
        EXPECT_EQ(rig.sync(sync::Look::kFull).applied.writes(), 0);
    }
    std::string another_database() {
        Result<std::string> fresh = pg::testing::fresh_database();
        EXPECT_TRUE(fresh.ok());
        return *fresh;
    }
};

TEST_F(Crashes, AtEveryCallToPlane) {
    int deaths = 0;
    for (const bool after_effect : {true, false}) {
        for (std::int64_t call = 0;; call += stride()) {
            Rig rig(another_database(), {.company = kSmall, .settlements_together = together(call)});
            rig.plane_wire.crash_at(call, after_effect);
            SCOPED_TRACE("call " + std::to_string(call) + (after_effect ? " after" : " before") + " its effect");
            if (!dies(rig)) break;
            ++deaths;
            recover(rig);
            if (HasFailure()) return;
        }
    }
    EXPECT_GT(deaths, 40 / stride());
}

TEST_F(Crashes, AtEveryTransactionOfTheStore) {
    int deaths = 0;
    for (const int turn : {0, 1, 2, 3, 4, 5}) {
        const bool after_commit = turn % 2 == 0;
        for (std::int64_t transaction = turn % 4;; transaction += 4 * stride()) {
            Rig rig(another_database(), {.company = kSmall, .settlements_together = together(turn)});
            rig.store.crash_at(transaction, after_commit);
            SCOPED_TRACE("transaction " + std::to_string(transaction) + (after_commit ? " after" : " before") +
                         " its commit");
            if (!dies(rig)) break;
            ++deaths;
            recover(rig);
            if (HasFailure()) return;
        }
    }
    EXPECT_GT(deaths, 20 / stride());
}

TEST_F(Crashes, WhileAStatusGoesFromPlaneToOdoo) {
    for (const bool after_effect : {true, false}) {
        for (std::int64_t call = 0;; call += stride()) {
            Rig rig(another_database(), {.company = kSmall, .settlements_together = together(call)});
            (void)rig.sync();
            rig.pass(std::chrono::minutes(3));
            const std::int64_t task = rig.tasks().front();
            const json::Object item = rig.item_of(task);
            rig.plane.edit_item(std::string(json::text_or(item, "id")),
                                {{"state", rig.plane.state_id(std::string(json::text_or(item, "project")), "Done")}});
            rig.pass(std::chrono::seconds(5));
            rig.odoo_wire.crash_at(call, after_effect);
            SCOPED_TRACE("call " + std::to_string(call));
            if (!dies(rig)) break;
            recover(rig);
            if (HasFailure()) return;
        }
    }
}

}  // namespace
}  // namespace syncline::testing
