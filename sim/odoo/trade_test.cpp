// A merchant made in bulk, and how it is served.
#include "sim/odoo/trade.hpp"

#include <set>

#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct Trade : ::testing::Test, OdooBench {
    void SetUp() override { fill_trade(server, 7, {.partners = 200, .products = 300, .orders = 100}); }
    json::Array read(const std::string& model, const json::Array& ids, const json::Array& fields) {
        return call(model, "read", {{"ids", ids}, {"fields", fields}, {"load", ""}}).as_array();
    }
    json::Array stored(const std::string& model) {
        json::Array names;
        const json::Value fields = call(model, "fields_get", {{"attributes", json::Array{"store", "type"}}});
        for (const auto& [name, field] : fields.as_object()) {
            if (field.at("store").as_bool() && field.at("type") != "one2many") names.emplace_back(name);
        }
        return names;
    }
};

TEST_F(Trade, MakesWhatWasAskedFor) {
    EXPECT_EQ(search("res.partner", list_of(json::Array{"ref", "=like", "C-%"})).size(), 119u);  // one more is archived
    EXPECT_EQ(call("product.template", "search_count",
                   {{"domain", list_of(json::Array{"name", "ilike", "%"})},
                    {"context", json::Object{{"active_test", false}}}}),
              301);  // and the delivery product
    EXPECT_EQ(server.ids("product.product").size(), 331u);
    EXPECT_EQ(server.ids("sale.order").size(), 100u);
    EXPECT_EQ(server.ids("sale.order.line").size(), 300u);
    EXPECT_EQ(server.ids("account.move").size(), 25u);
    EXPECT_EQ(server.ids("stock.move").size(), 75u);
}

TEST_F(Trade, TheSameSeedMakesTheSameAndAnotherOneDoesNot) {
    const auto text = [&](std::uint64_t seed) {
        OdooServer other({}, clock);
        fill_trade(other, seed, {.partners = 20, .products = 60, .orders = 10});
        std::string all;
        for (const std::string model : {"res.partner", "product.product", "sale.order.line", "account.move.line"}) {
            for (const std::int64_t id : other.ids(model)) all += json::canonical(other.read(model, id));
        }
        return all;
    };
    EXPECT_EQ(text(1), text(1));
    EXPECT_NE(text(1), text(2));
}

// Writing a line anew computes its amounts and its order's: they must come out as they were made.
TEST_F(Trade, AmountsAreThoseThatOdooWouldCompute) {
    for (const std::int64_t order : server.ids("sale.order")) {
        const json::Object before = server.read("sale.order", order);
        for (const json::Value& line : before.at("order_line").as_array())
            server.write("sale.order.line", {line.as_int64()}, {{"sequence", 20}});
        const json::Object after = server.read("sale.order", order);
        for (const char* field : {"amount_untaxed", "amount_tax", "amount_total", "write_date"})
            EXPECT_EQ(before.at(field), after.at(field)) << order << " " << field;
    }
}

TEST_F(Trade, InvoicesBalanceAndBelongToTheirOrders) {
    for (const std::int64_t invoice : server.ids("account.move")) {
        double sum = 0;
        const json::Object whole = server.read("account.move", invoice);
        for (const json::Value& line : whole.at("line_ids").as_array()) {
            const json::Object row = server.read("account.move.line", line.as_int64());
            sum += row.at("balance").as_double();
            const std::size_t sold = row.at("display_type") == "product" ? 1 : 0;
            EXPECT_EQ(row.at("sale_line_ids").as_array().size(), sold);
        }
        EXPECT_NEAR(sum, 0, 1e-6) << invoice;
    }
}

TEST_F(Trade, EveryReferenceLeadsSomewhere) {
    for (const std::string model :
         {"res.partner", "product.template", "product.product", "sale.order", "sale.order.line", "account.move",
          "account.move.line", "stock.quant", "stock.picking", "stock.move"}) {
        const json::Value fields =
            call(model, "fields_get", {{"attributes", json::Array{"relation", "type", "store"}}});
        const json::Array rows = read(model, search(model, {}), stored(model));
        EXPECT_FALSE(rows.empty()) << model;
        std::map<std::string, std::set<std::int64_t>> there;
        for (const json::Value& row : rows) {
            for (const auto& [name, value] : row.as_object()) {
                const json::Value* relation = json::find(fields.at(name), "relation");
                if (relation == nullptr || !value.is_int64()) continue;
                const std::string other(relation->as_string());
                if (!there.contains(other)) {
                    const json::Value known =
                        json::parse(post("/json/2/" + other + "/fields_get", json::Object{}).body).value();
                    if (known.as_object().contains("message")) continue;  // not simulated
                    const auto ids = server.ids(other);
                    there[other] = {ids.begin(), ids.end()};
                }
                EXPECT_TRUE(there[other].contains(value.as_int64())) << model << "." << name << " " << value;
            }
        }
    }
}

TEST_F(Trade, ReadsWhatOneRowAtATimeReads) {
    for (const std::string model :
         {"res.partner", "product.template", "product.product", "sale.order.line", "account.move"}) {
        const json::Array names = stored(model);
        const json::Array ids = search(model, {});
        const json::Array rows = read(model, ids, names);
        ASSERT_EQ(rows.size(), ids.size());
        std::vector<std::string> fields;
        for (const json::Value& name : names) fields.emplace_back(name.as_string());
        for (std::size_t i = 0; i < rows.size(); i += 17) {
            const json::Value other(server.read(model, ids[i].as_int64(), fields));
            EXPECT_EQ(json::canonical(rows[i]), json::canonical(other)) << model;
        }
    }
}

TEST_F(Trade, BulkRowsLiveOnLikeOthers) {
    const std::int64_t product = server.ids("product.template")[50];
    clock.advance(std::chrono::seconds(5));
    write("product.template", product, {{"name", "Renamed"}});
    const std::int64_t variant = field("product.template", product, "product_variant_ids").as_array()[0].as_int64();
    EXPECT_EQ(field("product.product", variant, "name"), "Renamed");
    EXPECT_EQ(field("product.product", variant, "write_date"), "2026-11-21 00:25:32");
    const auto before = server.snapshot();
    const std::int64_t picture = server.ids("ir.attachment").front();
    server.unlink("ir.attachment", {picture});
    EXPECT_TRUE(server.read("ir.attachment", picture).empty());
    server.restore(before);
    EXPECT_FALSE(server.read("ir.attachment", picture).empty());
}

TEST_F(Trade, PagesByIdAndByTime) {
    json::Array all, paged;
    all = search("product.template", {});
    std::int64_t last = 0;
    while (true) {
        const json::Array page =
            call("product.template", "search",
                 {{"domain", list_of(json::Array{"id", ">", last})}, {"order", "id"}, {"limit", 70}})
                .as_array();
        if (page.empty()) break;
        last = page.back().as_int64();
        paged.insert(paged.end(), page.begin(), page.end());
    }
    EXPECT_EQ(all, paged);
    const json::Array by_time =
        call("product.template", "search_read",
             {{"domain", json::Array{}}, {"fields", json::Array{"write_date"}}, {"order", "write_date,id"}})
            .as_array();
    ASSERT_EQ(by_time.size(), all.size());
    for (std::size_t i = 1; i < by_time.size(); ++i)
        EXPECT_LE(by_time[i - 1].at("write_date").as_string(), by_time[i].at("write_date").as_string());
}

}  // namespace
}  // namespace syncline::sim
