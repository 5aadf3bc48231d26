// Pulls whose Odoo goes away in the middle, and comes back or does not.
#include "mirror/detail/patience.hpp"
#include "mirror/testing/pull_world.hpp"

namespace syncline::mirror {
namespace {

using testing::PullTest;

constexpr Micros kSecond{1'000'000};

class Outage : public PullTest {
protected:
    void SetUp() override {
        PullTest::SetUp();
        add_products(500);
        clock.advance(60 * kSecond);
        options.progress = [this](const Progress& progress) { waited = std::max(waited, progress.waiting); };
    }

    // From the second read on, for so long, it drops what it is asked. Notes how many ids each later read asks for.
    void down_for(Micros duration) {
        meddle = [this, duration](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            const bool read = request.url.ends_with("/product.template/read");
            if (read && reads == 2) up_again = clock.now() + duration;
            if (clock.now() < up_again) throw net::DropConnection{};
            if (read) asked.push_back(json::parse(request.body)->at("ids").as_array().size());
            return std::nullopt;
        };
    }

    PullOptions options;
    double waited = 0;  // seconds, as the progress said
    Time up_again{};
    std::vector<std::size_t> asked;
};

TEST_F(Outage, ARestartIsWaitedForAndChangesNothing) {
    down_for(90 * kSecond);
    const PullReport report = pull("product", options);
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_FALSE(report.resumed);
    EXPECT_EQ(report.errors, 0);
    EXPECT_GT(waited, 20);
    // Halved once at most, by a thread whose question was the last to be dropped; the last chunk holds one record.
    EXPECT_LE(std::ranges::count_if(asked, [&](std::size_t ids) { return ids < chunk / 2; }), 1);
    meddle = nullptr;
    expect_same("product");
}

TEST_F(Outage, IsNotWaitedForWithoutEndAndGoneOnWithLater) {
    down_for(86'400 * kSecond);
    const Time before = clock.now();
    const auto ended = try_pull("product", options);
    ASSERT_FALSE(ended.ok());
    EXPECT_NE(ended.error().message.find("s for Odoo"), std::string::npos) << ended.error().message;
    EXPECT_GE(clock.now() - before, detail::kOutageMax);
    EXPECT_LT(clock.now() - before, 3 * detail::kOutageMax) << "two threads wait for the same outage";
    EXPECT_EQ(run("select state from odoo.pulls").text(0, 0), "failed");
    meddle = nullptr;
    const PullReport report = pull("product");
    EXPECT_TRUE(report.resumed);
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    expect_same("product");
}

TEST_F(Outage, SomebodyWhoStopsThePullDoesNotWait) {
    std::atomic<bool> stop = false;
    options.stop = &stop;
    options.progress = [&](const Progress& progress) { stop = stop || progress.waiting > 0; };
    down_for(86'400 * kSecond);
    const Time before = clock.now();
    EXPECT_FALSE(try_pull("product", options).ok());
    EXPECT_TRUE(stop);
    EXPECT_LT(clock.now() - before, detail::kOutageMax);
    meddle = nullptr;
    EXPECT_TRUE(pull("product").resumed);
}

TEST_F(Outage, AnOdooThatIsNotThereToBeginWithIsNotWaitedFor) {
    meddle = [](const net::HttpRequest&) -> std::optional<net::HttpResponse> { throw net::DropConnection{}; };
    const Time before = clock.now();
    EXPECT_FALSE(try_pull("product", options).ok());
    EXPECT_LT(clock.now() - before, 30 * kSecond);
    EXPECT_EQ(waited, 0);
}

TEST_F(Outage, BlamesNoFieldThatWasAskedForMeanwhile) {
    meddle = [this](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (clock.now() < up_again) throw net::DropConnection{};
        if (!request.url.ends_with("/read") || request.body.find("\"description_sale\"") == std::string::npos) {
            return std::nullopt;
        }
        if (up_again == Time{}) up_again = clock.now() + 60 * kSecond;  // while it is looked for which field it is
        return net::HttpResponse{500,
                                 {{"Content-Type", "application/json"}},
                                 R"({"name": "builtins.TypeError", "message": "keys must be str", "debug": ""})"};
    };
    const PullReport report = pull("product", options);
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_GT(waited, 10);
    ASSERT_EQ(report.row.errors.size(), 1u);
    EXPECT_EQ(report.row.errors[0].field, "description_sale");
    EXPECT_EQ(run("select count(*) from odoo.fields where reason like 'cannot be read%'").integer(0, 0), 1);
}

}  // namespace
}  // namespace syncline::mirror
