// Keys, rights, routes and the throttle.
#include <set>

#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

TEST(PlaneGate, KeysAndTheirTexts) {
    Api api;
    const std::string good = api.key;
    EXPECT_EQ(api.get("users/me/").text("email"), "admin@example.test");
    api.key.clear();
    Reply reply = api.get("workspaces/acme/projects/");
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.text("detail"), "Authentication credentials were not provided.");
    EXPECT_EQ(reply.headers.get("Allow"), "GET, POST");
    api.key = "plane_api_nope";
    reply = api.get("users/me/");
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.text("detail"), "Given API token is not valid");
    EXPECT_FALSE(reply.headers.has("X-RateLimit-Remaining"));
    api.key = good;
    reply = api.get("workspaces/nosuch/projects/");
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.text("detail"), "You do not have permission to perform this action.");
    api.server.drop_key(good);
    EXPECT_EQ(api.get("users/me/").text("detail"), "Given API token is not valid");
}

struct RouteCase {
    std::string method, path;
    int status;
    std::string key, text;
};

TEST(PlaneGate, Routes) {
    Api api;
    const std::string p = api.project();
    const std::string nobody = "00000000-0000-4000-8000-000000000000";
    const std::string none = "You do not have permission to perform this action.";
    const std::vector<RouteCase> cases = {
        {"GET", "workspaces/", 404, "error", "Page not found."},
        {"GET", "nope/", 404, "error", "Page not found."},
        {"GET", "workspaces/acme/webhooks/", 404, "error", "Page not found."},
        {"GET", "workspaces/acme/projects/abc/", 404, "error", "Page not found."},
        {"GET", p + "work-item-types/", 404, "error", "Page not found."},
        {"GET", p + "estimates/", 404, "error", "Page not found."},
        {"GET", p + "milestones/", 404, "error", "Page not found."},
        {"GET", "workspaces/acme/work-items/", 404, "error", "Page not found."},
        {"GET", "workspaces/acme/", 401, "detail", "Authentication credentials were not provided."},
        {"GET", "workspaces/acme/projects/" + nobody + "/", 404, "error", "The requested resource does not exist."},
        {"GET", "workspaces/acme/projects/" + nobody + "/states/", 403, "detail", none},
        {"POST", "workspaces/acme/projects/" + nobody + "/work-items/", 403, "detail", none},
        {"GET", "workspaces/acme/work-items/web-1/", 403, "detail", none},
        {"GET", "workspaces/acme/work-items/advanced-search/", 403, "detail", none},
        {"GET", "workspaces/acme/work-items/WEB-7/", 404, "error", "The requested resource does not exist."},
        {"PUT", p + "work-items/", 405, "detail", "Method \"PUT\" not allowed."},
        {"OPTIONS", p + "work-items/", 405, "detail", "Method \"OPTIONS\" not allowed."},
        {"DELETE", p + "work-items/" + nobody + "/relations/", 405, "detail", "Method \"DELETE\" not allowed."},
        {"GET", p + "issues/" + nobody + "/relations/", 404, "error", "Page not found."},
        {"GET", p + "intake-issues/", 200, "", ""},
    };
    for (const RouteCase& each : cases) {
        const Reply reply = api.call(each.method, each.path);
        EXPECT_EQ(reply.status, each.status) << each.path;
        if (!each.key.empty()) {
            EXPECT_EQ(reply.text(each.key), each.text) << each.path;
        }
        EXPECT_EQ(reply.headers.has("X-RateLimit-Remaining"),
                  each.text != "Page not found." && each.status != 401 && each.status != 403)
            << each.path;
    }
}

TEST(PlaneGate, OutsideOfTheApi) {
    Api api;
    net::HttpRequest request;
    request.url = "/api/workspaces/acme/webhooks/";
    request.headers.set("X-Api-Key", api.key);
    EXPECT_EQ(api.server.handle(request).status, 401);
    request.url = "/api/v2/users/me/";
    EXPECT_EQ(api.server.handle(request).status, 404);
}

TEST(PlaneGate, ASlashIsMissing) {
    Api api;
    const Reply get = api.get("users/me");
    EXPECT_EQ(get.status, 301);
    EXPECT_EQ(get.headers.get("Location"), "/api/v1/users/me/");
    EXPECT_TRUE(get.body.is_null());
    EXPECT_EQ(api.post("workspaces/acme/projects", R"({"name":"x","identifier":"X"})").status, 301);
    EXPECT_EQ(api.get("workspaces/acme/projects/").results().size(), 0U);
    EXPECT_EQ(api.get("nope").status, 404);
}

TEST(PlaneGate, OlderServers) {
    PlaneOptions options;
    options.work_items_path = false;
    Api old(options);
    const std::string p = old.project();
    EXPECT_EQ(old.get(p + "work-items/").status, 404);
    EXPECT_EQ(old.get(p + "issues/").status, 200);
    options.work_items_path = true;
    options.relations = false;
    Api middle(options);
    const std::string path = middle.project() + "work-items/";
    const std::string id = middle.post(path, R"({"name":"a"})").text("id");
    EXPECT_EQ(middle.get(path + id + "/relations/").status, 404);
}

