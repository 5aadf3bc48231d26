// A mirror that was pulled, and what can be said of it: certificates, verification, previews, validation.
#include "mirror/claim.hpp"
#include "mirror/contract.hpp"
#include "mirror/preview.hpp"
#include "mirror/selection.hpp"
#include "mirror/testing/pull_world.hpp"
#include "mirror/validation.hpp"
#include "mirror/verify.hpp"
#include "sim/odoo/trade.hpp"

namespace syncline::mirror {
namespace {

class Proofs : public testing::PullTest {
protected:
    void SetUp() override {
        PullTest::SetUp();
        sim::OdooOptions names;
        odoo::Settings settings;
        settings.url = "http://odoo.test";
        settings.database = names.database;
        settings.key = vault::Secret(names.key);
        http_ =
            std::make_unique<net::HandlerClient>([this](const net::HttpRequest& request) { return answer(request); });
        client_ = std::make_unique<odoo::Client>(*http_, clock, random, settings);
    }
    template <typename T>
    T get(Result<T> result) {
        EXPECT_TRUE(result.ok()) << result.error().message << " " << result.error().detail("sqlstate");
        return result.ok() ? std::move(*result) : T{};
    }
    void later() { clock.advance(Micros(10'000'000)); }
    Certificate pull_and_certify(std::string_view entity, PullOptions options = {}) {
        later();
        const PullReport report = pull(entity, std::move(options));
        const Certificate made = get(certify(database(), source, report, clock));
        later();
        return made;
    }
    Scope scope(std::string_view entity) { return get(scope_of(*client_, *get(entity_named(entity)), {{1, ""}})); }
    Columns columns(std::string_view entity) {
        return get(database().transact(source.org.text(),
                                       [&](pg::Transaction& tx) { return kept_columns(tx, source, entity); }));
    }
    Verified check(std::string_view entity, const VerifyOptions& options = {}) {
        return get(verify(database(), *client_, source, scope(entity), columns(entity), random, clock, options));
    }
    Preview look(std::string_view entity, bool fresh = true) {
        const Scope of = scope(entity);
        PreviewOptions options;
        options.by = "ann";
        options.fresh = fresh;
        return get(
            preview(database(), *client_, source, of, choose_columns(of.model, of.fields), random, clock, options));
    }
    // Past the ORM: what is read is another value, and no write_date moved.
    void plant(const std::string& old, const std::string& now) {
        meddle = [this, old, now](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            net::HttpResponse said = odoo.handle(request);
            for (std::size_t at = 0; (at = said.body.find(old, at)) != std::string::npos; at += now.size()) {
                said.body.replace(at, old.size(), now);
            }
            return said;
        };
    }

