// Pulls of a server that works.
#include "mirror/testing/pull_world.hpp"

namespace syncline::mirror {
namespace {

using testing::kFull;
using testing::PullTest;

TEST_F(PullTest, AllOfItAsItIsThere) {
    add_products(250);
    clock.advance(Micros(10'000'000));
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_TRUE(report.closing.contents_read);
    EXPECT_EQ(report.row.kind, PullKind::kFull);
    EXPECT_NE(report.why_full, "");
    EXPECT_EQ(report.row.state, PullState::kDone);
    EXPECT_EQ(report.closing.rounds, 1);
    EXPECT_EQ(report.closing.ids, static_cast<std::int64_t>(odoo.ids("product.template").size()));
    EXPECT_EQ(report.row.counts.created, report.closing.ids);
    EXPECT_EQ(report.row.done, report.row.total);
    EXPECT_GT(report.row.bytes, 100'000);
    expect_same("product");
    EXPECT_EQ(count("sku = 'SKU-7' and name like 'Größe%' and status = 'new' and version = 1"), 1);
    const pg::Rows runs = run("select status, counts->>'created' as created from ledger.runs where kind = 'pull'");
    ASSERT_EQ(runs.size(), 1u);
    EXPECT_EQ(runs.text(0, "status"), "done");
    EXPECT_EQ(run("select sum(calls) from odoo.usage").integer(0, 0), report.row.calls);
}

TEST_F(PullTest, EveryEntityOfTheServerIsPulledAndTheOthersAreSaidToBeAbsent) {
    clock.advance(Micros(10'000'000));
    int absent = 0;
    for (const Entity& entity : all_entities()) {
        const PullReport report = pull(entity.name);
        absent += report.absent ? 1 : 0;
        if (report.absent) {
            EXPECT_NE(report.why_absent, "") << entity.name;
        } else {
            EXPECT_TRUE(report.closing.closed) << entity.name << ": " << report.closing.why_open;
            expect_same(entity.name);
        }
    }
    EXPECT_EQ(absent, 1) << "the coupons' module is not installed there";
}

TEST_F(PullTest, TheSameAgainWritesNothing) {
    add_products(120);
    clock.advance(Micros(10'000'000));
    pull("product");
    const std::string before(run("select max(xmin::text::bigint) from odoo.records").text(0, 0));
    const PullReport report = pull("product", kFull);
    EXPECT_EQ(report.row.counts.unchanged, report.closing.ids);
    EXPECT_EQ(report.row.counts.created + report.row.counts.updated, 0);
    EXPECT_EQ(run("select max(xmin::text::bigint) from odoo.records").text(0, 0), before);
    EXPECT_EQ(run("select count(*) from odoo.versions").integer(0, 0), 0);
}

TEST_F(PullTest, WhatChangedWithItsVersionsAndWhatIsGone) {
    const auto ids = add_products(10);
    clock.advance(Micros(600'000'000));
    pull("product");
    run("update odoo.records set taken = version");
    clock.advance(Micros(3'600'000'000));
    odoo.write("product.template", {ids[0]}, {{"name", "New name"}});
    odoo.write("product.template", {ids[1]}, {{"active", false}});
    odoo.unlink("product.template", {ids[2]});
    const auto fresh = add_products(1);
    clock.advance(Micros(60'000'000));
    reads = 0;
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_FALSE(report.closing.contents_read);
    EXPECT_EQ(report.closing.archived, 1);
    EXPECT_EQ(reads, 1);
    EXPECT_EQ(report.row.counts.created, 1);
    EXPECT_EQ(report.row.counts.updated, 2);
    EXPECT_EQ(report.row.counts.deleted, 1);
    EXPECT_EQ(count("status = 'updated' and version = 2"), 2);
    EXPECT_EQ(count("status = 'deleted' and gone_why = 'deleted'"), 1);
    EXPECT_EQ(count("status = 'new'"), 1);
    EXPECT_EQ(count("not active"), 1);
    expect_same("product");
    const pg::Rows old =
        run("select sync_data->>'name' as name, until from odoo.versions where external_id = $1", {ids[0]});
    ASSERT_EQ(old.size(), 1u);
    EXPECT_TRUE(old.text(0, "name").starts_with("Größe")) << old.text(0, "name");
    EXPECT_NE(fresh[0], ids[2]);
}

TEST_F(PullTest, ACommitThatCameLateIsFoundHoweverLate) {
    const auto ids = add_products(3);
    clock.advance(Micros(86'400'000'000));
    pull("product");
    for (const std::int64_t seconds : {60, 3600}) {  // within the overlap, and beyond: there the sweep finds it
        clock.advance(Micros(-seconds * 1'000'000));
        odoo.write("product.template", {ids[0]}, {{"name", "Late " + std::to_string(seconds)}});
        const auto late = add_products(1);
        clock.advance(Micros(seconds * 1'000'000));
        const PullReport report = pull("product");
        EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
        EXPECT_EQ(report.row.counts.created + report.row.counts.updated, 2) << seconds;
        expect_same("product");
    }
}

TEST_F(PullTest, TenThousandRowsOfOneSecond) {
    chunk = 1000;
    clock.advance(Micros(600'000'000));
    pull("category");
    clock.advance(Micros(600'000'000));
    json::Array list;
    for (int i = 0; i < 10'000; ++i) list.push_back(json::Object{{"name", std::to_string(i)}});
    odoo.create("product.category", list);
    const PullReport report = pull("category");  // in the very second in which they were made
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    EXPECT_GE(report.closing.rounds, 2) << "what was read in its own second is read again";
    EXPECT_EQ(report.row.counts.created, 10'000);
    expect_same("category");
}

TEST_F(PullTest, ARecordWrittenTwiceInTheSecondInWhichItIsRead) {
    const auto ids = add_products(2);
    clock.advance(Micros(60'000'000));
    bool done = false;
    odoo.write("product.template", {ids[0]}, {{"name", "first"}});
    meddle = [&](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
        if (!request.url.ends_with("/read") || done) return std::nullopt;
        done = true;
        net::HttpResponse first = odoo.handle(request);
        odoo.write("product.template", {ids[0]}, {{"name", "second"}});  // with the same write_date
        return first;
    };
    EXPECT_TRUE(pull("product").closing.closed);
    expect_same("product");
}

TEST_F(PullTest, OtherCompaniesValuesStandBesideTheFirstOnes) {
    const std::int64_t second = odoo.create("res.company", json::Array{json::Object{{"name", "Second"}}})[0];
    odoo.write("res.users", {2}, {{"company_ids", json::Array{json::Array{4, second}}}});
    add_products(1);
    map(source, {second});
    clock.advance(Micros(60'000'000));
    const PullReport report = pull("product");
    EXPECT_TRUE(report.closing.closed) << report.closing.why_open;
    const std::string of = "sync_data->'_companies'->'" + std::to_string(second) + "'";
    EXPECT_EQ(count(of + " is not null"), report.closing.ids);
    // Another company, another content: all of it is read once more.
    run("delete from odoo.companies where company_id = $1", {second});
    EXPECT_NE(pull("product").why_full, "");
    EXPECT_EQ(count(of + " is not null"), 0);
}

TEST_F(PullTest, AnotherOrgSeesAndGetsNothingOfIt) {
    add_products(3);
    const std::int64_t second = odoo.create("res.company", json::Array{json::Object{{"name", "Second"}}})[0];
    odoo.write("res.users", {2}, {{"company_ids", json::Array{json::Array{4, second}}}});
    odoo.create("res.partner",
                json::Array{json::Object{{"name", "Ours"}, {"customer_rank", 1}, {"company_id", 1}},
                            json::Object{{"name", "Theirs"}, {"customer_rank", 1}, {"company_id", second}}});
    clock.advance(Micros(60'000'000));
    pull("partner");
    EXPECT_EQ(count("name = 'Ours'"), 1);
    EXPECT_EQ(count("name = 'Theirs'"), 0);
    add_org();
    EXPECT_EQ(count("true", pg::testing::kOtherOrg), 0);
    source.org = *access::OrgId::parse(pg::testing::kOtherOrg);
    const auto refused = try_pull("partner");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kNotConfigured);
    map(source, {second});
    pull("partner");
    EXPECT_EQ(count("name = 'Theirs'", pg::testing::kOtherOrg), 1);
    EXPECT_EQ(count("name = 'Ours'", pg::testing::kOtherOrg), 0);
    // Moved to a company of somebody else: it leaves the first org's sight.
    source.org = access::default_org();
    clock.advance(Micros(60'000'000));
    for (const std::int64_t id : odoo.ids("res.partner")) {
        if (odoo.read("res.partner", id)["name"] == "Ours") odoo.write("res.partner", {id}, {{"company_id", second}});
    }
    clock.advance(Micros(60'000'000));
    pull("partner");
    EXPECT_EQ(count("name = 'Ours' and gone_why = 'out_of_scope'"), 1);
}

TEST_F(PullTest, SecretsStayWhereTheyAre) {
    const std::int64_t partner =
        odoo.create("res.partner", json::Array{json::Object{{"name", "P"}, {"customer_rank", 1}}})[0];
    odoo.create("sale.order", json::Array{json::Object{{"partner_id", partner}, {"access_token", "planted-secret"}}});
    clock.advance(Micros(60'000'000));
    const PullReport report = pull("sale_order");
    EXPECT_EQ(report.row.counts.created, 1);
    EXPECT_EQ(count("sync_data::text like '%planted-secret%' or sync_data->'access_token' is not null"), 0);
    EXPECT_TRUE(
        std::ranges::any_of(report.closing.left_out, [](const LeftOut& left) { return left.field == "access_token"; }));
}

// Files beside the table by the SHA-1 that Odoo keeps of them, columns by SHA-256; the bytes of neither.
TEST_F(PullTest, BinariesComeByHashBothKinds) {
    constexpr std::string_view kHello = "aGVsbG8=", kWorld = "d29ybGQ=";
    const auto ids = add_products(3);
    odoo.write("product.template", {ids[1]}, {{"image_1920", kHello}});
    odoo.write("res.company", {1}, {{"logo_web", kHello}});
    clock.advance(Micros(60'000'000));
    EXPECT_TRUE(pull("product").closing.closed);
    EXPECT_TRUE(pull("company").closing.closed);
    const auto kept = [&](std::string_view entity, std::int64_t id, std::string_view field) {
        return std::string(run("select coalesce(sync_data->>$3, 'none') from odoo.records where entity = $1 and "
                               "external_id = $2",
                               {entity, id, field})
                               .text(0, 0));
    };
    for (const char* field : {"image_1920", "image_128"}) {
        EXPECT_EQ(kept("product", ids[1], field), R"({"sha1":"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"})") << field;
        EXPECT_EQ(kept("product", ids[0], field), "false") << field;
    }
    EXPECT_EQ(kept("company", 1, "logo_web"),
              R"({"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"})");
    EXPECT_EQ(count("sync_data::text like '%" + std::string(kHello) + "%'"), 0);
    // Another picture is another version; so is none.
    odoo.write("product.template", {ids[1]}, {{"image_1920", kWorld}});
    clock.advance(Micros(60'000'000));
    EXPECT_EQ(pull("product").row.counts.updated, 1);
    EXPECT_EQ(kept("product", ids[1], "image_1920"), R"({"sha1":"7c211433f02071597741e6ff5a8ea34789abbf43"})");
    odoo.write("product.template", {ids[1]}, {{"image_1920", false}});
    clock.advance(Micros(60'000'000));
    EXPECT_EQ(pull("product").row.counts.updated, 1);
    EXPECT_EQ(kept("product", ids[1], "image_1920"), "false");
    EXPECT_EQ(pull("product", {.kind = PullKind::kFull}).row.counts.updated, 0);
}

TEST_F(PullTest, WhatNothingIsPromotedFromCountsAsTakenWithTheNextPull) {
    clock.advance(Micros(60'000'000));
    pull("currency");
    EXPECT_GT(count("status = 'new'"), 0);
    pull("currency");
    EXPECT_EQ(count("status <> 'in_sync'"), 0);
    pull("category");
    pull("category");
    EXPECT_EQ(count("entity = 'category' and status <> 'new'"), 0);
}

}  // namespace
}  // namespace syncline::mirror
