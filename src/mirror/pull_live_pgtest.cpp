// The mirror of a real Odoo 19, when there is one: SYNCLINE_TEST_ODOO names a folder as `tools/odoo19 start FOLDER
// --trade` leaves it. Without it these tests are skipped, and say so.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "mirror/certificate.hpp"
#include "mirror/pull.hpp"
#include "mirror/verify.hpp"
#include "net/curl_client.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "vault/base64.hpp"
#include "vault/digest.hpp"

namespace syncline::mirror {
namespace {

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

// Fails requests as a server does that is being started anew, and counts those that failed of themselves.
class RestartingHttp final : public net::HttpClient {
public:
    explicit RestartingHttp(net::HttpClient& inner) : inner_(inner) {}
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        if (!request.url.ends_with("/read") || down_for <= 0) {
            Result<net::HttpResponse> answer = inner_.send(request);
            if (!answer.ok()) ++failed;
            return answer;
        }
        const int left = --down_for;
        if (left % 2 == 0) return make_error(Errc::kUnreachable, "connection refused");
        return net::HttpResponse{502, {{"Content-Type", "text/html"}}, "<html>Bad Gateway</html>"};
    }
    std::atomic<int> down_for = 0;
    std::atomic<int> failed = 0;

private:
    net::HttpClient& inner_;
};

class MirrorLive : public pg::testing::PgTest {
protected:
    void SetUp() override {
        const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
        if (!folder) GTEST_SKIP() << "no real Odoo: set SYNCLINE_TEST_ODOO to a folder made by tools/odoo19 start";
        PgTest::SetUp();
        odoo::Settings settings;
        settings.url = first_line(std::string(folder) + "/url");
        settings.database = first_line(std::string(folder) + "/database");
        settings.key = vault::Secret(first_line(std::string(folder) + "/key"));
        client = std::make_unique<odoo::Client>(meter, clock, random, settings);
        const auto companies = companies_of_odoo(*client);
        ASSERT_TRUE(companies.ok()) << companies.error().message;
        ASSERT_TRUE(
            database()
                .run(pg::testing::kOrg, [&](pg::Transaction& tx) { return map_companies(tx, {}, "live", *companies); })
                .ok());
    }

    Result<PullReport> try_pull(std::string_view entity, const PullOptions& options, std::size_t chunk = 1000) {
        Puller puller(database(), *client, meter, clock, random, {.server = "live", .chunk = chunk});
        return puller.pull(**entity_named(entity), options);
    }
    PullReport pull(std::string_view entity, PullKind kind = PullKind::kDelta) {
        Result<PullReport> report = try_pull(entity, {.kind = kind});
        EXPECT_TRUE(report.ok()) << entity << ": " << report.error().message;
        return report.ok() ? std::move(*report) : PullReport{};
    }
    // Certified, and all of it is what Odoo says.
    void expect_proven(const PullReport& report) {
        const auto made = certify(database(), {}, report, clock);
        ASSERT_TRUE(made.ok()) << made.error().message;
        EXPECT_TRUE(made->certified) << made->reasons.front();
        const Entity& entity = **entity_named(report.row.entity);
        const Scope scope = scope_of(*client, entity, companies_of_odoo(*client).value()).value();
        const auto verified = verify(database(), *client, {}, scope, choose_columns(scope.model, scope.fields), random,
                                     clock, {.full = true});
        ASSERT_TRUE(verified.ok()) << verified.error().message;
        EXPECT_TRUE(verified->good());
        EXPECT_EQ(verified->contents_read, made->ids);
    }
    std::string status_of(std::int64_t id) {
        const pg::Rows rows =
            run("select status || ' ' || name from odoo.records where external_id = $1 and "
                "entity = 'partner'",
                {id});
        return rows.empty() ? "none" : std::string(rows.text(0, 0));
    }

    std::unique_ptr<net::HttpClient> curl = net::make_curl_client();
    RestartingHttp http{*curl};
    SystemClock clock;
    SystemRandom random;
    Meter meter{http, clock, {}};
    std::unique_ptr<odoo::Client> client;
};

TEST_F(MirrorLive, EveryEntityClosesAndASecondPullFindsNothing) {
    int there = 0;
    for (const Entity& entity : all_entities()) {
        const PullReport first = pull(entity.name);
        if (first.absent) continue;
        ++there;
        EXPECT_TRUE(first.closing.closed) << entity.name << ": " << first.closing.why_open;
        for (const PullError& error : first.row.errors)
            ADD_FAILURE() << entity.name << "." << error.field << ": " << error.message;
        const PullReport again = pull(entity.name, PullKind::kFull);
        EXPECT_EQ(again.row.counts.unchanged, again.row.done) << entity.name;
        EXPECT_EQ(again.row.counts.created + again.row.counts.updated + again.row.counts.deleted, 0) << entity.name;
    }
    EXPECT_GE(there, 4);
}

TEST_F(MirrorLive, ChangesArchivesAndDeletionsArrive) {
    const std::string mark = "Mirror " + random.uuid();
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 4; ++i) {
        json::Object values{{"name", mark + std::to_string(i)}, {"ref", "R"}};
        if (client->fields("res.partner")->contains("customer_rank")) values["customer_rank"] = 1;
        const auto id = client->create("res.partner", mark + std::to_string(i), values);
        ASSERT_TRUE(id.ok()) << id.error().message;
        ids.push_back(*id);
    }
    EXPECT_TRUE(pull("partner").closing.closed);
    EXPECT_EQ(status_of(ids[0]), "new " + mark + "0");
    ASSERT_TRUE(client->write("res.partner", ids[0], {{"name", mark + " renamed"}}).ok());
    ASSERT_TRUE(client->write("res.partner", ids[1], {{"active", false}}).ok());
    ASSERT_TRUE(client->call("res.partner", "unlink", {{"ids", json::Array{ids[2]}}}, false).ok());
    const PullReport report = pull("partner");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_FALSE(report.closing.contents_read);
    EXPECT_EQ(status_of(ids[0]), "new " + mark + " renamed");
    EXPECT_EQ(status_of(ids[2]), "deleted " + mark + "2");
    EXPECT_FALSE(
        run("select active from odoo.records where external_id = $1 and entity = 'partner'", {ids[1]}).boolean(0, 0));
    for (const std::size_t i : {0u, 1u, 3u}) {
        EXPECT_TRUE(client->call("res.partner", "unlink", {{"ids", json::Array{ids[i]}}}, false).ok());
    }
}

