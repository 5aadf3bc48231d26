#include "odoo/client.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "odoo/testdata/fake_odoo.hpp"
#include "odoo/testdata/recorded.hpp"

namespace syncline::odoo {
namespace {

using testdata::FakeOdoo;
using testdata::recorded;

constexpr const char* kNow = "2026-11-21 00:00:00";

Settings settings(std::string url = "http://odoo.test") {
    Settings s;
    s.url = std::move(url);
    s.database = "demo";
    s.login = "bot@example.com";
    s.key = vault::Secret(testdata::kKey);
    return s;
}

// A client whose peer is a function, on a clock of its own.
struct Bench {
    explicit Bench(net::Handler handler, Settings s = settings())
        : http([this, handler = std::move(handler)](const net::HttpRequest& request) {
              requests.push_back(request);
              return handler(request);
          }),
          client(http, clock, random, std::move(s)) {}

    json::Value body(std::size_t call) const { return json::parse(requests.at(call).body).value(); }

    std::vector<net::HttpRequest> requests;
    VirtualClock clock{parse_time(kNow).value()};
    SeededRandom random{1};
    net::HandlerClient http;
    Client client;
};

// Answers with these recordings in this order; the last one again and again.
net::Handler replay(std::vector<std::string> names) {
    return [names = std::move(names), next = std::size_t{0}](const net::HttpRequest&) mutable {
        return recorded(names[std::min(next++, names.size() - 1)]).response;
    };
}

TEST(OdooProbe, Nineteen) {
    Bench bench(replay({"000_version", "010_json2_context_get", "023_json2_private_method"}));
    const ServerInfo info = bench.client.probe().value();
    EXPECT_EQ(info.version, "19.0");
    EXPECT_EQ(info.major, 19);
    EXPECT_EQ(info.transport, Transport::kJson2);
    EXPECT_EQ(info.uid, 2);
    EXPECT_EQ(info.login, "") << "a user who may not read its own login is no failure";
    EXPECT_FALSE(bench.requests[0].headers.has("Authorization")) << "the version needs no key";
    const net::HttpRequest& who = bench.requests[1];
    EXPECT_EQ(who.method + who.url, "POST/json/2/res.users/context_get");
    EXPECT_EQ(who.headers.get("Authorization"), std::string("bearer ") + testdata::kKey);
    EXPECT_EQ(who.headers.get("X-Odoo-Database"), "demo");
    EXPECT_EQ(who.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(who.body, "{}");
}

TEST(OdooProbe, FourteenSpeaksJsonRpc) {
    Bench bench(replay({"odoo14/320_probe_web_version", "odoo14/300_version", "odoo14/301_authenticate"}));
    const ServerInfo info = bench.client.probe().value();
    EXPECT_EQ(info.major, 14);
    EXPECT_EQ(info.transport, Transport::kJsonRpc);
    EXPECT_EQ(info.uid, 2);
    EXPECT_EQ(json::canonical(*json::find(bench.body(2), "params")),
              R"({"args":["demo","bot@example.com",")" + std::string(testdata::kKey) +
                  R"(",{}],"method":"authenticate","service":"common"})");
    EXPECT_EQ(bench.client.calls(),
              (CallCounts{{"web/version", 1}, {"common/version", 1}, {"common/authenticate", 1}}));
}

TEST(OdooProbe, WhatCanBeWrong) {
    struct Case {
        std::vector<std::string> recordings;
        Errc code;
        std::string_view says;
    };
    for (const Case& c : {
             Case{{"000_version", "014_json2_wrong_db"}, Errc::kNotConfigured, "no database \"demo\""},
             Case{{"000_version", "012_json2_bad_key"}, Errc::kUnauthorized, "Invalid apikey"},
             Case{{"odoo14/320_probe_web_version"}, Errc::kNotConfigured, "web page"},
             Case{{"300_jsonrpc_version"}, Errc::kNotConfigured, "not Odoo"},
             Case{{"odoo14/320_probe_web_version", "odoo14/300_version", "odoo14/302_authenticate_bad"},
                  Errc::kUnauthorized,
                  "login and key"},
             Case{{"odoo14/320_probe_web_version", "odoo14/300_version", "304_jsonrpc_authenticate_bad_db"},
                  Errc::kNotConfigured,
                  "does not exist"},
         }) {
        Bench bench(replay(c.recordings));
        const auto info = bench.client.probe();
        ASSERT_FALSE(info.ok()) << c.recordings.back();
        EXPECT_EQ(to_string(info.error().code), to_string(c.code)) << info.error().message;
        EXPECT_NE(info.error().message.find(c.says), std::string::npos) << info.error().message;
        EXPECT_NE(info.error().hint, "") << info.error().message;
    }
}

