// Most records are missing at once: a right that was lost, or a person who cleaned up. Nobody but a person can tell.
#include "mirror/certificate.hpp"
#include "mirror/testing/pull_world.hpp"

namespace syncline::mirror {
namespace {

using testing::MortalDatabase;

class Vanishing : public testing::PullTest {
protected:
    void pulled(int products) {
        ids = add_products(products);
        clock.advance(Micros(60'000'000));
        ASSERT_TRUE(pull("product").closing.closed);
        there = count("gone_at is null");
        clock.advance(Micros(60'000'000));
    }
    // A record rule: who asks gets only such ids. It says so nowhere.
    void show_only(json::Array condition) {
        meddle = [this, condition](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            if (request.url.find("/product.template/search") == std::string::npos) return std::nullopt;
            net::HttpRequest narrowed = request;
            json::Value body = *json::parse(request.body);
            body.as_object()["domain"].as_array().push_back(condition);
            narrowed.body = json::canonical(body);
            return odoo.handle(narrowed);
        };
    }
    void expect_held() {
        const auto held = try_pull("product");
        ASSERT_FALSE(held.ok());
        EXPECT_EQ(held.error().code, Errc::kHeld) << held.error().message;
        EXPECT_NE(held.error().hint.find("--accept-deletions"), std::string::npos) << held.error().hint;
        EXPECT_EQ(count("gone_at is null"), there) << "nothing was marked";
        EXPECT_EQ(run("select count(*) from odoo.versions").integer(0, 0), 0);
        const pg::Rows last = run("select state, error from odoo.pulls order by started_at desc limit 1");
        EXPECT_EQ(last.text(0, "state"), "failed");
        EXPECT_EQ(last.text(0, "error"), held.error().message);
    }

    std::vector<std::int64_t> ids;
    std::int64_t there = 0;
};

TEST_F(Vanishing, ARightThatWasLostMarksNothingAsDeleted) {
    pulled(400);
    show_only({"id", "<", ids[150]});
    expect_held();
    expect_held();     // not once and then through
    meddle = nullptr;  // the right is back
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed);
    EXPECT_EQ(report.row.counts.deleted, 0);
    EXPECT_EQ(count("version = 1 and gone_at is null"), there);
    expect_same("product");
}

TEST_F(Vanishing, APersonAcceptsThemAndTheRunSaysWho) {
    pulled(400);
    odoo.unlink("product.template", {ids.begin() + 100, ids.end()});
    expect_held();
    const PullReport report = pull("product", {.by = "ann", .accept_deletions = true});
    EXPECT_TRUE(report.resumed);
    EXPECT_TRUE(report.closing.closed);
    EXPECT_EQ(report.row.counts.deleted, 300);
    EXPECT_EQ(count("gone_why = 'deleted'"), 300);
    EXPECT_EQ(run("select counts->>'deletions_accepted_by' from ledger.runs where run::text = $1", {report.row.run})
                  .text(0, 0),
              "ann");
    const auto made = certify(database(), source, report, clock);
    EXPECT_TRUE(made.ok() && made->certified);
    expect_same("product");
    clock.advance(Micros(60'000'000));
    EXPECT_TRUE(pull("product").closing.closed) << "it is over";
}

TEST_F(Vanishing, AnotherDatabaseWithOtherRecordsIsNoDeletionOfOurs) {
    pulled(100);
    const std::int64_t beyond = odoo.create("product.template", json::Array{json::Object{{"name", "new"}}})[0];
    add_products(200);
    clock.advance(Micros(60'000'000));
    show_only({"id", ">=", beyond});
    const auto held = try_pull("product");
    ASSERT_FALSE(held.ok());
    EXPECT_EQ(held.error().code, Errc::kHeld) << "what came new does not hide what is missing";
    EXPECT_EQ(count("gone_at is not null"), 0);
}

// The pull that goes on is still the first one: what it brought before it was killed was there all the same.
TEST_F(Vanishing, ARightThatWasLostBetweenTwoHalvesOfAPull) {
    ids = add_products(400);
    clock.advance(Micros(60'000'000));
    MortalDatabase mortal(database());
    mortal.dies_at = 9;
    ASSERT_FALSE(try_pull("product", {}, &mortal).ok());
    there = count("gone_at is null");
    ASSERT_GT(there, 50);
    clock.advance(Micros(60'000'000));
    show_only({"id", "<", ids[20]});
    expect_held();
    meddle = nullptr;
    const PullReport report = pull("product");
    EXPECT_TRUE(report.resumed);
    EXPECT_EQ(report.row.counts.deleted, 0);
    expect_same("product");
}

TEST_F(Vanishing, ARightThatIsLostWhileTheFirstPullReads) {
    ids = add_products(400);
    clock.advance(Micros(60'000'000));
    show_only({"id", "<", ids[20]});
    const auto narrowed = meddle;
    meddle = [this, narrowed](const net::HttpRequest& request) {
        return reads < 5 ? std::nullopt : narrowed(request);  // all ids were given, and the last chunk is being read
    };
    there = 401;
    expect_held();
}

TEST_F(Vanishing, HalfOfThemAndAFewMayGoButNotTheLast) {
    pulled(99);
    ASSERT_EQ(there, 100) << "one was there from the beginning";
    auto next = ids.begin();
    for (const int going :
         {50, 25, 12, 8}) {  // of 100, 50, 25, 13: never more than half, but for the last, which is few
        odoo.unlink("product.template", {next, next + going});
        next += going;
        EXPECT_EQ(pull("product").row.counts.deleted, going);
        clock.advance(Micros(60'000'000));
    }
    odoo.erase("product.template", odoo.ids("product.template"));
    const auto held = try_pull("product");
    ASSERT_FALSE(held.ok()) << "the whole entity";
    EXPECT_EQ(held.error().code, Errc::kHeld);
}

}  // namespace
}  // namespace syncline::mirror
