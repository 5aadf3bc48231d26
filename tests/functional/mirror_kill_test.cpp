// The pulling process is killed, again and again, in the middle of a COPY. The same command goes on, and in the end the
// mirror is what Odoo holds: nothing is lost, nothing is there twice.
#include <csignal>

#include "base/random.hpp"
#include "net/curl_client.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "tests/functional/program.hpp"

namespace syncline::testing {
namespace {

constexpr const char* kMirrorKey = "odoo-key-of-a-test";
constexpr int kRounds = 6;
constexpr std::uint64_t kCopiesMax = 7;  // of 10,000 products in chunks of 1,000
constexpr std::int64_t kWritten = 5000;

class MirrorKill : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        home_ = folder_.path() + "/home";
        const std::string key_file = folder_.file("odoo.key", std::string(kMirrorKey) + "\n");
        odoo_ = std::make_unique<Running>(Arguments{"sim", "odoo", "--records", "2000", "--key-file", key_file});
        url_ = odoo_->wait_for("listening on ").substr(std::string("listening on ").size());
        const Ran connected = syncline({"connect", "odoo", url_, "--key-file", key_file});
        ASSERT_EQ(connected.exit_code, 0) << connected.out << connected.error;
    }

    Arguments with_home(Arguments arguments) const {
        arguments.insert(arguments.end(), {"--home", home_, "--store", dsn()});
        return arguments;
    }
    Ran syncline(Arguments arguments) const { return testing::run(with_home(std::move(arguments))); }

    // The session that is inside a COPY just now, or 0.
    std::int64_t copying() {
        const pg::Rows rows = run_as_owner(
            "select coalesce(max(pid), 0) from pg_stat_activity where datname = current_database() and "
            "state = 'active' and query ilike 'copy %mirror_stage%'");
        return rows.integer(0, 0);
    }
    std::int64_t records_kept() {
        return run("select coalesce(max(done), 0) from odoo.pulls where state = 'running'").integer(0, 0);
    }

    // Starts the pull and kills it inside a COPY, once it has kept so many records. False: it came to its end before.
    bool kill_in_copy(const Arguments& pull, std::int64_t kept) {
        Running pulling(with_home(pull));
        while (!pulling.ended()) {
            if (records_kept() < kept || copying() == 0) continue;
            pulling.signal(SIGKILL);
            return pulling.wait() == -1;
        }
        EXPECT_EQ(pulling.wait(), 0) << pulling.output();
        return false;
    }

    std::int64_t count(const std::string& condition) {
        return run("select count(*) from odoo.records where entity = 'product' and " + condition).integer(0, 0);
    }

    void expect_proven(std::int64_t products) {
        const json::Value made = syncline({"mirror", "certificate", "product", "--json"}).json();
        EXPECT_EQ(json::text_or(made, "status"), "certified");
        EXPECT_EQ(json::integer_or(made, "ids"), products);
        const Ran verified = syncline({"mirror", "verify", "product", "--full", "--json"});
        EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.error;
        const json::Value row = verified.json().at("entities").at(0);
        EXPECT_EQ(json::integer_or(row, "contents_read"), products);
        EXPECT_EQ(json::integer_or(row, "stored"), products);
        for (const char* fault : {"created", "changed", "missing", "tampered", "late", "content", "moved"}) {
            EXPECT_EQ(json::integer_or(row, fault, -1), 0) << fault;
        }
    }

    // As somebody does it in Odoo.
    void write_products(const std::vector<std::int64_t>& ids, double price) {
        net::HttpRequest request;
        request.method = "POST";
        request.url = url_ + "/json/2/product.template/write";
        request.headers = {{"Authorization", std::string("bearer ") + kMirrorKey},
                           {"Content-Type", "application/json"}};
        request.body = json::canonical(
            json::Object{{"ids", json::Array(ids.begin(), ids.end())}, {"vals", json::Object{{"list_price", price}}}});
        const Result<net::HttpResponse> response = net::make_curl_client()->send(request);
        ASSERT_TRUE(response.ok()) << response.error().message;
        ASSERT_EQ(response->status, 200) << response->body;
    }

    Folder folder_;
    std::string home_;
    std::string url_;
    std::unique_ptr<Running> odoo_;
};

TEST_F(MirrorKill, InTheMiddleOfACopyNothingIsLostOrDoubled) {
    SeededRandom random(20261128);
    const Arguments pull = {"mirror", "pull", "product", "--json"};
    int kills = 0;
    std::int64_t products = 0;
    for (int round = 0; round < kRounds; ++round) {
        run_as_owner("truncate odoo.records, odoo.versions, odoo.pulls, odoo.entities, odoo.fields");
        // Of one pull, at two places: the second kill meets one that has gone on already.
        const auto first = static_cast<std::int64_t>(random.below(kCopiesMax) * 1000);
        int killed = kill_in_copy(pull, first) ? 1 : 0;
        const std::int64_t kept = records_kept();
        EXPECT_GE(kept, killed ? first : 0);
        if (killed && kill_in_copy(pull, kept + 1000)) ++killed;
        kills += killed;
        const Ran last = syncline(pull);
        ASSERT_EQ(last.exit_code, 0) << last.out << last.error;
        products = json::integer_or(last.json().at("pulls").at(0), "total");
        EXPECT_EQ(run("select count(*) from odoo.pulls where entity = 'product'").integer(0, 0), 1) << "it went on";
        EXPECT_EQ(count("version = 1 and gone_at is null"), products);
        EXPECT_EQ(count("true"), products);
        EXPECT_EQ(run("select count(*) from odoo.versions").integer(0, 0), 0);
        const pg::Rows counted = run("select created, updated, deleted from odoo.pulls");
        EXPECT_EQ(counted.integer(0, 0), products) << "each is counted once";
        EXPECT_EQ(counted.integer(0, 1) + counted.integer(0, 2), 0);
        expect_proven(products);
    }
    EXPECT_GE(kills, kRounds) << "most of them were met inside a COPY";
    std::printf("killed %d times inside a COPY, %lld products\n", kills, static_cast<long long>(products));
}

// A delta: what changed gets one new version each, and what it was before is kept once.
TEST_F(MirrorKill, ADeltaThatIsKilledMakesOneVersionOfAChange) {
    const Arguments pull = {"mirror", "pull", "product", "--json"};
    ASSERT_EQ(syncline(pull).exit_code, 0);
    const pg::Rows rows =
        run("select external_id from odoo.records where entity = 'product' order by 1 limit $1", {kWritten});
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.integer(i, 0));
    const std::int64_t products = count("true");
    int kills = 0;
    for (int round = 1; round <= 2; ++round) {
        ASSERT_NO_FATAL_FAILURE(write_products(ids, 1000 + round));
        kills += kill_in_copy(pull, 1000) ? 1 : 0;
        const Ran last = syncline(pull);
        ASSERT_EQ(last.exit_code, 0) << last.out << last.error;
        EXPECT_EQ(count("version = " + std::to_string(round + 1)), kWritten);
        EXPECT_EQ(count("version = 1"), products - kWritten);
        EXPECT_EQ(run("select count(*) from odoo.versions").integer(0, 0), kWritten * round);
        expect_proven(products);
    }
    EXPECT_GE(kills, 1);
}

}  // namespace
}  // namespace syncline::testing
