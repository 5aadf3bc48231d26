// One external id, one item: under every single fault at every call, and under threads.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "plane/client.hpp"
#include "plane/testdata/fake_plane.hpp"

namespace syncline::plane {
namespace {

Settings settings() {
    Settings settings;
    settings.url = "https://plane.example.com";
    settings.workspace = "acme";
    settings.key = vault::Secret("plane_api_0123456789abcdef0123456789abcdef");
    return settings;
}

const json::Object kTask = {{"name", "Home page"}, {"external_id", "project.task:1"}};

struct FaultyWorld {
    explicit FaultyWorld(std::uint64_t seed = 1) : random(seed) {}
    FakePlane plane;
    VirtualClock clock{Time(std::chrono::seconds(1'790'000'000))};
    SeededRandom random;
    Client client{plane, clock, random, settings()};
};

TEST(CreateItem, EveryFaultAtEveryCallLeavesExactlyOneItem) {
    FaultyWorld quiet;
    ASSERT_TRUE(quiet.client.create_item("p1", kTask).ok());
    const int calls = quiet.plane.calls;
    ASSERT_GE(calls, 5);
    for (const FakeFault fault :
         {FakeFault::kDropBefore, FakeFault::kDropAfter, FakeFault::kErrorBefore, FakeFault::kErrorAfter,
          FakeFault::kThrottle, FakeFault::kUnreachable, FakeFault::kHalfAnswer}) {
        for (int at = 0; at < calls + 3; ++at) {
            SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + " at call " + std::to_string(at));
            FaultyWorld world;
            world.plane.fault = fault;
            world.plane.fault_at = at;
            const auto made = world.client.create_item("p1", kTask);
            ASSERT_TRUE(made.ok()) << made.error().message;
            ASSERT_EQ(world.plane.items.size(), 1u);
            EXPECT_EQ(made->item.at("id"), world.plane.items[0].at("id"));
            EXPECT_EQ(made->item.at("external_source"), "odoo");
            // And again: the same one.
            const auto again = world.client.create_item("p1", kTask);
            ASSERT_TRUE(again.ok()) << again.error().message;
            EXPECT_FALSE(again->created);
            EXPECT_EQ(world.plane.items.size(), 1u);
        }
    }
}

TEST(CreateItem, OnlyAPlainCreationIsCalledOurs) {
    FaultyWorld world;
    EXPECT_TRUE(world.client.create_item("p1", kTask)->created);
    FaultyWorld lost;
    lost.plane.fault = FakeFault::kDropAfter;
    lost.plane.fault_at = lost.plane.calls + 5;  // the creation itself: me, projects, v2, work-items, types, POST
    const auto made = lost.client.create_item("p1", kTask);
    ASSERT_TRUE(made.ok());
    EXPECT_FALSE(made->created) << "nobody can tell";
}

TEST(CreateItem, WithoutAnExternalIdALostAnswerIsSaidAndNotRepeated) {
    FaultyWorld world;
    ASSERT_TRUE(world.client.probe().ok());
    world.plane.fault = FakeFault::kDropAfter;
    world.plane.fault_at = world.plane.calls;
    const auto made = world.client.create_item("p1", {{"name", "no pair"}});
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, Errc::kOutcomeUnknown);
    EXPECT_EQ(world.plane.items.size(), 1u);
}

TEST(CreateItem, ManyThreadsWithOneExternalIdMakeOneItem) {
    FakePlane plane;
    VirtualClock clock(Time(std::chrono::seconds(1'790'000'000)));
    SystemRandom random;
    Client client(plane, clock, random, settings());
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::set<std::string> ids;
    int created = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int n = 0; n < 5; ++n) {
                const auto made = client.create_item(
                    "p1", {{"name", std::to_string(i)}, {"external_id", "project.task:" + std::to_string(n)}});
                const std::lock_guard lock(mutex);
                ASSERT_TRUE(made.ok()) << made.error().message;
                ids.insert(std::string(made->item.at("id").as_string()));
                created += made->created ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(plane.items.size(), 5u);
    EXPECT_EQ(ids.size(), 5u);
    EXPECT_EQ(created, 5);
}

TEST(FindItem, TwinsAreNamedAndNeverGuessedAmong) {
    FaultyWorld world;
    for (int i = 0; i < 3; ++i) {
        world.plane.items.push_back(
            {{"id", "twin-" + std::to_string(i)}, {"external_source", "odoo"}, {"external_id", "project.task:1"}});
        world.plane.items.push_back({{"id", "other-" + std::to_string(i)}});
    }
    const auto found = world.client.find_item("p1", "project.task:1");
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.error().code, Errc::kConflict);
    EXPECT_EQ(found.error().detail("ids"), "twin-2,twin-1,twin-0");
    const auto made = world.client.create_item("p1", kTask);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, Errc::kConflict);
    EXPECT_EQ(world.plane.items.size(), 6u);
}

TEST(FindItem, AnEmptyPairIsRefusedBecausePlaneWouldAnswerTheWholeList) {
    FaultyWorld world;
    EXPECT_EQ(world.client.find_item("p1", "").error().code, Errc::kInvalid);
    EXPECT_FALSE(world.client.find_item("p1", "project.task:9")->has_value());
}

}  // namespace
}  // namespace syncline::plane