TEST(OdooProbe, MissingSettingsAreNamedBeforeAnyCall) {
    FakeOdoo old("14.0");
    Settings no_url = settings(""), no_key = settings(), no_login = settings(), no_database = settings();
    no_key.key = vault::Secret();
    no_login.login.clear();
    no_database.database.clear();
    EXPECT_EQ(Bench(old.handler(), no_url).client.probe().error().code, Errc::kNotConfigured);
    EXPECT_EQ(Bench(old.handler(), no_key).client.probe().error().code, Errc::kKeyMissing);
    EXPECT_NE(Bench(old.handler(), no_login).client.probe().error().hint.find("login"), std::string::npos);
    EXPECT_NE(Bench(old.handler(), no_database).client.probe().error().hint.find("database"), std::string::npos);
    FakeOdoo modern;
    Bench bench(modern.handler(), no_database);
    EXPECT_TRUE(bench.client.probe().ok()) << "one database only: JSON-2 finds it";
    EXPECT_FALSE(bench.requests[1].headers.has("X-Odoo-Database"));
}

class DeadHttp final : public net::HttpClient {
public:
    Result<net::HttpResponse> send(const net::HttpRequest&) override {
        ++calls;
        return make_error(Errc::kUnreachable, "no route to host");
    }
    int calls = 0;
};

TEST(OdooProbe, AnUnreachableServerIsAskedAFewTimesWithPauses) {
    DeadHttp http;
    VirtualClock clock(parse_time(kNow).value());
    SeededRandom random(1);
    Client client(http, clock, random, settings());
    EXPECT_EQ(client.search("res.partner", {}).error().code, Errc::kUnreachable);
    EXPECT_EQ(http.calls, kReadTriesMax);
    const Micros waited = clock.now() - parse_time(kNow).value();
    EXPECT_GE(waited, std::chrono::milliseconds(875));  // half of 250 + 500 + 1000 ms
    EXPECT_LE(waited, std::chrono::milliseconds(1750));
}

TEST(OdooRead, RecordedAnswerAndTheQuestionForIt) {
    const std::vector<std::string> names{"name", "parent_id", "no_such_field", "country_id"};
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url == "/web/version") return recorded("000_version").response;
        if (request.url.ends_with("/context_get")) return recorded("010_json2_context_get").response;
        if (request.url.ends_with("/fields_get")) {
            return net::HttpResponse{200, {}, R"({"name":{"type":"char"},"parent_id":{"type":"many2one"},
                "country_id":{"type":"many2one","relation":"res.country"}})"};
        }
        if (request.url == "/json/2/res.partner/read") return recorded("045_partner_read_load_empty").response;
        return net::HttpResponse{200, {}, "[]"};
    });
    const auto rows = bench.client.read("res.partner", {9, 9, 9}, names).value();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].at("country_id"), 57) << "the plain id";
    EXPECT_EQ(json::canonical(bench.body(bench.requests.size() - 1)),
              R"({"fields":["id","name","parent_id","country_id"],"ids":[9],"load":""})");
    EXPECT_EQ(bench.client.fields("res.partner").value().at("country_id").relation, "res.country");
    EXPECT_TRUE(bench.client.read("res.partner", {9}, {}).ok());
    EXPECT_EQ(json::canonical(*json::find(bench.body(bench.requests.size() - 1), "fields")), R"(["id"])")
        << "an empty list would mean every field";
    EXPECT_EQ(bench.client.calls().at("res.partner/fields_get"), 1) << "asked once";
    EXPECT_TRUE(bench.client.read("res.partner", {}, names).value().empty());
}

TEST(OdooRead, ADroppedConnectionHalvesTheChunk) {
    FakeOdoo odoo;
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; id <= 2500; ++id) {
        ids.push_back(id);
        if (id != 77) odoo.rows[id] = {{"id", id}, {"name", "n"}};
    }
    constexpr std::size_t kTooMuch = 300;
    std::vector<std::size_t> sizes;
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url.ends_with("task/read")) {
            const json::Value body = json::parse(request.body).value();
            sizes.push_back(json::find(body, "ids")->as_array().size());
            if (sizes.back() > kTooMuch) throw net::DropConnection{};
        }
        return odoo.handle(request);
    });
    EXPECT_EQ(bench.client.read("project.task", ids, {"name"}).value().size(), ids.size() - 1);
    ASSERT_GE(sizes.size(), 12u);
    EXPECT_EQ((std::vector<std::size_t>(sizes.begin(), sizes.begin() + 3)), (std::vector<std::size_t>{1000, 500, 250}));
    EXPECT_EQ(sizes.size(), 2u + 10u) << "two lost, ten of 250: the smaller size stays";
}

