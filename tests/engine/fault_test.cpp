// Peers that fail: throttling, server errors, connections dropped before and after the effect, at each call and at
// random.
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using sim::Fault;

class Faults : public pg::testing::PgTest {
protected:
    // Whatever went wrong, syncs without faults bring both sides into step.
    static void calm_down(Rig& rig) {
        rig.plane_faults.set_schedule(sim::no_faults());
        rig.odoo_faults.set_schedule(sim::no_faults());
        for (int i = 0; i < 3; ++i) {
            rig.pass(std::chrono::minutes(6));
            (void)rig.sync(sync::Look::kFull);
        }
        expect_in_step(rig);
        rig.pass(std::chrono::seconds(10));
        EXPECT_EQ(rig.sync(sync::Look::kFull).applied.writes(), 0);
    }
};

TEST_F(Faults, OneFaultAtEveryCallToPlane) {
    for (const Fault fault : {Fault::kDropAfter, Fault::kErrorAfter, Fault::kDropBefore, Fault::kServerError,
                              Fault::kThrottle, Fault::kBadGateway}) {
        for (std::int64_t call = 0; call < 200; call += 2 * stride()) {
            Result<std::string> fresh = pg::testing::fresh_database();
            ASSERT_TRUE(fresh.ok());
            Rig rig(*fresh, {.company = {1, 2, 5}});
            rig.plane_faults.set_schedule(sim::fault_at(call, fault));
            SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(call));
            (void)rig.try_sync();
            const bool came = rig.plane_faults.calls() > call;
            calm_down(rig);
            if (HasFailure()) return;
            if (!came) break;
        }
    }
}

TEST_F(Faults, AFifthOfAllCallsFails) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Result<std::string> fresh = pg::testing::fresh_database();
        ASSERT_TRUE(fresh.ok());
        Rig rig(*fresh, {.company = {2, 3, 14}, .seed = seed});
        SCOPED_TRACE("seed " + std::to_string(seed));
        const std::vector<Fault> all = {Fault::kDropAfter, Fault::kErrorAfter, Fault::kDropBefore, Fault::kServerError,
                                        Fault::kThrottle,  Fault::kBadGateway, Fault::kStale,      Fault::kLatency};
        rig.plane_faults.set_schedule(sim::random_faults(seed, 0.2, all));
        rig.odoo_faults.set_schedule(sim::random_faults(seed + 1000, 0.1, all));
        for (int i = 0; i < 4; ++i) {
            (void)rig.try_sync();
            rig.pass(std::chrono::minutes(6));
        }
        calm_down(rig);
        if (HasFailure()) return;
    }
}

TEST_F(Faults, ADeadKeyStopsTheRunAndSaysSo) {
    Rig rig(dsn());
    rig.plane_faults.set_schedule(sim::no_faults());
    net::HandlerClient dead([](const net::HttpRequest&) {
        return net::HttpResponse{
            403, {{"Content-Type", "application/json"}}, R"({"detail":"Given API token is not valid"})"};
    });
    odoo::Client odoo(rig.odoo_wire, rig.clock, rig.random,
                      {.url = "http://odoo.test",
                       .database = "demo",
                       .login = "",
                       .key = vault::Secret(sim::OdooOptions().key),
                       .companies = {}});
    plane::Client plane(
        dead, rig.clock, rig.random,
        {.url = "http://plane.test", .workspace = "acme", .key = vault::Secret("plane_api_dead"), .budget = {}});
    sync::Engine engine(sync::Context{rig.store, odoo, plane, rig.clock, rig.random, rig.profile, rig.settings, {}});
    const Result<sync::Report> report = engine.sync(sync::Look::kAuto);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, Errc::kUnauthorized);
    EXPECT_EQ(rig.number("select count(*) from ledger.runs where status = 'failed'"), 1);
}

}  // namespace
}  // namespace syncline::testing
