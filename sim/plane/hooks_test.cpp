// Webhooks: what fires, how often, in whose name, and how it is signed.
#include <algorithm>
#include <set>

#include "sim/plane/detail/test_api.hpp"
#include "vault/digest.hpp"

namespace syncline::sim::plane {
namespace {

struct Hooks : testing::Test {
    Api api_;
    std::string p = api_.project();
    std::string a = api_.item(p, R"({"name":"a"})");
    std::string items = p + "work-items/";

    void SetUp() override { api_.server.take_deliveries(); }
    // "issue updated priority; …", sorted: deliveries of one call overtake each other.
    std::string fired() {
        std::vector<std::string> list;
        for (const PlaneDelivery& each : api_.server.take_deliveries()) {
            const json::Value body = json::parse(each.body).value();
            const json::Value& field = body.at("activity").at("field");
            list.push_back(each.event + " " + each.action +
                           (field.is_null() ? "" : " " + std::string(field.as_string())));
        }
        std::sort(list.begin(), list.end());
        std::string out;
        for (const std::string& each : list) out += each + "; ";
        return out;
    }
};

TEST_F(Hooks, SignedOverTheRawBody) {
    api_.server.set_webhook_secret("plane_wh_f01d04a72cb14b0f968b75f7115b920e");
    api_.post(items, R"({"name":"été","description_html":"<p>Do <b>it</b></p>"})");
    const auto deliveries = api_.server.take_deliveries();
    ASSERT_EQ(deliveries.size(), 1U);
    const PlaneDelivery& one = deliveries[0];
    EXPECT_EQ(one.headers.get("X-Plane-Event"), "issue");
    EXPECT_EQ(one.headers.get("User-Agent"), "Autopilot");
    EXPECT_EQ(one.headers.get("X-Plane-Signature"),
              vault::hmac_sha256_hex("plane_wh_f01d04a72cb14b0f968b75f7115b920e", one.body));
    EXPECT_EQ(one.headers.get("X-Plane-Delivery").size(), 36U);
    EXPECT_TRUE(one.body.starts_with(R"({"event": "issue", "action": "created", "webhook_id": ")"));
    EXPECT_NE(one.body.find(R"("name": "\u00e9t\u00e9")"), std::string::npos);
    EXPECT_NE(one.body.find(R"("sort_order": 75535.0,)"), std::string::npos);
    const json::Value body = json::parse(one.body).value();
    EXPECT_EQ(json::text_or(body.at("data"), "description_stripped"), "Do it");
    EXPECT_EQ(json::text_or(body.at("data").at("state"), "name"), "Backlog");
    EXPECT_FALSE(body.at("data").as_object().contains("type_id"));
    EXPECT_EQ(json::text_or(body.at("activity").at("actor"), "id"), api_.server.admin());
}

TEST_F(Hooks, OneDeliveryPerChangedKey) {
    const std::string todo = api_.server.state_id(api_.last_project, "Todo");
    api_.patch(items + a + "/",
               R"({"name":"b","priority":"low","state":")" + todo + R"(","custom_fields":{"x":1},"target_date":null})");
    const auto deliveries = api_.server.take_deliveries();
    ASSERT_EQ(deliveries.size(), 3U);
    std::set<std::string> ids;
    std::set<std::string> fields;
    for (const PlaneDelivery& each : deliveries) {
        ids.insert(std::string(each.headers.get("X-Plane-Delivery")));
        const json::Value body = json::parse(each.body).value();
        fields.insert(std::string(body.at("activity").at("field").as_string()));
        // Each carries the whole item as it is by then.
        EXPECT_EQ(json::text_or(body.at("data"), "name"), "b");
        EXPECT_EQ(json::text_or(body.at("data"), "priority"), "low");
    }
    EXPECT_EQ(ids.size(), 3U);
    EXPECT_EQ(fields, (std::set<std::string>{"name", "priority", "state"}));
}

TEST_F(Hooks, RawValuesAreCompared) {
    api_.patch(items + a + "/", R"({"name":"a"})");
    api_.patch(items + a + "/", "{}");
    EXPECT_EQ(fired(), "");
    const std::string mia = api_.user("Mia", 15, p, 15);
    const std::string admin = api_.server.admin();
    api_.patch(items + a + "/", R"({"assignees":[")" + admin + R"(",")" + mia + R"("]})");
    EXPECT_EQ(fired(), "issue updated assignees; ");
    api_.patch(items + a + "/", R"({"assignees":[")" + admin + R"(",")" + mia + R"("]})");
    EXPECT_EQ(fired(), "");
    // The same people in another order, the same text before it was given a root: nothing changes, and it fires.
    api_.patch(items + a + "/", R"({"assignees":[")" + mia + R"(",")" + admin + R"("]})");
    EXPECT_EQ(fired(), "issue updated assignees; ");
    const std::string two = R"({"description_html":"<p>a</p><p>b</p>"})";
    api_.patch(items + a + "/", two);
    api_.patch(items + a + "/", two);
    EXPECT_EQ(fired(), "issue updated description_html; issue updated description_html; ");
}

TEST_F(Hooks, OtherKinds) {
    const std::string home = api_.last_project;
    api_.patch(p, R"({"description":"x","name":"Web"})");
    EXPECT_EQ(fired(), "project updated description; ");
    const std::string cycle = api_.post(p + "cycles/", R"({"name":"S","project_id":")" + home + R"("})").text("id");
    api_.patch(p + "cycles/" + cycle + "/", R"({"name":"S2"})");
    EXPECT_EQ(fired(), "cycle created; cycle updated name; ");
    const std::string module = api_.post(p + "modules/", R"({"name":"M"})").text("id");
    api_.patch(p + "modules/" + module + "/", R"({"status":"paused"})");
    EXPECT_EQ(fired(), "module created; module updated status; ");
    const std::string comment = api_.post(items + a + "/comments/", R"({"comment_html":"<p>x</p>"})").text("id");
    api_.patch(items + a + "/comments/" + comment + "/", R"({"comment_html":"<p>y</p>"})");
    EXPECT_EQ(fired(), "issue_comment created; issue_comment updated comment_html; ");
    api_.remove(p);
    const auto last = api_.server.take_deliveries();
    ASSERT_EQ(last.size(), 1U);
    EXPECT_EQ(last[0].action, "deleted");
    EXPECT_EQ(json::canonical(json::parse(last[0].body).value().at("data")), R"({"id":")" + home + R"("})");
}

TEST_F(Hooks, WhatNeverFires) {
    const std::string b = api_.item(p, R"({"name":"b"})");
    const std::string cycle =
        api_.post(p + "cycles/", R"({"name":"S","project_id":")" + api_.last_project + R"("})").text("id");
    const std::string comment = api_.post(items + a + "/comments/", "{}").text("id");
    api_.server.take_deliveries();
    api_.post(p + "states/", R"({"name":"X","color":"#1"})");
    api_.post(p + "labels/", R"({"name":"X"})");
    api_.user("Mia", 15, p, 15);
    api_.post(items + a + "/relations/", R"({"relation_type":"blocking","issues":[")" + b + R"("]})");
    api_.post(items + a + "/links/", R"({"url":"http://x/y"})");
    api_.post(p + "cycles/" + cycle + "/cycle-issues/", R"({"issues":[")" + a + R"("]})");
    api_.remove(p + "cycles/" + cycle + "/cycle-issues/" + a + "/");
    api_.remove(p + "cycles/" + cycle + "/");
    api_.remove(items + a + "/comments/" + comment + "/");
    api_.remove(items + a + "/");
    api_.server.delete_item(b);
    api_.post(p + "archive/", "{}");
    EXPECT_EQ(fired(), "");
}

TEST_F(Hooks, TheAppSpeaksOtherNames) {
    const std::string mia = api_.user("Mia", 15, p, 15);
    const std::string done = api_.server.state_id(api_.last_project, "Done");
    api_.server.edit_item(a, {{"state", done}, {"assignees", json::Array{json::Value(mia)}}, {"name", "z"}}, mia);
    const auto deliveries = api_.server.take_deliveries();
    std::set<std::string> fields;
    for (const PlaneDelivery& each : deliveries) {
        const json::Value activity = json::parse(each.body).value().at("activity");
        fields.insert(std::string(activity.at("field").as_string()));
        EXPECT_EQ(json::text_or(activity.at("actor"), "id"), mia);
    }
    EXPECT_EQ(fields, (std::set<std::string>{"state_id", "assignee_ids", "name"}));
    // Whoever the author is said to be, the key's user is the actor.
    api_.post(items, R"({"name":"n","created_by":")" + mia + R"("})");
    const auto made = api_.server.take_deliveries();
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(json::text_or(json::parse(made[0].body).value().at("activity").at("actor"), "id"), api_.server.admin());
}

}  // namespace
}  // namespace syncline::sim::plane
