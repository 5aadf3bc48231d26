#include "net/http.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace syncline::net {
namespace {

TEST(Headers, IgnoreTheCaseOfNames) {
    Headers headers{{"Content-Type", "a"}, {"X", "1"}, {"x", "2"}};
    EXPECT_EQ(headers.get("content-TYPE"), "a");
    EXPECT_EQ(headers.get("X"), "1") << "the first one";
    EXPECT_TRUE(headers.has("x"));
    headers.set("X", "3");
    EXPECT_EQ(std::distance(headers.begin(), headers.end()), 2) << "set() replaces all of that name";
    EXPECT_EQ(headers.get("x"), "3");
    headers.remove("x");
    EXPECT_FALSE(headers.has("X"));
    EXPECT_EQ(headers.get("X"), "");
}

TEST(HandlerClient, ShowsTheHandlerWhatAServerWouldSee) {
    HttpRequest seen;
    HandlerClient client([&](const HttpRequest& request) {
        seen = request;
        return HttpResponse{201, {}, "made"};
    });
    const auto response = client.send(HttpRequest{
        .method = "POST", .url = "http://plane:8000/api?x=1", .headers = {{"X-Api-Key", "k"}}, .body = "b"});
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.url, "/api?x=1");
    EXPECT_EQ(seen.headers.get("Host"), "plane:8000");
    EXPECT_EQ(seen.headers.get("X-Api-Key"), "k");
    EXPECT_EQ(seen.body, "b");
}

TEST(HandlerClient, FailsAsANetworkWould) {
    HandlerClient dropping([](const HttpRequest&) -> HttpResponse { throw DropConnection{}; });
    const auto dropped =
        dropping.send(HttpRequest{.url = "http://h/p?token=hunter2", .headers = {{"X-Api-Key", "hunter2"}}});
    ASSERT_FALSE(dropped.ok());
    EXPECT_EQ(dropped.error().code, Errc::kOutcomeUnknown);
    EXPECT_NE(dropped.error().message.find("GET http://h/p"), std::string::npos);
    EXPECT_EQ(dropped.error().message.find("hunter2"), std::string::npos);

    HandlerClient throwing([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("why"); });
    EXPECT_EQ(throwing.send(HttpRequest{.url = "http://h/"})->status, 500);
    EXPECT_EQ(throwing.send(HttpRequest{.url = "/relative"}).error().code, Errc::kInvalid);
}

}  // namespace
}  // namespace syncline::net