TEST(OdooRead, AServerThatDropsEverythingIsGivenUp) {
    FakeOdoo odoo;
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url.ends_with("task/read")) throw net::DropConnection{};
        return odoo.handle(request);
    });
    std::vector<std::int64_t> ids(1000);
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::int64_t>(i + 1);
    EXPECT_EQ(bench.client.read("project.task", ids, {}).error().code, Errc::kUpstream);
    EXPECT_LE(bench.client.calls().at("project.task/read"), 20);
}

TEST(OdooStamps, ArchivedOnesTooAndModelsWithoutActive) {
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url == "/web/version") return recorded("000_version").response;
        if (request.url.ends_with("/context_get")) return recorded("010_json2_context_get").response;
        if (request.url.ends_with("/tag/fields_get")) return net::HttpResponse{200, {}, R"({"write_date":{}})"};
        if (request.url.ends_with("/fields_get")) return net::HttpResponse{200, {}, R"({"write_date":{},"active":{}})"};
        if (request.url.ends_with("/task/search_read")) {
            return net::HttpResponse{200, {}, R"([{"id":3,"write_date":"2026-11-21 00:22:22","active":false}])"};
        }
        return net::HttpResponse{200, {}, R"([{"id":4,"write_date":"2026-11-21 00:22:23"}])"};
    });
    const auto tasks = bench.client.stamps("task", {{"project_id", "=", 1}}).value();
    ASSERT_EQ(tasks.size(), 1u);
    EXPECT_EQ(tasks[0].id, 3);
    EXPECT_EQ(tasks[0].write_date, "2026-11-21 00:22:22");
    EXPECT_FALSE(tasks[0].active);
    EXPECT_EQ(json::canonical(bench.body(bench.requests.size() - 1)),
              R"({"context":{"active_test":false},"domain":[["project_id","=",1]],)"
              R"("fields":["id","write_date","active"],"order":"id"})");
    EXPECT_TRUE(bench.client.stamps("tag", {}).value().at(0).active);
    EXPECT_EQ(json::canonical(*json::find(bench.body(bench.requests.size() - 1), "fields")), R"(["id","write_date"])");
}

TEST(OdooStamps, TooManyForOneRequestAreAskedInChunks) {
    FakeOdoo odoo;
    for (std::int64_t id = 1; id <= 1500; ++id) odoo.rows[id] = {{"id", id}, {"write_date", kNow}, {"active", true}};
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url.ends_with("/search_read")) throw net::DropConnection{};
        return odoo.handle(request);
    });
    EXPECT_EQ(bench.client.stamps("project.task", {}).value().size(), 1500u);
}

TEST(OdooCalls, ContextsOfReadsAndWrites) {
    FakeOdoo odoo;
    odoo.rows[1] = {{"id", 1}};
    Settings quiet = settings();
    quiet.companies = {3, 1};
    Bench bench(odoo.handler(), quiet);
    ASSERT_TRUE(bench.client.write("project.task", 1, {{"name", "x"}}).ok());
    EXPECT_EQ(json::canonical(odoo.last_context),
              R"({"allowed_company_ids":[3,1],"mail_auto_subscribe_no_notify":true,"mail_create_nosubscribe":true,)"
              R"("mail_notrack":true,"tracking_disable":true})");
    ASSERT_TRUE(bench.client.search("project.task", {}, true).ok());
    EXPECT_EQ(json::canonical(odoo.last_context), R"({"active_test":false,"allowed_company_ids":[3,1]})");
    ASSERT_TRUE(bench.client.search("project.task", {}, false).ok());
    EXPECT_EQ(json::canonical(odoo.last_context), R"({"allowed_company_ids":[3,1]})");

    Settings loud = settings();
    loud.quiet = false;
    Bench noisy(odoo.handler(), loud);
    ASSERT_TRUE(noisy.client.write("project.task", 1, {{"name", "x"}}).ok());
    EXPECT_TRUE(odoo.last_context.empty());
    const json::Object own{{"ids", {1}}, {"vals", {{"name", "y"}}}, {"context", {{"tracking_disable", false}}}};
    ASSERT_TRUE(bench.client.call("project.task", "write", own, false).ok());
    EXPECT_EQ(odoo.last_context["tracking_disable"], false) << "the caller knows better";
}