    std::unique_ptr<net::HandlerClient> http_;
    std::unique_ptr<odoo::Client> client_;
};

TEST_F(Proofs, APullIsCertifiedAndVerifiedWithFewCalls) {
    add_products(1500);
    const Certificate made = pull_and_certify("product");
    EXPECT_TRUE(made.certified) << (made.reasons.empty() ? "" : made.reasons.front());
    EXPECT_TRUE(made.contents_read);
    EXPECT_GE(made.ids, 1500);
    const Verified verified = check("product");
    EXPECT_TRUE(verified.good());
    EXPECT_TRUE(verified.findings.empty());
    EXPECT_TRUE(verified.sweep.same());
    EXPECT_EQ(verified.contents_read, kSampleUsual);
    EXPECT_EQ(verified.contents_total, made.ids);
    EXPECT_LE(verified.calls, 8);
    EXPECT_TRUE(pull_and_certify("product").certified) << "a delta with nothing to do";
}

TEST_F(Proofs, ADifferenceThatMovedNoWriteDateIsFoundByReadingAll) {
    const std::vector<std::int64_t> ids = add_products(300);
    pull_and_certify("product");
    plant("\"SKU-42\"", "\"SKU-XX\"");
    const Verified verified = check("product", {.full = true});
    EXPECT_FALSE(verified.good());
    EXPECT_TRUE(verified.offline_good());
    EXPECT_EQ(verified.content, 1);
    ASSERT_EQ(verified.findings.size(), 1u);
    EXPECT_EQ(verified.findings[0].what, "content");
    EXPECT_EQ(verified.findings[0].id, ids[42]);
    EXPECT_EQ(verified.findings[0].field, "default_code");
    EXPECT_EQ(verified.findings[0].live, "\"SKU-XX\"");
    EXPECT_EQ(verified.chance_of_one, 1);
    const Verified sampled = check("product", {.sample = 30});
    EXPECT_EQ(sampled.contents_read, 30);
    EXPECT_NEAR(sampled.chance_of_one, 30.0 / static_cast<double>(sampled.contents_total), 1e-9);
}

TEST_F(Proofs, WhatOdooDidSinceTheCutIsNoFault) {
    const std::vector<std::int64_t> ids = add_products(20);
    pull_and_certify("product");
    odoo.write("product.template", {ids[0]}, {{"name", "Renamed"}});
    odoo.unlink("product.template", {ids[1]});
    add_products(1);
    const Verified verified = check("product", {.full = true});
    EXPECT_TRUE(verified.good());
    EXPECT_EQ(verified.sweep.changed, 1);
    EXPECT_EQ(verified.sweep.missing, 1);
    EXPECT_EQ(verified.sweep.created, 1);
    EXPECT_EQ(verified.moved, 3);
    EXPECT_TRUE(pull_and_certify("product").certified);
    EXPECT_TRUE(check("product", {.full = true}).sweep.same());
}

TEST_F(Proofs, ARowThatSomebodyChangedInTheStoreIsFound) {
    const std::vector<std::int64_t> ids = add_products(20);
    pull_and_certify("product");
    run("update odoo.records set sync_data = replace(sync_data::text, 'SKU-3', 'SKU-X')::json where external_id = $1",
        {ids[3]});
    const Verified verified = check("product");
    EXPECT_FALSE(verified.good());
    EXPECT_EQ(verified.tampered, 1);
    ASSERT_FALSE(verified.findings.empty());
    EXPECT_EQ(verified.findings[0].id, ids[3]);
}

TEST_F(Proofs, APreviewSaysWhatAPullWouldBringAndPullsNothing) {
    const std::vector<std::int64_t> ids = add_products(30);
    Preview made = look("product");
    const std::int64_t all = made.remote;
    EXPECT_EQ(made.counts.created, all);
    EXPECT_EQ(made.local, 0);
    EXPECT_NE(made.note.find("initial import: all " + std::to_string(all)), std::string::npos) << made.note;
    EXPECT_EQ(count(), 0);
    EXPECT_LE(made.calls, 6);
    ASSERT_FALSE(made.samples.empty());
    EXPECT_EQ(made.samples[0].sku, "SKU-29");

    pull_and_certify("product");
    odoo.write("product.template", {ids[0], ids[1]}, {{"name", "Renamed"}});
    odoo.unlink("product.template", {ids[2]});
    add_products(1);
    EXPECT_EQ(look("product", false).counts.created, all) << "the last one still holds";
    made = look("product");
    EXPECT_EQ(made.counts.created, 1);
    EXPECT_EQ(made.counts.updated, 2);
    EXPECT_EQ(made.counts.deleted, 1);
    EXPECT_EQ(made.counts.in_sync, all - 3);
    EXPECT_EQ(made.note, "");
    const IdPage index = get(database().transact(source.org.text(), [&](pg::Transaction& tx) {
        return preview_ids(tx, source, made.id, std::nullopt, 0, kBatchRows);
    }));
    EXPECT_EQ(index.row_count, all + 1);
    // One that was never pulled can be chosen, because the preview shows it.
    std::int64_t fresh = 0;
    for (const auto& [id, status] : index.ids) fresh = status == Status::kNew ? id : fresh;
    EXPECT_EQ(get(database().transact(source.org.text(),
                                      [&](pg::Transaction& tx) {
                                          return choose(tx, source, "product", Direction::kInbound, {fresh},
                                                        Choice::kInclude, {"ann", clock.now()});
                                      })),
              1);
    clock.advance(kPreviewLifeUsual);
    EXPECT_FALSE(look("product", false).cached) << "an hour is over";
}

TEST_F(Proofs, APreviewIsRefusedWithoutANameOrOutOfBounds) {
    const Scope of = scope("product");
    const auto refused = [&](PreviewOptions options) {
        return preview(database(), *client_, source, of, choose_columns(of.model, of.fields), random, clock, options)
            .error()
            .code;
    };
    EXPECT_EQ(refused({}), Errc::kInvalid);
    EXPECT_EQ(refused({.by = "ann", .pages = kPreviewPagesMax + 1}), Errc::kInvalid);
}

// More than are asked for, compared and copied at once.
TEST_F(Proofs, APreviewOfManyPagesHasEveryIdOnce) {
    sim::fill_trade(odoo, 3, {.products = 45'000});
    later();
    const Preview made = look("product");
    EXPECT_EQ(made.counts.created, static_cast<std::int64_t>(odoo.ids("product.template").size()));
    const pg::Rows kept =
        run("select count(*), count(distinct external_id) from odoo.preview_ids where status = 'new'");
    EXPECT_EQ(kept.integer(0, 0), made.counts.created);
    EXPECT_EQ(kept.integer(0, 1), made.counts.created);
}

TEST_F(Proofs, ACompanyOfAnotherOrgIsRefused) {
    add_org();
    const Source other{access::OrgId::parse(pg::testing::kOtherOrg).value(), "odoo"};
    Result<std::vector<Company>> claimed = claim_companies(database(), *client_, other, kServer, {1});
    ASSERT_FALSE(claimed.ok());
    EXPECT_EQ(claimed.error().code, Errc::kForbidden);
    EXPECT_EQ(claim_companies(database(), *client_, other, kServer, {}).error().code, Errc::kNotConfigured);
    EXPECT_EQ(claim_companies(database(), *client_, other, kServer, {999}).error().code, Errc::kForbidden);
    EXPECT_EQ(get(claim_companies(database(), *client_, source, kServer, {1})).size(), 1u);
    EXPECT_EQ(run("select count(*) from odoo.companies", {}, pg::testing::kOtherOrg).integer(0, 0), 0);
}

TEST_F(Proofs, ValidationFindsWhatDoesNotAddUp) {
    add_products(20);
    for (const char* entity : {"company", "currency", "category", "product", "variant", "partner"}) {
        pull_and_certify(entity);
    }
    const auto verdicts = [&] {
        std::map<std::string, Check> found;
        for (Check& each : get(validate(database(), *client_, source, {{1, ""}}))) found[each.name] = each;
        return found;
    };
    auto found = verdicts();
    EXPECT_EQ(found["as many product as in Odoo"].verdict, Verdict::kPass) << found["as many product as in Odoo"].found;
    EXPECT_EQ(found["every product has a category"].verdict, Verdict::kPass);
    EXPECT_EQ(found["no product of a company that is not ours"].verdict, Verdict::kPass);
    EXPECT_EQ(found["total is net and tax"].verdict, Verdict::kSkipped);
    EXPECT_NE(found["total is net and tax"].evidence.find("was not pulled"), std::string::npos);
    // Somebody else's row, a category that is not there, a record too few.
    const std::string id(run("select min(external_id) as id from odoo.records where entity = 'product'").text(0, "id"));
    run("update odoo.records set sync_data = jsonb_set(jsonb_set(sync_data::jsonb, '{company_id}', '77'),"
        " '{categ_id}', '99999')::json where entity = 'product' and external_id = $1::bigint",
        {id});
    run("delete from odoo.records where entity = 'partner' and external_id = (select max(external_id) from odoo.records"
        " where entity = 'partner')");
    found = verdicts();
    EXPECT_EQ(found["every product has a category"].verdict, Verdict::kFail);
    EXPECT_EQ(found["every product has a category"].evidence, "product " + id);
    EXPECT_EQ(found["no product of a company that is not ours"].verdict, Verdict::kFail);
    EXPECT_EQ(found["no product of a company that is not ours"].evidence, "product " + id);
}

// Odoo adds its stock up itself, by location; so do we.
TEST_F(Proofs, ValidationComparesTheStockWithWhatOdooAddsUp) {
    sim::fill_trade(odoo, 3, sim::TradeSize::of_records(100));
    pull_and_certify("stock");
    const auto check = [&] {
        for (Check& each : get(validate(database(), *client_, source, {{1, ""}}))) {
            if (each.name == "as much stock as Odoo adds up") return each;
        }
        return Check{};
    };
    Check made = check();
    EXPECT_EQ(made.verdict, Verdict::kPass) << made.expected << "; " << made.found << "; " << made.evidence;
    EXPECT_NE(made.expected.find(" pieces"), std::string::npos);
    EXPECT_FALSE(made.expected.starts_with("0 ")) << made.expected;
    run("update odoo.records set sync_data = jsonb_set(sync_data::jsonb, '{reserved_quantity}', '1000')::json where "
        "entity = 'stock' and external_id = (select min(external_id) from odoo.records where entity = 'stock')");
    made = check();
    EXPECT_EQ(made.verdict, Verdict::kFail);
    EXPECT_TRUE(made.evidence.starts_with("location ")) << made.evidence;
    run("delete from odoo.records where entity = 'stock'");
    EXPECT_EQ(check().verdict, Verdict::kFail) << "nothing here, all there";
}

// The rules over orders, on rows put there as a pull would.
TEST_F(Proofs, ValidationAddsUpTheLinesOfOrders) {
    pull_and_certify("currency");
    const auto put = [&](std::string_view entity, int id, const json::Object& data) {
        run("insert into odoo.records (org_id, entity, external_id, version, hash, run, seen_at, sync_data) values"
            " ($1, $2, $3, 1, '\\x00', $1, now(), $4)",
            {pg::testing::kOrg, entity, id, json::canonical(data)});
        run("insert into odoo.entities (org_id, entity, full_at) values ($1, $2, now()) on conflict do nothing",
            {pg::testing::kOrg, entity});
    };
    const auto order = [&](int id, double net, double tax, double total, std::string_view date) {
        put("sale_order", id,
            {{"amount_untaxed", net},
             {"amount_tax", tax},
             {"amount_total", total},
             {"currency_id", 1},
             {"date_order", date},
             {"state", "sale"},
             {"company_id", 1}});
    };
    order(1, 30, 6, 36, "2026-11-21 08:00:00");
    order(2, 31, 6, 38, "2026-11-21T08:00:00Z");
    order(3, 0, 0, 0, "2026-11-21 08:00:00");
    for (const int id : {1, 2}) {
        put("sale_order_line", id * 10,
            {{"order_id", id}, {"price_subtotal", 10.1}, {"price_tax", 2}, {"display_type", false}});
        put("sale_order_line", id * 10 + 1,
            {{"order_id", id}, {"price_subtotal", 19.9}, {"price_tax", 4}, {"display_type", false}});
        put("sale_order_line", id * 10 + 2, {{"order_id", id}, {"price_subtotal", 500}, {"display_type", "line_note"}});
    }
    std::map<std::string, Check> found;
    for (Check& each : get(validate(database(), *client_, source, {{1, ""}}))) found[each.name] = each;
    const auto expect = [&](const char* name, Verdict verdict, std::string_view evidence) {
        EXPECT_EQ(found[name].verdict, verdict) << name << ": " << found[name].found;
        EXPECT_EQ(found[name].evidence, evidence) << name;
    };
    expect("the net total is the sum of the lines", Verdict::kFail, "sale_order 2");
    expect("the tax is that of the lines", Verdict::kPass, "");
    expect("total is net and tax", Verdict::kFail, "sale_order 2");
    expect("order dates are naive UTC", Verdict::kFail, "sale_order 2");
    expect("every confirmed order has lines", Verdict::kFail, "sale_order 3");
    expect("no sale_order of a company that is not ours", Verdict::kPass, "");
}

}  // namespace
}  // namespace syncline::mirror
