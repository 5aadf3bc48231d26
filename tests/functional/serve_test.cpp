// `syncline serve` as a process: what comes in by its front door, and what it shows of itself.
#include <csignal>
#include <fstream>
#include <regex>
#include <sstream>
#include <thread>

#include "tests/functional/serving.hpp"
#include "vault/digest.hpp"

namespace syncline::testing {
namespace {

// Every name that the program declares.
std::vector<std::string> declared_metrics() {
    std::ifstream file(std::string(SYNCLINE_SOURCE_DIR) + "/src/watch/metric_names.hpp");
    std::stringstream text;
    text << file.rdbuf();
    const std::string source = text.str();
    const std::regex name("\"(syncline_[a-z_]+)\"");
    std::vector<std::string> names;
    for (std::sregex_iterator it(source.begin(), source.end(), name), end; it != end; ++it) names.push_back((*it)[1]);
    return names;
}

// Those of `names` that the page has no value of.
std::vector<std::string> without_value(const std::string& page, const std::vector<std::string>& names) {
    std::vector<std::string> missing;
    for (const std::string& name : names) {
        const std::regex line("(^|\n)" + name + "(_count)?(\\{[^}]*\\})? [0-9]");
        if (!std::regex_search(page, line)) missing.push_back(name);
    }
    return missing;
}

TEST(Serve, AnEventAloneCarriesAChange) {
    const Serving world;
    world.settle();
    world.rename_in_plane(world.a_task(), "Typed in Plane");
    EXPECT_FALSE(world.process->wait_for("Typed in Plane").empty()) << world.process->output();
}

TEST(Serve, EveryMetricHasAValueAfterSomeWork) {
    const Serving world("600");
    world.settle();
    world.rename_in_plane(world.a_task(), "Typed in Plane");
    EXPECT_FALSE(world.process->wait_for("Typed in Plane").empty()) << world.process->output();
    std::vector<std::string> names = declared_metrics();
    ASSERT_GT(names.size(), 20u);
    std::erase(names, "syncline_metric_series_refused_total");  // there were not too many
    std::vector<std::string> missing;
    for (int i = 0; i < kTriesMax; ++i) {  // the store is asked each five seconds
        missing = without_value(world.ask("/metrics").body, names);
        if (missing.empty()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(missing, std::vector<std::string>{}) << world.ask("/metrics").body;
}

TEST(Serve, AForgedEventIsRefusedAndAGoodOneIsKept) {
    const Serving world;
    const std::string body = R"({"event": "issue", "action": "updated", "webhook_id": "w", "workspace_id": "s",)"
                             R"( "data": {"id": "6d0c9a52-0000-4000-8000-000000000000"}})";
    const auto sign = [&](std::string_view secret) {
        net::Headers headers;
        headers.set("X-Plane-Event", "issue");
        headers.set("X-Plane-Delivery", "c0ffee00-0000-4000-8000-000000000000");
        headers.set("X-Plane-Signature", vault::hmac_sha256_hex(secret, body));
        return headers;
    };
    EXPECT_EQ(world.ask("/hooks/plane/main", "POST", body, sign("another secret")).status, 401);
    EXPECT_EQ(world.ask("/hooks/plane/main", "POST", body).status, 401);
    EXPECT_EQ(world.ask("/hooks/plane/other", "POST", body, sign(kHookSecret)).status, 404);
    EXPECT_EQ(world.ask("/hooks/odoo/main", "POST", body, sign(kHookSecret)).status, 404);
    EXPECT_EQ(world.ask("/hooks/plane/main", "GET").status, 405);
    const net::HttpResponse good = world.ask("/hooks/plane/main", "POST", body, sign(kHookSecret));
    EXPECT_EQ(good.status, 200) << good.body;
    EXPECT_NE(good.body.find("\"duplicate\":false"), std::string::npos) << good.body;
    const net::HttpResponse again = world.ask("/hooks/plane/main", "POST", body, sign(kHookSecret));
    EXPECT_EQ(again.status, 200);
    EXPECT_NE(again.body.find("\"duplicate\":true"), std::string::npos) << again.body;
}

TEST(Serve, ShowsWhetherItIsWell) {
    const Serving world;
    EXPECT_EQ(world.ask("/healthz").status, 200);
    const net::HttpResponse ready = world.ask("/readyz");
    EXPECT_EQ(ready.status, 200) << ready.body;
    world.settle();
    const std::string metrics = world.ask("/metrics").body;
    for (const char* name : {"syncline_build_info", "syncline_queue_depth", "syncline_dead_letters 0",
                             "syncline_breaker_open{peer=\"plane\"} 0", "syncline_webhook_receipts_total"}) {
        EXPECT_NE(metrics.find(name), std::string::npos) << name << "\n" << metrics;
    }
    EXPECT_EQ(world.ask("/nothing").status, 404);
}

TEST(Serve, EndsInOrder) {
    const Serving world;
    world.process->signal(SIGTERM);
    EXPECT_EQ(world.process->wait(), 0) << world.process->output();
    EXPECT_EQ(processes_left(world.home), std::vector<std::string>{});
}

}  // namespace
}  // namespace syncline::testing
