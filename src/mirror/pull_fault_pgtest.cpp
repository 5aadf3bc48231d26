// Pulls of a server, a store and a process that fail.
#include "mirror/testing/pull_world.hpp"

namespace syncline::mirror {
namespace {

using testing::kFull;
using testing::MortalDatabase;
using testing::PullTest;

net::HttpResponse odoo_error(int status, const char* name, const std::string& message) {
    return {status,
            {{"Content-Type", "application/json"}},
            json::canonical(json::Object{{"name", name}, {"message", message}, {"debug", ""}})};
}

bool is_read_of(const net::HttpRequest& request, std::string_view word) {
    return request.url.ends_with("/read") && request.body.find(word) != std::string::npos;
}

TEST_F(PullTest, DeletesAndArchivesWhileItReads) {
    const auto ids = add_products(500);
    clock.advance(Micros(60'000'000));
    std::size_t next = 0;
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!request.url.ends_with("/read") || next + 4 >= ids.size()) return std::nullopt;
        odoo.unlink("product.template", {ids[next], ids[ids.size() - 1 - next]});
        odoo.write("product.template", {ids[next + 1], ids[ids.size() - 2 - next]}, {{"active", false}});
        next += 40;
        clock.advance(Micros(700'000));
        return std::nullopt;
    };
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_GT(report.closing.rounds, 1);
    meddle = nullptr;
    expect_same("product");
}

TEST_F(PullTest, AFieldThatCannotBeReadIsLeftOutWithItsReason) {
    add_products(250);
    clock.advance(Micros(60'000'000));
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!is_read_of(request, "\"description_sale\"")) return std::nullopt;
        return odoo_error(500, "builtins.TypeError", "keys must be str, not frozendict");
    };
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_EQ(report.closing.ids, count("sync_data->'description_sale' is null and sync_data->'name' is not null"));
    ASSERT_EQ(report.row.errors.size(), 1u);
    EXPECT_EQ(report.row.errors[0].field, "description_sale");
    EXPECT_EQ(
        run("select kept || ': ' || reason from odoo.fields where field = 'description_sale'").text(0, 0).substr(0, 25),
        "left_out: cannot be read:");
    // A delta leaves it alone; a full pull tries it again, and then has it.
    EXPECT_EQ(pull("product").errors, 0);
    meddle = nullptr;
    EXPECT_TRUE(pull("product", kFull).closing.closed);
    expect_same("product");
}

TEST_F(PullTest, ARecordThatCannotBeReadRefusesTheClosing) {
    const auto ids = add_products(250);
    clock.advance(Micros(60'000'000));
    const std::string bad = std::to_string(ids[77]);
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!is_read_of(request, "\"ids\":[")) return std::nullopt;
        const json::Value asked = *json::parse(request.body);
        for (const json::Value& id : asked.at("ids").as_array()) {
            if (id == ids[77]) return odoo_error(403, "odoo.exceptions.AccessError", "you may not read " + bad);
        }
        return std::nullopt;
    };
    const PullReport report = pull("product");
    EXPECT_FALSE(report.closing.closed);
    EXPECT_EQ(report.closing.unreadable, std::vector<std::int64_t>{ids[77]});
    EXPECT_EQ(report.row.counts.created, report.closing.ids - 1);
    EXPECT_EQ(report.row.errors.size(), 1u);
}

TEST_F(PullTest, AWebPageOrAnotherDatabaseIsNoAnswer) {
    add_products(5);
    clock.advance(Micros(60'000'000));
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!request.url.ends_with("/product.template/read")) return std::nullopt;
        return net::HttpResponse{200, {{"Content-Type", "text/html"}}, "<html>Maintenance</html>"};
    };
    const auto page = try_pull("product");
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().code, Errc::kNotConfigured) << page.error().message;
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(run("select state from odoo.pulls").text(0, 0), "failed");
    meddle = nullptr;
    server = "http://odoo.test other";
    const auto other = try_pull("product");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, Errc::kNotConfigured);
    server = kServer;
    EXPECT_TRUE(pull("product").closing.closed);
}

TEST_F(PullTest, DroppedConnectionsHalveTheQuestion) {
    add_products(250);
    clock.advance(Micros(60'000'000));
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!request.url.ends_with("/read")) return std::nullopt;
        if (json::parse(request.body)->at("ids").as_array().size() > 30) throw net::DropConnection{};
        return std::nullopt;
    };
    EXPECT_TRUE(pull("product").closing.closed);
    meddle = nullptr;
    expect_same("product");
}

TEST_F(PullTest, ACutAnswerIsAskedForAgain) {
    add_products(250);
    clock.advance(Micros(60'000'000));
    int cut = 0;
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!request.url.ends_with("/product.template/read") || cut > 0) return std::nullopt;
        ++cut;
        net::HttpResponse response = odoo.handle(request);
        response.body.resize(response.body.size() / 2);
        return response;
    };
    EXPECT_TRUE(pull("product").closing.closed);
    EXPECT_EQ(cut, 1);
    expect_same("product");
}

