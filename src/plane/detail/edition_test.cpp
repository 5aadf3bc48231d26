// What is concluded from how a server answers, and what the client does with it.
#include "plane/detail/edition.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "plane/testdata/fake_plane.hpp"

namespace syncline::plane {
namespace {

const std::string kProject = "/api/v1/workspaces/acme/projects/p1/";

struct CloudWorld {
    FakePlane plane;
    VirtualClock clock{Time(std::chrono::seconds(1'790'000'000))};
    SeededRandom random{1};
    Client client{plane, clock, random, [] {
                      Settings settings;
                      settings.url = "https://api.plane.so";
                      settings.workspace = "acme";
                      settings.key = vault::Secret("plane_api_1");
                      return settings;
                  }()};

    void be_cloud(int types_status) {
        plane.items.push_back({{"id", "i1"}});
        plane.fixed["GET /api/v2/users/me/"] = FakePlane::answer(200, {{"id", "me"}});
        plane.fixed["GET " + kProject + "work-item-types/"] = FakePlane::answer(types_status, json::Array{});
        plane.fixed["GET " + kProject + "work-items/i1/relations/"] = FakePlane::answer(200, json::Object{});
    }
    bool saw(std::string_view what) const {
        return std::any_of(plane.seen.begin(), plane.seen.end(),
                           [&](const std::string& call) { return call.find(what) != std::string::npos; });
    }
};

TEST(Edition, TheCloudHasTypesAndTakesRelationsAway) {
    for (const int types : {200, 402}) {
        CloudWorld world;
        world.be_cloud(types);
        const auto can = world.client.probe();
        ASSERT_TRUE(can.ok()) << can.error().message;
        EXPECT_FALSE(can->community);
        EXPECT_TRUE(can->api_v2);
        EXPECT_EQ(can->custom_fields, types == 200) << "402: not in this plan";
        EXPECT_TRUE(can->relations_delete);
        world.plane.fixed["POST " + kProject + "work-items/i1/relations/remove/"] = {204, {}, ""};
        EXPECT_TRUE(world.client.remove_relation("p1", "i1", "i2").ok());
        ASSERT_TRUE(world.client.all_items("p1").ok());
        EXPECT_NE(world.plane.seen.back().find("per_page=100"), std::string::npos) << world.plane.seen.back();
        EXPECT_EQ(world.plane.seen.back().find("per_page=1000"), std::string::npos);
    }
}

TEST(Edition, CommunityReadsLargePagesUntilOneIsRefused) {
    CloudWorld world;
    ASSERT_TRUE(world.client.all_items("p1").ok());
    EXPECT_TRUE(world.client.probe()->community);
    EXPECT_TRUE(world.saw("per_page=1000"));

    CloudWorld strict;
    ASSERT_TRUE(strict.client.probe().ok());
    strict.plane.fixed["GET " + kProject + "labels/"] =
        FakePlane::answer(400, {{"detail", "Invalid per_page value. Cannot exceed 100."}});
    EXPECT_EQ(strict.client.labels("p1").error().code, Errc::kRefused);
    EXPECT_NE(strict.plane.seen.back().find("per_page=100"), std::string::npos);
    EXPECT_EQ(strict.plane.seen.back().find("per_page=1000"), std::string::npos) << "tried again with the smaller page";
}

TEST(Edition, AWebPageAtTheNewApiIsNotTakenForIt) {
    CloudWorld world;
    world.plane.fixed["GET /api/v2/users/me/"] = {200, {{"Content-Type", "text/html"}}, "<html>the web app</html>"};
    const auto can = world.client.probe();
    ASSERT_TRUE(can.ok());
    EXPECT_TRUE(can->community);
}

TEST(Edition, AFailureIsNotTakenForAnAnswerAndTheQuestionIsAskedAgain) {
    CloudWorld world;
    world.be_cloud(200);
    const net::HttpResponse down = FakePlane::answer(503, {{"error", "down"}});
    world.plane.fixed["GET /api/v2/users/me/"] = down;
    EXPECT_EQ(world.client.probe().error().code, Errc::kUpstream);
    world.plane.fixed["GET /api/v2/users/me/"] = FakePlane::answer(200, {{"id", "me"}});
    world.plane.fixed["GET " + kProject + "work-item-types/"] = down;
    EXPECT_EQ(world.client.probe().error().code, Errc::kUpstream);
    world.be_cloud(200);
    EXPECT_TRUE(world.client.probe()->custom_fields);
}

TEST(Edition, LanesBelongToAThreadAndAClient) {
    CloudWorld world;
    detail::Lanes one;
    detail::Lanes two;
    one.use(Lane::kBulk);
    EXPECT_EQ(one.current(), Lane::kBulk);
    EXPECT_EQ(two.current(), Lane::kInteractive);
    std::thread([&] { EXPECT_EQ(one.current(), Lane::kInteractive); }).join();
    one.use(Lane::kInteractive);
    EXPECT_EQ(one.current(), Lane::kInteractive);
    // Bulk calls of this client leave the reserve alone.
    ASSERT_TRUE(world.client.probe().ok());
    world.client.use_lane(Lane::kBulk);
    while (world.client.budget_available() > 5) ASSERT_TRUE(world.client.labels("p1").error().code == Errc::kNotFound);
    const Time before = world.clock.now();
    (void)world.client.labels("p1");
    EXPECT_GT(world.clock.now(), before) << "waited";
    world.client.use_lane(Lane::kInteractive);
    const Time now = world.clock.now();
    (void)world.client.labels("p1");
    EXPECT_EQ(world.clock.now(), now);
}

}  // namespace
}  // namespace syncline::plane
