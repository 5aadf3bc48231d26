// The client against a real Odoo, when there is one: SYNCLINE_TEST_ODOO names a folder with the files url, database and
// key, as `tools/odoo19 start FOLDER` leaves it. Without it these tests are skipped, and say so.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "net/curl_client.hpp"
#include "odoo/client.hpp"
#include "odoo/detail/same_values.hpp"

namespace syncline::odoo {
namespace {

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// Loses the answers of calls whose address ends in `method`, after they reached Odoo.
class LossyHttp final : public net::HttpClient {
public:
    LossyHttp(net::HttpClient& inner, std::string method) : inner_(inner), method_(std::move(method)) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        auto response = inner_.send(request);
        if (!request.url.ends_with(method_) || lost++ > 0) return response;
        return make_error(Errc::kOutcomeUnknown, "lost on purpose");
    }
    int lost = 0;

private:
    net::HttpClient& inner_;
    const std::string method_;
};

// Makes the server look like an 18, which speaks JSON-RPC only; 19 still answers that, too.
class OldFaceHttp final : public net::HttpClient {
public:
    explicit OldFaceHttp(net::HttpClient& inner) : inner_(inner) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        if (request.url.ends_with("/web/version")) return net::HttpResponse{404, {}, "<html>"};
        if (request.body.find(R"("method":"version")") != std::string::npos) {
            return net::HttpResponse{200, {}, R"({"result":{"server_version":"18.0"}})"};
        }
        EXPECT_TRUE(request.url.ends_with("/jsonrpc")) << request.url;
        return inner_.send(request);
    }

private:
    net::HttpClient& inner_;
};

class OdooLive : public testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
        if (!folder) GTEST_SKIP() << "no real Odoo: set SYNCLINE_TEST_ODOO to a folder made by tools/odoo19 start";
        settings.url = first_line(std::string(folder) + "/url") + "/web/";
        settings.database = first_line(std::string(folder) + "/database");
        settings.key = vault::Secret(first_line(std::string(folder) + "/key"));
        key = "live-" + random.uuid();
    }

    json::Object task_values(std::int64_t project) {
        return {{"name", "Dig, \"deep\"\n"},
                {"project_id", project},
                {"user_ids", json::Array()},
                {"priority", "2"},
                {"state", "03_approved"},
                {"date_deadline", "2026-12-05 10:11:12"},
                {"description", "<p>a <b>b</b></p>"},
                {"allocated_hours", 2.5},
                {"color", 3},
                {"partner_id", false}};
    }

    std::unique_ptr<net::HttpClient> http = net::make_curl_client();
    SystemClock clock;
    SystemRandom random;
    Settings settings;
    std::string key;
};

TEST_F(OdooLive, ARecordsWholeLife) {
    Client client(*http, clock, random, settings);
    const ServerInfo info = client.probe().value();
    EXPECT_GE(info.major, 19);
    EXPECT_EQ(info.transport, Transport::kJson2);
    EXPECT_NE(info.login, "");
    EXPECT_LT(std::chrono::abs(client.clock_skew()), std::chrono::seconds(2));

    const auto project =
        client.create("project.project", key + ".project", {{"name", key}, {"allow_milestones", true}});
    ASSERT_TRUE(project.ok()) << project.error().message;
    const json::Object values = task_values(*project);
    const auto id = client.create("project.task", key, values);
    ASSERT_TRUE(id.ok()) << id.error().message;
    std::vector<std::string> names{"write_date", "no_such_field"};
    for (const auto& [name, value] : values) names.emplace_back(name);
    const FieldInfos fields = client.fields("project.task").value();
    EXPECT_TRUE(detail::holds(fields, values, client.read("project.task", {*id}, names).value().at(0)));

    const json::Object change{{"name", "Dug"}, {"user_ids", {{6, 0, {info.uid}}}}, {"active", false}};
    ASSERT_TRUE(client.write("project.task", *id, change).ok());
    EXPECT_EQ(client.create("project.task", key, values).value(), *id);
    EXPECT_TRUE(
        detail::holds(fields, change, client.read("project.task", {*id}, {"name", "user_ids", "active"}).value()[0]))
        << "a repeated create leaves the record alone";
    const auto stamps = client.stamps("project.task", {{"project_id", "=", *project}}).value();
    ASSERT_EQ(stamps.size(), 1u);
    EXPECT_FALSE(stamps[0].active);
    EXPECT_TRUE(client.search("project.task", {{"project_id", "=", *project}}, false).value().empty());

    EXPECT_EQ(client.write("project.task", 999'999'999, change).error().code, Errc::kNotFound);
    EXPECT_EQ(client.write("project.task", *id, {{"state", "bogus"}}).error().code, Errc::kRefused);
    EXPECT_EQ(client.create("project.task", key + "2", {{"color", 1}}).error().code, Errc::kRefused);
    EXPECT_EQ(client.fields("no.model").error().code, Errc::kNotFound);
    ASSERT_TRUE(client.call("project.task", "unlink", {{"ids", {*id}}}, false).ok());
    EXPECT_TRUE(client.read("project.task", {*id}, {"name"}).value().empty());
}

