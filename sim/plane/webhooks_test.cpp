#include "sim/plane/webhooks.hpp"

#include <gtest/gtest.h>

#include <set>

namespace syncline::sim {
namespace {

struct WebhooksTest : ::testing::Test {
    VirtualClock clock{Time(std::chrono::seconds(1'700'000'000))};
    SeededRandom random{7};
    PlaneServer plane{{}, clock};
    std::vector<net::HttpRequest> got;
    int status = 200;
    bool down = false;
    net::HandlerClient receiver{[this](const net::HttpRequest& request) {
        if (down) throw net::DropConnection();
        got.push_back(request);
        return net::HttpResponse{status, {}, ""};
    }};
    PlaneWebhooks hooks{plane, receiver, clock, random, {"http://syncline.test/hooks/plane/main", "plane_wh_secret"}};

    void make_project() {
        net::HttpRequest request;
        request.method = "POST";
        request.url = "/api/v1/workspaces/acme/projects/";
        request.headers.set("X-Api-Key", PlaneOptions().key);
        request.headers.set("Content-Type", "application/json");
        request.body = R"({"name": "Line 4", "identifier": "L4"})";
        ASSERT_EQ(plane.handle(request).status, 201);
    }
};

TEST_F(WebhooksTest, EachDeliveryIsOneSignedPost) {
    make_project();
    EXPECT_EQ(hooks.send_due(), 1u);
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0].url, "/hooks/plane/main");  // what a handler is shown
    EXPECT_EQ(got[0].headers.get("X-Plane-Event"), "project");
    EXPECT_EQ(got[0].headers.get("X-Plane-Signature").size(), 64u);
    EXPECT_EQ(hooks.send_due(), 0u);
}

TEST_F(WebhooksTest, AnyHttpAnswerCountsAsDelivered) {
    status = 500;
    make_project();
    hooks.send_due();
    clock.advance(std::chrono::hours(2));
    EXPECT_EQ(hooks.send_due(), 0u);
    EXPECT_EQ(got.size(), 1u);
    EXPECT_TRUE(hooks.active());
}

TEST_F(WebhooksTest, ANetworkErrorIsTriedAgainWithANewDeliveryIdAndTheSameBytes) {
    down = true;
    make_project();
    hooks.send_due();
    down = false;
    clock.advance(std::chrono::minutes(10));
    EXPECT_EQ(hooks.send_due(), 1u);
    ASSERT_EQ(got.size(), 1u);
    EXPECT_TRUE(hooks.active());
}

TEST_F(WebhooksTest, TheSixthFailureSwitchesTheWebhookOff) {
    down = true;
    make_project();
    for (int i = 0; i < 6; ++i) {
        EXPECT_TRUE(hooks.active());
        EXPECT_EQ(hooks.send_due(), 1u);
        clock.advance(std::chrono::minutes(10));
    }
    EXPECT_FALSE(hooks.active());
    down = false;
    EXPECT_EQ(hooks.send_due(), 0u);
    EXPECT_TRUE(got.empty());
}

}  // namespace
}  // namespace syncline::sim
