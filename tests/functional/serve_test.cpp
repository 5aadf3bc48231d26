// `syncline serve` as a process: what comes in by its front door, and what it shows of itself.
#include <csignal>
#include <thread>

#include "net/curl_client.hpp"
#include "tests/functional/program.hpp"
#include "vault/digest.hpp"

namespace syncline::testing {
namespace {

constexpr std::string_view kSecret = "plane_wh_secret_of_a_test";

// Peers are swept so rarely that within the test only events bring news.
struct Serving : World {
    Serving() {
        EXPECT_EQ(syncline({"sync", "--full", "--json"}).exit_code, 0);
        configure("[serve]\nlisten = \"127.0.0.1:" + std::to_string(hook_port) +
                  "\"\nodoo_every = \"1h\"\nplane_every = \"1h\"\nclose_out_every = \"1h\"\nlight_every = \"1h\"\n\n"
                  "[hooks.main]\nsource = \"plane\"\nsecrets = [\"file:" +
                  hook_secret_file + "\"]\n");
        process = std::make_unique<Running>(Arguments{"serve", "--home", home});
        EXPECT_FALSE(process->wait_for("listening on").empty());
    }

    net::HttpResponse ask(const std::string& path, const std::string& method = "GET", const std::string& body = {},
                          net::Headers headers = {}) const {
        net::HttpRequest request;
        request.method = method;
        request.url = "http://127.0.0.1:" + std::to_string(hook_port) + path;
        request.headers = std::move(headers);
        if (!body.empty()) request.headers.set("Content-Type", "application/json");
        request.body = body;
        Result<net::HttpResponse> answer = http->send(request);
        if (answer) return std::move(*answer);
        return {0, {}, answer.error().message};
    }
    // What the clock asked for at the start has been done when the front door's page counts it.
    void settle() const {
        for (int i = 0; i < 600; ++i) {
            const std::string metrics = ask("/metrics").body;
            if (metrics.find("syncline_runs_total{kind=\"auto\"") != std::string::npos &&
                metrics.find("syncline_queue_depth{state=\"ready\"} 0") != std::string::npos &&
                metrics.find("syncline_queue_depth{state=\"running\"} 0") != std::string::npos) {
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ADD_FAILURE() << ask("/metrics").body;
    }

    std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    std::unique_ptr<Running> process;
};

TEST(Serve, AnEventAloneCarriesAChange) {
    const Serving world;
    world.settle();
    const json::Value links =
        world.syncline({"links", "--entity", "task", "--status", "active", "--json", "--rows", "1"}).json();
    const json::Value& task = links.at("links").at(0);
    const json::Value projects = world.syncline({"links", "--entity", "project", "--json", "--rows", "10"}).json();
    std::string project;
    for (const json::Value& one : projects.at("links").as_array()) {
        if (json::text_or(one, "title") == json::text_or(task, "project")) project = json::text_or(one, "plane_id");
    }
    ASSERT_FALSE(project.empty());
    // A person renames it in Plane; Odoo owns the name, so Syncline puts it back: one write that only an event causes.
    net::HttpRequest edit;
    edit.method = "PATCH";
    edit.url = world.plane_url + "/api/v1/workspaces/acme/projects/" + project + "/work-items/" +
               std::string(json::text_or(task, "plane_id")) + "/";
    edit.headers.set("X-Api-Key", "plane-key-of-a-test");
    edit.headers.set("Content-Type", "application/json");
    edit.body = R"({"name": "Typed in Plane"})";
    const Result<net::HttpResponse> edited = world.http->send(edit);
    ASSERT_TRUE(edited.ok());
    ASSERT_EQ(edited->status, 200) << edited->body;
    EXPECT_FALSE(world.process->wait_for("Typed in Plane", std::chrono::seconds(20)).empty())
        << world.process->output();
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
    EXPECT_EQ(world.ask("/hooks/plane/other", "POST", body, sign(kSecret)).status, 404);
    EXPECT_EQ(world.ask("/hooks/odoo/main", "POST", body, sign(kSecret)).status, 404);
    EXPECT_EQ(world.ask("/hooks/plane/main", "GET").status, 405);
    const net::HttpResponse good = world.ask("/hooks/plane/main", "POST", body, sign(kSecret));
    EXPECT_EQ(good.status, 200) << good.body;
    EXPECT_NE(good.body.find("\"duplicate\":false"), std::string::npos) << good.body;
    const net::HttpResponse again = world.ask("/hooks/plane/main", "POST", body, sign(kSecret));
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
