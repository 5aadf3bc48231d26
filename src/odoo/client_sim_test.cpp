// The client against the simulated Odoo: the delivery job's models, each call of a scenario meeting each fault.
#include <gtest/gtest.h>

#include "odoo/client.hpp"
#include "odoo/detail/same_values.hpp"
#include "sim/faults.hpp"
#include "sim/odoo/server.hpp"

namespace syncline::odoo {
namespace {

using sim::Fault;

struct World {
    explicit World(const sim::Schedule& schedule)
        : faulty(odoo.handler(), clock, schedule), http(faulty), client(http, clock, random, settings()) {}

    static Settings settings() {
        const sim::OdooOptions options;
        Settings s;
        s.url = "http://odoo.test/odoo";
        s.database = options.database;
        s.key = vault::Secret(options.key);
        return s;
    }

    VirtualClock clock{parse_time("2026-11-21 08:00:00").value()};
    SeededRandom random{5};
    sim::OdooServer odoo{sim::OdooOptions{}, clock};
    sim::FaultyHandler faulty;
    net::HandlerClient http;
    Client client;
};

// A project, a milestone and two tasks with a dependency, then edits. Answers the number of HTTP calls.
std::int64_t scenario(const sim::Schedule& schedule) {
    World world(schedule);
    Client& client = world.client;
    const std::size_t tasks_before = world.odoo.ids("project.task").size();
    const auto made = [&](const char* model, const char* key, const json::Object& values) -> std::int64_t {
        const auto id = client.create(model, key, values);
        EXPECT_TRUE(id.ok()) << model << ": " << id.error().message;
        return id.ok() ? *id : 0;
    };
    const std::int64_t project = made("project.project", "p", {{"name", "Bridge"}, {"allow_milestones", true}});
    const std::int64_t milestone =
        made("project.milestone", "m", {{"name", "Pillars"}, {"project_id", project}, {"deadline", "2026-12-24"}});
    const std::int64_t first = made("project.task", "t1", {{"name", "Dig"}, {"project_id", project}});
    const std::int64_t second = made("project.task", "t2",
                                     {{"name", "Pour"},
                                      {"project_id", project},
                                      {"milestone_id", milestone},
                                      {"user_ids", json::Array()},
                                      {"priority", "2"},
                                      {"depend_on_ids", {{6, 0, {first}}}},
                                      {"date_deadline", "2026-12-05 10:11:12"}});
    const json::Object change{
        {"name", "Pour concrete"}, {"user_ids", {{6, 0, {2}}}}, {"priority", "3"}, {"description", "<p>slowly</p>"}};
    const auto written = client.write("project.task", second, change);
    EXPECT_TRUE(written.ok()) << written.error().message;

    EXPECT_EQ(world.odoo.ids("project.task").size(), tasks_before + 2);
    const json::Object task = world.odoo.read("project.task", second);
    const FieldInfos fields = client.fields("project.task").value();
    EXPECT_TRUE(detail::holds(fields, change, task)) << json::canonical(task);
    EXPECT_TRUE(detail::holds(fields, {{"milestone_id", milestone}, {"depend_on_ids", {first}}}, task));
    EXPECT_TRUE(detail::holds(fields, {{"date_deadline", "2026-12-05 10:11:12"}}, task)) << json::canonical(task);
    return world.faulty.calls();
}

TEST(OdooSim, EveryFaultAtEveryCallEndsTheSame) {
    const std::int64_t calls = scenario(sim::no_faults());
    ASSERT_GE(calls, 10);
    for (const Fault fault : {Fault::kLatency, Fault::kThrottle, Fault::kServerError, Fault::kBadGateway,
                              Fault::kDropBefore, Fault::kDropAfter, Fault::kErrorAfter}) {
        for (std::int64_t at = 0; at < calls; ++at) {
            SCOPED_TRACE(testing::Message() << "fault " << static_cast<int>(fault) << " at call " << at);
            scenario(sim::fault_at(at, fault));
        }
    }
}

TEST(OdooSim, ManyFaultsAtRandom) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        scenario(sim::random_faults(seed, 0.05,
                                    {Fault::kThrottle, Fault::kServerError, Fault::kBadGateway, Fault::kDropBefore,
                                     Fault::kDropAfter, Fault::kErrorAfter}));
    }
}

TEST(OdooSim, StampsSeeArchivedOnesAndReadsAreWhole) {
    World world(sim::no_faults());
    sim::fill_company(world.odoo, 3);
    const auto ids = world.odoo.ids("project.task");
    world.odoo.write("project.task", {ids[0]}, {{"active", false}});
    const auto stamps = world.client.stamps("project.task", {}).value();
    ASSERT_EQ(stamps.size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        EXPECT_EQ(stamps[i].id, ids[i]);
        EXPECT_EQ(stamps[i].active, ids[i] != ids[0]);
        EXPECT_EQ(stamps[i].write_date.size(), 19u);
    }
    EXPECT_EQ(world.client.read("project.task", ids, {"name", "project_id", "nothing"}).value().size(), ids.size());
    EXPECT_EQ(world.client.search("project.task", {}, false).value().size(), ids.size() - 1);
    world.odoo.unlink("project.task", {ids[1]});
    EXPECT_EQ(world.client.write("project.task", ids[1], {{"name", "x"}}).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace syncline::odoo