TEST(OdooCalls, NoneOverJsonRpcIsNull) {
    for (const char* name : {"319_jsonrpc_none_result", "odoo14/315_none_result"}) {
        FakeOdoo odoo("14.0");
        Bench bench([&](const net::HttpRequest& request) {
            return request.body.find("action_archive") == std::string::npos ? odoo.handle(request)
                                                                            : recorded(name).response;
        });
        EXPECT_TRUE(bench.client.call("res.partner", "action_archive", {{"ids", {13}}}, false).value().is_null());
    }
}

TEST(OdooCalls, TheKeyIsInNoError) {
    Bench bench([](const net::HttpRequest& request) {
        if (request.url == "/web/version") return recorded("000_version").response;
        const std::string key = testdata::kKey;
        const json::Object failure{
            {"name", "builtins.TypeError"}, {"debug", "x"}, {"message", "bad call ('" + key + "', '" + key + "')"}};
        return net::HttpResponse{500, {}, boost::json::serialize(failure)};
    });
    const Error error = bench.client.probe().error();
    EXPECT_EQ(error.message.find(testdata::kKey), std::string::npos);
    EXPECT_NE(error.message.find("('<key>', '<key>')"), std::string::npos) << error.message;
}

TEST(OdooCalls, OdoosOwnHostingGetsOneCallASecond) {
    for (const auto& [url, rate, seconds] : {std::tuple{"https://acme.odoo.com", 0.0, 9},
                                             {"https://acme.odoo.com", 10.0, 0},
                                             {"https://erp.example.com", 0.0, 0},
                                             {"https://erp.example.com", 2.0, 4}}) {
        FakeOdoo odoo;
        Settings paced = settings(url);
        paced.calls_per_s_max = rate;
        Bench bench(odoo.handler(), paced);
        while (bench.requests.size() < 10) ASSERT_TRUE(bench.client.search("project.task", {}).ok());
        const Micros passed = bench.clock.now() - parse_time(kNow).value();
        EXPECT_EQ(std::chrono::floor<std::chrono::seconds>(passed).count(), seconds) << url << " " << rate;
    }
}

TEST(OdooCalls, TheServersClock) {
    Bench bench(replay({"000_version", "010_json2_context_get"}));  // they say 00:19:45
    EXPECT_EQ(bench.client.clock_skew(), Micros{0});
    ASSERT_TRUE(bench.client.probe().ok());
    EXPECT_EQ(bench.client.clock_skew(), std::chrono::seconds(19 * 60 + 45));
}

TEST(OdooCalls, ARestThatIsTooLongIsLeftToTheCaller) {
    FakeOdoo odoo;
    Bench bench([&](const net::HttpRequest& request) {
        if (request.url.ends_with("/search")) return net::HttpResponse{429, {{"Retry-After", "3600"}}, ""};
        return odoo.handle(request);
    });
    const auto found = bench.client.search("project.task", {});
    EXPECT_EQ(found.error().code, Errc::kRateLimited);
    EXPECT_EQ(found.error().detail("retry_after_ms"), "3600000");
    EXPECT_EQ(bench.client.calls().at("project.task/search"), 1);
}

TEST(OdooCalls, WritesToOneRecordDoNotOverlap) {
    FakeOdoo odoo;
    odoo.rows[1] = {{"id", 1}};
    std::atomic<int> inside{0}, most{0};
    net::HandlerClient http([&](const net::HttpRequest& request) {
        if (request.url.ends_with("/write")) {
            most = std::max(most.load(), ++inside);
            std::this_thread::yield();
            --inside;
        }
        return odoo.handle(request);
    });
    VirtualClock clock(parse_time(kNow).value());
    SeededRandom random(1);
    Client client(http, clock, random, settings());
    constexpr int kThreads = 8, kEach = 50;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < kThreads; ++t) {
            threads.emplace_back([&client] {
                for (int i = 0; i < kEach; ++i) EXPECT_TRUE(client.write("project.task", 1, {{"name", "x"}}).ok());
            });
        }
    }
    EXPECT_EQ(most, 1);
    EXPECT_EQ(client.calls().at("project.task/write"), kThreads * kEach);
    EXPECT_EQ(client.calls().at("web/version"), 1) << "one probe for all";
}

}  // namespace
}  // namespace syncline::odoo