TEST(PlaneGate, Bodies) {
    Api api;
    const std::string p = api.project() + "work-items/";
    EXPECT_EQ(api.post(p, "{bad").text("detail"),
              "JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)");
    api.type = "text/plain";
    const Reply plain = api.post(p, R"({"name":"noct"})");
    EXPECT_EQ(plain.status, 415);
    EXPECT_EQ(plain.text("detail"), "Unsupported media type \"text/plain\" in request.");
    api.type = "application/x-www-form-urlencoded";
    EXPECT_EQ(api.post(p, "name=formitem&priority=low").text("priority"), "low");
    api.type = "application/json";
    EXPECT_EQ(api.post(p, std::string(6U * 1024U * 1024U, ' ')).status, 413);
}

TEST(PlaneGate, ThrottleSlides) {
    PlaneOptions options;
    options.calls_per_minute = 60;
    Api api(options);
    for (int left = 59; left >= 0; --left) {
        const Reply reply = api.get("users/me/");
        ASSERT_EQ(reply.status, 200);
        ASSERT_EQ(reply.headers.get("x-ratelimit-remaining"), std::to_string(left));
        api.clock.advance(Micros(20'000));
    }
    const auto now = std::chrono::ceil<std::chrono::seconds>(api.clock.now().time_since_epoch()).count();
    Reply reply = api.get("users/me/");
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(json::canonical(reply.body), R"({"error_code":5900,"error_message":"RATE_LIMIT_EXCEEDED"})");
    EXPECT_EQ(reply.headers.get("Retry-After"), "59");
    EXPECT_FALSE(reply.headers.has("X-RateLimit-Remaining"));
    EXPECT_FALSE(reply.headers.has("X-RateLimit-Reset"));
    // Refused calls do not count, and neither do calls without a right: the first slot frees a minute after its call.
    EXPECT_EQ(api.get("workspaces/nosuch/projects/").status, 403);
    api.clock.advance(Micros(58'800'001));
    reply = api.get("users/me/");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.get("X-RateLimit-Remaining"), "0");
    EXPECT_GE(std::stoll(std::string(reply.headers.get("X-RateLimit-Reset"))), now + 60 + 58);
    // Each key has its own minute.
    api.key = api.server.add_key(api.server.admin());
    EXPECT_EQ(api.get("users/me/").headers.get("X-RateLimit-Remaining"), "59");
}

TEST(PlaneGate, RolesInAProject) {
    Api api;
    const std::string admin_key = api.key;
    const std::string p = api.project();
    const std::string item = api.item(p, R"({"name":"a"})");
    const std::string guest = api.user("Gus", 5, p, 5);
    const std::string member = api.user("Mia", 15, p, 15);
    const std::string outsider = api.user("Oda", 15);
    const std::string guest_key = api.server.add_key(guest);
    const std::string member_key = api.server.add_key(member);
    const std::string outsider_key = api.server.add_key(outsider);

    api.key = guest_key;
    EXPECT_EQ(api.get(p + "work-items/").status, 200);
    EXPECT_EQ(api.post(p + "work-items/", R"({"name":"x"})").status, 403);
    EXPECT_EQ(api.patch(p + "work-items/" + item + "/", R"({"name":"x"})").status, 403);
    EXPECT_EQ(api.post(p + "work-items/" + item + "/comments/", R"({"comment_html":"<p>hi</p>"})").status, 201);
    EXPECT_EQ(api.post("workspaces/acme/projects/", R"({"name":"G","identifier":"G"})").status, 403);
    EXPECT_EQ(api.get("workspaces/acme/members/").status, 403);

    api.key = member_key;
    EXPECT_EQ(api.patch(p + "work-items/" + item + "/", R"({"name":"b"})").status, 200);
    EXPECT_EQ(api.patch(p, R"({"description":"x"})").status, 403);
    EXPECT_EQ(api.post(p + "members/", R"({"member":")" + outsider + R"(","role":15})").status, 403);
    const Reply refused = api.remove(p + "work-items/" + item + "/");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.text("error"), "Only admin or creator can delete the work item");
    EXPECT_EQ(api.get(p + "summary/").status, 403);

    api.key = outsider_key;
    EXPECT_EQ(api.get(p + "work-items/").status, 403);
    const Reply list = api.get("workspaces/acme/projects/?fields=name,is_member,network");
    ASSERT_EQ(list.results().size(), 1U);
    EXPECT_EQ(json::canonical(list.results()[0]), R"({"is_member":false,"name":"Web","network":2})");
    EXPECT_EQ(json::canonical(api.get("workspaces/acme/work-items/search/?search=b").body), R"({"issues":[]})");

    api.key = admin_key;
    EXPECT_EQ(api.remove(p + "work-items/" + item + "/").status, 204);
}

}  // namespace
}  // namespace syncline::sim::plane