// Killed at every transaction in turn, before its commit and after: the next one goes on and ends with the same mirror.
TEST_F(PullTest, KilledAnywhereItGoesOn) {
    add_products(350);
    clock.advance(Micros(60'000'000));
    int kills = 0, resumed = 0;
    for (int at = 1; at < 40; ++at) {
        for (const bool before_commit : {true, false}) {
            run_as_owner("truncate odoo.records, odoo.versions, odoo.pulls, odoo.entities, odoo.fields");
            MortalDatabase mortal(database());
            mortal.dies_at = at;
            mortal.before_commit = before_commit;
            const auto died = try_pull("product", {}, &mortal);
            if (!mortal.dead) {
                ASSERT_TRUE(died.ok());
                EXPECT_GT(kills, 20);
                EXPECT_GT(resumed, 8);
                return;
            }
            ++kills;
            const PullReport report = pull("product");
            resumed += report.resumed ? 1 : 0;
            ASSERT_TRUE(report.closing.closed) << at << report.closing.why_open;
            ASSERT_EQ(count("version = 1"), report.closing.ids) << at;
            ASSERT_NO_FATAL_FAILURE(expect_same("product")) << at;
        }
    }
    FAIL() << "it never came to its end alive";
}

TEST_F(PullTest, WhatWasDoneBeforeAKillIsNotReadAgain) {
    add_products(1000);
    clock.advance(Micros(60'000'000));
    MortalDatabase mortal(database());
    mortal.dies_at = 11;
    ASSERT_FALSE(try_pull("product", {}, &mortal).ok());
    const std::int64_t done_to = run("select done_to from odoo.pulls where state = 'running'").integer(0, 0);
    ASSERT_GT(done_to, 0);
    reads = 0;
    const PullReport report = pull("product");
    EXPECT_TRUE(report.resumed);
    EXPECT_LT(reads, 11) << "1001 records by the hundred";
    EXPECT_TRUE(report.closing.closed);
    EXPECT_EQ(run("select count(*) from odoo.pulls").integer(0, 0), 1);
}

TEST_F(PullTest, PausesResumesAndCancels) {
    add_products(1000);
    clock.advance(Micros(60'000'000));
    const auto ask = [&](Wanted wanted) {
        return database().run(pg::testing::kOrg,
                              [&](pg::Transaction& tx) { return ask_pull(tx, source, "product", wanted); });
    };
    EXPECT_EQ(ask(Wanted::kPause).error().code, Errc::kNotFound);
    PullOptions options;
    Wanted wanted = Wanted::kPause;
    options.progress = [&](const Progress& progress) {
        EXPECT_EQ(progress.entity, "product");
        EXPECT_LE(progress.done, progress.total);
        EXPECT_TRUE(ask(wanted).ok());
    };
    PullReport report = pull("product", options);
    EXPECT_EQ(report.row.state, PullState::kPaused);
    EXPECT_FALSE(report.closing.closed);
    EXPECT_LT(report.row.done, report.row.total);
    wanted = Wanted::kCancel;
    report = pull("product", options);
    EXPECT_TRUE(report.resumed);
    EXPECT_EQ(report.row.state, PullState::kCancelled);
    report = pull("product");
    EXPECT_FALSE(report.resumed);
    EXPECT_TRUE(report.closing.closed);
    expect_same("product");
    std::atomic<bool> stop = true;
    report = pull("product", {.kind = PullKind::kFull, .stop = &stop});
    EXPECT_EQ(report.row.state, PullState::kPaused);
}

TEST_F(PullTest, OnlySomePagesAreNoWholePull) {
    add_products(500);
    clock.advance(Micros(60'000'000));
    const PullReport report = pull("product", {.pages_max = 2});
    EXPECT_FALSE(report.closing.closed);
    EXPECT_NE(report.closing.why_open, "");
    EXPECT_LT(count(), 500);
    EXPECT_NE(pull("product").why_full, "");
    expect_same("product");
}

TEST_F(PullTest, OneAtATime) {
    add_products(5);
    clock.advance(Micros(60'000'000));
    PullOptions options;
    bool refused = false;
    options.progress = [&](const Progress&) {
        const auto second = try_pull("product");
        refused = !second.ok() && second.error().code == Errc::kConflict;
    };
    pull("product", options);
    EXPECT_TRUE(refused);
}

TEST_F(PullTest, TheQuotaOfADayHoldsOverPulls) {
    add_products(500);
    clock.advance(Micros(60'000'000));
    quota.calls_per_day = 9;
    const auto first = try_pull("product");
    ASSERT_FALSE(first.ok());
    EXPECT_EQ(first.error().code, Errc::kHeld) << first.error().message;
    EXPECT_EQ(run("select calls from odoo.usage").integer(0, 0), 9);
    reads = 0;
    ASSERT_FALSE(try_pull("product").ok());
    EXPECT_EQ(reads, 0);
    clock.advance(Micros(86'400'000'000));
    quota.calls_per_day = 100;
    EXPECT_TRUE(pull("product").closing.closed);
}

TEST_F(PullTest, TheQuotaOfAMinuteIsWaitedFor) {
    add_products(500);
    clock.advance(Micros(60'000'000));
    quota.calls_per_minute = 6;
    const Time before = clock.now();
    EXPECT_TRUE(pull("product").closing.closed);
    EXPECT_GT(clock.now() - before, Micros(50'000'000));
}

}  // namespace
}  // namespace syncline::mirror