TEST_F(MirrorLive, AServerThatIsStartedAnewMeanwhileIsWaitedFor) {
    http.down_for = 3;
    const PullReport report = pull("currency");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_LE(http.down_for, 0);
}

// Both kinds: a file beside the table, by the SHA-1 that Odoo keeps of it, and a column, by SHA-256.
TEST_F(MirrorLive, BinariesComeByTheHashOfWhatOdooHolds) {
    // A picture of one pixel: Odoo keeps it as it is.
    constexpr std::string_view kPixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const std::string mark = "Picture " + random.uuid();
    json::Object values{{"name", mark}, {"image_1920", kPixel}};
    if (client->fields("res.partner")->contains("customer_rank")) values["customer_rank"] = 1;
    const std::int64_t id = client->create("res.partner", mark, values).value();
    const PullReport report = pull("partner");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    const auto kept = [&](std::string_view entity, std::int64_t of, std::string_view field) {
        return std::string(
            run("select sync_data->>$3 from odoo.records where entity = $1 and external_id = $2", {entity, of, field})
                .text(0, 0));
    };
    const json::Object expected{{"sha1", "4a5eb7171b58e08a6881721e3b43d5a44419a2be"}};
    EXPECT_EQ(kept("partner", id, "image_1920"), json::canonical(expected));
    EXPECT_EQ(kept("partner", id, "image_128"), json::canonical(expected));
    expect_proven(report);
    // The file's own row says the same, and another picture is another version.
    json::Array behind;
    behind.push_back(json::Array{"res_model", "=", "res.partner"});
    behind.push_back(json::Array{"res_field", "=", "image_1920"});
    behind.push_back(json::Array{"res_id", "=", id});
    const std::vector<std::int64_t> files = client->search("ir.attachment", behind).value();
    ASSERT_EQ(files.size(), 1u);
    const auto file = client->read("ir.attachment", files, {"checksum"}).value();
    EXPECT_EQ(json::text_or(file.at(0), "checksum"), json::text_or(expected, "sha1"));
    ASSERT_TRUE(client->write("res.partner", id, {{"image_1920", false}}).ok());
    EXPECT_EQ(pull("partner").row.counts.updated, 1);
    EXPECT_EQ(kept("partner", id, "image_1920"), "false");

    const PullReport companies = pull("company");
    const json::Value logo = client->read("res.company", {1}, {"logo_web"}).value().at(0).at("logo_web");
    ASSERT_TRUE(logo.is_string()) << "Odoo gives its first company a logo";
    const std::string bytes = vault::from_base64(std::string_view(logo.get_string())).value();
    EXPECT_EQ(kept("company", 1, "logo_web"), json::canonical(json::Object{{"sha256", vault::sha256_hex(bytes)}}));
    expect_proven(companies);
    EXPECT_TRUE(client->call("res.partner", "unlink", {{"ids", json::Array{id}}}, false).ok());
}

// The server itself, not what stands in for it: it ends while chunks are under way, and comes back on the same port.
TEST_F(MirrorLive, ARealRestartInTheMiddleOfAPullIsWaitedFor) {
    constexpr std::size_t kChunk = 5;
    constexpr int kAsksMax = 100'000;
    const std::string folder = std::getenv("SYNCLINE_TEST_ODOO");
    const std::string command = SYNCLINE_SOURCE_DIR "/tools/odoo19 restart " + folder + " >/dev/null 2>&1";
    net::HttpRequest health;
    health.url = first_line(folder + "/url") + "/web/health";
    std::thread restarting;
    int restarted = -1;
    PullOptions options{.kind = PullKind::kFull};
    double waited = 0;
    options.progress = [&](const Progress& progress) {
        waited = std::max(waited, progress.waiting);
        if (restarting.joinable()) return;
        EXPECT_LT(progress.done, progress.total);
        restarting = std::thread([&] { restarted = std::system(command.c_str()); });
        int asked = 0;
        while (curl->send(health).ok() && ++asked < kAsksMax) continue;  // until it is down
        EXPECT_LT(asked, kAsksMax);
    };
    const Result<PullReport> met = try_pull("currency", options, kChunk);
    ASSERT_TRUE(restarting.joinable());
    restarting.join();
    ASSERT_EQ(restarted, 0);
    EXPECT_GT(http.failed, 0) << "the pull met the server that was down";
    ASSERT_TRUE(met.ok()) << met.error().message;
    std::printf("the pull waited %.0f s for the server: %d requests failed\n", waited, http.failed.load());
    EXPECT_FALSE(met->resumed);
    EXPECT_TRUE(met->closing.closed) << met->closing.why_open;
    expect_proven(*met);
}

}  // namespace
}  // namespace syncline::mirror
