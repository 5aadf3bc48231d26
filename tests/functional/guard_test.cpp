// A burst of changes waits for a person, who approves exactly what was shown.
#include "net/curl_client.hpp"
#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

constexpr const char* kKey = "odoo-key-of-a-test";

// Somebody types into many tasks at once.
void rename_all(const World& world, const std::string& name) {
    const json::Value links =
        world.syncline({"links", "--entity", "task", "--status", "active", "--json", "--rows", "1000"}).json();
    json::Array ids;
    for (const json::Value& link : links.at("links").as_array()) {
        ids.push_back(json::Value(std::stoll(std::string(json::text_or(link, "odoo_id")))));
    }
    ASSERT_GE(ids.size(), 16u);
    net::HttpRequest request;
    request.method = "POST";
    request.url = world.odoo_url + "/json/2/project.task/write";
    request.headers = {{"Authorization", std::string("bearer ") + kKey}, {"Content-Type", "application/json"}};
    request.body = json::canonical(json::Object{{"ids", ids}, {"vals", json::Object{{"name", name}}}});
    const Result<net::HttpResponse> response = net::make_curl_client()->send(request);
    ASSERT_TRUE(response.ok()) << response.error().message;
    ASSERT_EQ(response->status, 200) << response->body;
}

TEST(Guard, HoldsABurstUntilItsHashIsApplied) {
    const World world(kKey);
    ASSERT_EQ(world.syncline({"sync"}).exit_code, 0);
    rename_all(world, "Everything is new");
    const Ran held = world.syncline({"sync", "--json"});
    EXPECT_EQ(held.exit_code, 3) << held.out << held.error;
    const json::Value report = held.json();
    EXPECT_EQ(json::integer_or(report, "writes", -1), 0);
    ASSERT_FALSE(report.at("held").as_array().empty());
    const std::string hash(json::text_or(report, "held_plan"));
    const json::Value status = world.syncline({"status", "--json"}).json();
    ASSERT_EQ(status.at("held_plans").as_array().size(), 1u);
    EXPECT_EQ(json::text_or(status.at("held_plans").as_array().front(), "hash"), hash);

    const Ran applied = world.syncline({"apply", hash.substr(0, 12), "--json"});
    EXPECT_EQ(applied.exit_code, 0) << applied.error;
    EXPECT_GE(json::integer_or(applied.json(), "updated"), 16);
    const Ran idle = world.syncline({"sync", "--json"});
    EXPECT_EQ(idle.exit_code, 0) << idle.out;
    EXPECT_EQ(json::integer_or(idle.json(), "writes", -1), 0);
    EXPECT_EQ(world.syncline({"apply", hash.substr(0, 12)}).exit_code, 8) << "a plan is applied once";
}

}  // namespace
}  // namespace syncline::testing
