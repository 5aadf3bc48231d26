#include <gtest/gtest.h>

#include "odoo/detail/probe.hpp"
#include "odoo/detail/transport_json2.hpp"
#include "odoo/detail/transport_jsonrpc.hpp"

namespace syncline::odoo::detail {
namespace {

Peer peer() { return {"https://erp.example.com", "demo", "bot", vault::Secret("k3y"), 2}; }

// "args" of execute_kw after database, user, key, model and method
std::string positional_and_named(const Call& call) {
    const json::Value body = json::parse(jsonrpc::request(peer(), call).body).value();
    const json::Array& args = json::find(*json::find(body, "params"), "args")->as_array();
    EXPECT_EQ(json::canonical(json::Array(args.begin(), args.begin() + 5)),
              R"(["demo",2,"k3y",")" + call.model + R"(",")" + call.method + R"("])");
    return json::canonical(args[5]) + json::canonical(args[6]);
}

TEST(OdooTransport, ArgumentsByPositionForOldVersions) {
    const json::Object context{{"active_test", false}};
    EXPECT_EQ(positional_and_named({"m", "search", {{"domain", json::Array()}, {"order", "id"}, {"context", context}}}),
              R"([[]]{"context":{"active_test":false},"order":"id"})");
    EXPECT_EQ(positional_and_named({"m", "read", {{"ids", {1, 2}}, {"fields", {"a", "b"}}, {"load", ""}}}),
              R"([[1,2],["a","b"]]{"load":""})");
    EXPECT_EQ(positional_and_named({"m", "write", {{"ids", {1}}, {"vals", {{"a", 1}}}}}), R"([[1],{"a":1}]{})");
    EXPECT_EQ(positional_and_named({"m", "load", {{"fields", {"id"}}, {"data", {{"x"}}}}}), R"([["id"],[["x"]]]{})");
    EXPECT_EQ(positional_and_named({"m", "message_post", {{"ids", {1}}, {"body", "hi"}}}), R"([[1]]{"body":"hi"})");
    EXPECT_EQ(positional_and_named({"m", "fields_get", {{"attributes", {"type"}}}}), R"([]{"attributes":["type"]})");
}

TEST(OdooTransport, Json2TakesThemByName) {
    const auto request = json2::request(peer(), {"res.partner", "read", {{"ids", {1}}, {"fields", {"name"}}}});
    EXPECT_EQ(request.url, "https://erp.example.com/json/2/res.partner/read");
    EXPECT_EQ(request.body, R"({"ids":[1],"fields":["name"]})");
    EXPECT_EQ(request.headers.get("authorization"), "bearer k3y");
    EXPECT_GT(request.timeout, std::chrono::seconds(120)) << "Odoo gives up first";
}

TEST(OdooTransport, Versions) {
    EXPECT_EQ(major_of("19.0"), 19);
    EXPECT_EQ(major_of("saas~18.4"), 18);
    EXPECT_EQ(major_of("19.0+e"), 19);
    EXPECT_EQ(major_of(""), 0);
    EXPECT_EQ(major_of("master"), 0);
}

}  // namespace
}  // namespace syncline::odoo::detail