TEST_F(OdooLive, OverJsonRpc) {
    settings.login = Client(*http, clock, random, settings).probe().value().login;
    OldFaceHttp old(*http);
    Client client(old, clock, random, settings);
    EXPECT_EQ(client.probe().value().transport, Transport::kJsonRpc);
    const json::Object values = task_values(client.create("project.project", key + ".p", {{"name", key}}).value());
    const auto id = client.create("project.task", key, values);
    ASSERT_TRUE(id.ok()) << id.error().message;
    ASSERT_TRUE(client.write("project.task", *id, {{"name", "Dug"}}).ok());
    EXPECT_EQ(client.read("project.task", {*id}, {"name"}).value().at(0).at("name"), "Dug");
    EXPECT_EQ(client.search("project.task", {{"id", "=", *id}}).value(), std::vector{*id});
    EXPECT_EQ(client.stamps("project.task", {{"id", "=", *id}}).value().size(), 1u);
    EXPECT_EQ(client.write("project.task", 999'999'999, {{"name", "x"}}).error().code, Errc::kNotFound);
    EXPECT_EQ(client.fields("no.model").error().code, Errc::kNotFound);
    EXPECT_TRUE(client.call("project.task", "action_archive", {{"ids", {*id}}}, false).ok());
    settings.key = vault::Secret(std::string(40, '0'));
    EXPECT_EQ(Client(old, clock, random, settings).probe().error().code, Errc::kUnauthorized);
}

TEST_F(OdooLive, LostAnswers) {
    LossyHttp load(*http, "/load"), write(*http, "/write");
    Client creator(load, clock, random, settings);
    const auto id = creator.create("res.partner", key, {{"name", key}});
    ASSERT_TRUE(id.ok()) << id.error().message;
    EXPECT_EQ(load.lost, 2) << "sent twice";
    EXPECT_EQ(creator.search("res.partner", {{"name", "=", key}}).value().size(), 1u) << "made once";
    Client writer(write, clock, random, settings);
    ASSERT_TRUE(writer.write("res.partner", *id, {{"comment", "<p>x</p>"}, {"category_id", json::Array()}}).ok());
    EXPECT_EQ(write.lost, 1) << "found there, not written again";
}

TEST_F(OdooLive, ManyClientsMakeOneRecord) {
    constexpr int kThreads = 4;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < kThreads; ++i) {
        clients.push_back(std::make_unique<Client>(*http, clock, random, settings));
        ASSERT_TRUE(clients.back()->fields("res.partner").ok());
    }
    std::vector<std::int64_t> ids(kThreads);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                const auto id = clients[i]->create("res.partner", key, {{"name", key}});
                EXPECT_TRUE(id.ok()) << id.error().message;
                if (id.ok()) ids[i] = *id;
            });
        }
    }
    for (const std::int64_t id : ids) EXPECT_EQ(id, ids[0]);
    EXPECT_EQ(clients[0]->search("res.partner", {{"name", "=", key}}).value().size(), 1u);
}

TEST_F(OdooLive, WrongKeyAndDatabase) {
    Settings wrong = settings;
    wrong.key = vault::Secret(std::string(40, '0'));
    EXPECT_EQ(Client(*http, clock, random, wrong).probe().error().code, Errc::kUnauthorized);
    wrong = settings;
    wrong.database = "nosuchdb";
    const auto info = Client(*http, clock, random, wrong).probe();
    EXPECT_EQ(info.error().code, Errc::kNotConfigured) << info.error().message;
}

}  // namespace
}  // namespace syncline::odoo
