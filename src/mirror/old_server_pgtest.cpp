// A server that speaks JSON-RPC only (14 to 18) beside one of today that holds the same: one and the same mirror.
#include "mirror/certificate.hpp"
#include "mirror/contract.hpp"
#include "mirror/testing/pull_world.hpp"
#include "mirror/verify.hpp"
#include "sim/odoo/trade.hpp"

namespace syncline::mirror {
namespace {

class OldServer : public testing::PullTest {
protected:
    struct Side {
        sim::OdooServer* server;
        std::string login;
        Source source;
        std::string name;
    };

    void SetUp() override {
        PullTest::SetUp();
        for (sim::OdooServer* each : {&odoo, &old}) sim::fill_trade(*each, 5, sim::TradeSize::of_records(120));
        choose(before);
        map(before.source, {1});
        clock.advance(Micros(60'000'000));
    }

    void choose(const Side& side) {
        peer = side.server;
        login = side.login;
        server = side.name;
        source = side.source;
    }
    PullReport pull_from(const Side& side, std::string_view entity, PullOptions options = {}) {
        choose(side);
        return pull(entity, std::move(options));
    }
    // One call of a person in both.
    void in_both(const std::function<void(sim::OdooServer&)>& act) {
        act(odoo);
        act(old);
    }
    Certificate certified(const Side& side, const PullReport& report) {
        const Result<Certificate> made = certify(database(), side.source, report, clock);
        EXPECT_TRUE(made.ok()) << made.error().message;
        return made.ok() ? *made : Certificate{};
    }

    sim::OdooServer old{{.version = "18.0"}, clock};
    const Side today{&odoo, "", {}, std::string(kServer)};
    const Side before{&old, "admin", {.connector = "before"}, "http://old.test demo"};
};

TEST_F(OldServer, GivesTheSameCertificatesOfAllEntities) {
    int compared = 0;
    for (const Entity& entity : all_entities()) {
        const PullReport report = pull_from(today, entity.name);
        const PullReport old_report = pull_from(before, entity.name);
        EXPECT_EQ(report.absent, old_report.absent) << entity.name;
        if (report.absent) continue;
        EXPECT_TRUE(old_report.closing.closed) << entity.name << ": " << old_report.closing.why_open;
        const Certificate made = certified(today, report);
        const Certificate old_made = certified(before, old_report);
        EXPECT_TRUE(old_made.certified) << entity.name;
        EXPECT_EQ(old_made.root, made.root) << entity.name;
        EXPECT_EQ(old_made.ids_digest, made.ids_digest) << entity.name;
        EXPECT_EQ(old_made.ids, made.ids) << entity.name;
        EXPECT_EQ(old_made.archived, made.archived) << entity.name;
        EXPECT_EQ(old_made.left_out.size(), made.left_out.size()) << entity.name;
        compared += made.ids > 0 ? 1 : 0;
    }
    EXPECT_GE(compared, 20);
}

TEST_F(OldServer, ChangesDeletionsAndPicturesArriveAlike) {
    std::int64_t unused = 0;
    in_both([&](sim::OdooServer& each) {
        unused = each.create("product.template", json::Array{json::Object{{"name", "Nobody buys it"}}})[0];
    });
    clock.advance(Micros(60'000'000));
    for (const Side* side : {&today, &before}) EXPECT_TRUE(pull_from(*side, "product").closing.closed);
    const std::vector<std::int64_t> ids = odoo.ids("product.template");
    in_both([&](sim::OdooServer& each) {
        each.write("product.template", {ids[3], ids[4]}, {{"name", "Größe \"4\"\\/"}, {"image_1920", "aGVsbG8="}});
        each.unlink("product.template", {unused});
        each.write("product.template", {ids[6]}, {{"active", false}});
    });
    clock.advance(Micros(60'000'000));
    const PullReport report = pull_from(today, "product");
    const PullReport old_report = pull_from(before, "product");
    EXPECT_EQ(old_report.row.kind, PullKind::kDelta);
    EXPECT_EQ(old_report.row.counts.updated, report.row.counts.updated);
    EXPECT_EQ(old_report.row.counts.deleted, 1);
    EXPECT_EQ(certified(before, old_report).root, certified(today, report).root);

    odoo::Settings settings;
    settings.url = "http://odoo.test";
    settings.database = "demo";
    settings.login = before.login;
    settings.key = vault::Secret(sim::OdooOptions{}.key);
    net::HandlerClient http(old.handler());
    odoo::Client client(http, clock, random, settings);
    EXPECT_EQ(client.probe().value().transport, odoo::Transport::kJsonRpc);
    const Scope scope = scope_of(client, **entity_named("product"), {{1, ""}}).value();
    const Columns columns =
        database()
            .transact(before.source.org.text(),
                      [&](pg::Transaction& tx) { return kept_columns(tx, before.source, "product"); })
            .value();
    const auto verified =
        verify(database(), client, before.source, scope, columns, random, clock, {.full = true}).value();
    EXPECT_TRUE(verified.good());
    EXPECT_EQ(verified.contents_read, verified.sweep.ids);
}

TEST_F(OldServer, WantsToKnowTheLogin) {
    Side nobody = before;
    nobody.login = "";
    choose(nobody);
    const auto refused = try_pull("product");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Errc::kNotConfigured) << refused.error().message;
    EXPECT_NE(refused.error().message.find("18.0"), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace syncline::mirror
