#include "promote/transform.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "promote/identity.hpp"

namespace syncline::promote {
namespace {

json::Object object(std::string_view text) { return json::parse(text).value().get_object(); }

json::Object row_of(std::string_view table, const json::Object& data, const Known& known = {}) {
    auto made = transform(table_of(table), data, known);
    if (const Refusal* refusal = std::get_if<Refusal>(&made)) {
        ADD_FAILURE() << to_string(refusal->reason) << ": " << refusal->detail;
        return {};
    }
    return std::get<json::Object>(made);
}
Refusal refusal_of(std::string_view table, const json::Object& data, const Known& known = {}) {
    auto made = transform(table_of(table), data, known);
    if (Refusal* refusal = std::get_if<Refusal>(&made)) return *refusal;
    ADD_FAILURE() << "it was taken";
    return {};
}

Known shop() {
    Known known;
    known.seen["country"][57] = object(R"({"id":57,"code":"DE","name":"Germany"})");
    known.seen["currency"][1] = object(R"({"id":1,"name":"USD","decimal_places":2})");
    known.seen["currency"][25] = object(R"({"id":25,"name":"JPY","decimal_places":0})");
    known.seen["uom"][1] = object(R"({"id":1,"name":"Units"})");
    known.seen["location"][5] = object(R"({"id":5,"complete_name":"WH/Stock","usage":"internal","warehouse_id":1})");
    known.seen["warehouse"][1] = object(R"({"id":1,"code":"WH"})");
    known.seen["attribute"][1] = object(R"({"id":1,"name":"Size"})");
    known.seen["attribute_value"][1] = object(R"({"id":1,"name":"S"})");
    known.seen["template_attribute_value"][4] =
        object(R"({"id":4,"attribute_id":[1,"Size"],"product_attribute_value_id":[1,"Size: S"],"price_extra":2.5})");
    known.seen["template_attribute_value"][7] = object(
        R"({"id":7,"attribute_id":[2,"Color"],"product_attribute_value_id":[5,"Color: Blue"],"price_extra":0.1})");
    known.rows["partner"][8] = {"customers", "c8", ""};
    known.rows["partner"][9] = {"addresses", "a9", "c8"};
    known.rows["product"][2] = {"products", "p2", ""};
    known.rows["variant"][2] = {"variants", "v2", ""};
    known.rows["tax"][3] = {"taxes", "t3", ""};
    known.rows["sale_order"][1] = {"orders", "o1", ""};
    return known;
}

constexpr std::string_view kOrder =
    R"j({"id":1,"name":"S00001","state":"sale","partner_id":[9,"Delivery"],"partner_invoice_id":[8,"Müller"],
        "partner_shipping_id":9,"date_order":"2026-11-21 00:23:49","validity_date":"2026-12-21",
        "client_order_ref":" PO-77 ","origin":false,"amount_untaxed":271.0,"amount_tax":0.0,"amount_total":271.0,
        "currency_id":[1,"USD"],"pricelist_id":[1,"Default (USD)"],"fiscal_position_id":[2,"Foreign Trade"],
        "payment_term_id":false,"company_id":[1,"My Company"],"invoice_status":"to invoice","warehouse_id":1,
        "tag_ids":[],"write_date":"2026-11-21 00:23:49","create_date":"2026-11-21 00:23:49"})j";

TEST(Transform, AnOrder) {
    const json::Object row = row_of("orders", object(kOrder), shop());
    EXPECT_EQ(row.at("customer_id"), "c8") << "the customer of the address that ordered";
    EXPECT_EQ(row.at("billing_address_id"), nullptr) << "the customer's own";
    EXPECT_EQ(row.at("shipping_address_id"), "a9");
    EXPECT_EQ(row.at("status"), "confirmed");
    EXPECT_EQ(row.at("total"), "271.00");
    EXPECT_EQ(row.at("currency"), "USD");
    EXPECT_EQ(row.at("reference"), "PO-77");
    EXPECT_EQ(row.at("origin"), "");
    EXPECT_EQ(row.at("warehouse"), "WH");
    EXPECT_EQ(row.at("company"), 1);
    EXPECT_EQ(row.at("valid_until"), "2026-12-21");
    EXPECT_EQ(row.at("promised_at"), nullptr);
    const json::Object kept =
        object(R"j({"pricelist":{"id":1,"name":"Default (USD)"},"fiscal_position":{"id":2,"name":"Foreign Trade"}})j");
    EXPECT_EQ(row.at("metadata"), kept);
}

TEST(Transform, MoneyHasTheDecimalsOfItsCurrency) {
    json::Object order = object(kOrder);
    order["currency_id"] = 25;
    EXPECT_EQ(row_of("orders", order, shop()).at("total"), "271");
}

TEST(Transform, AVariantWithAttributesAndCostsByCompany) {
    const json::Object row =
        row_of("variants",
               object(R"({"id":2,"default_code":" TS-S ","barcode":false,"product_tmpl_id":[2,"Shoe"],"active":false,
                   "product_template_attribute_value_ids":[4,7],"standard_price":44.0,"weight":0.0,"volume":0.0,
                   "_companies":{"1":{"standard_price":44.0},"2":{"standard_price":77.5}}})"),
               shop());
    EXPECT_EQ(row.at("sku"), "TS-S");
    EXPECT_EQ(row.at("barcode"), "");
    EXPECT_EQ(row.at("product_id"), "p2");
    EXPECT_EQ(row.at("attributes"), object(R"({"Size":"S","Color":"Blue"})"));
    EXPECT_EQ(row.at("price_extra"), "2.6");
    EXPECT_EQ(row.at("cost"), "44");
    EXPECT_EQ(row.at("costs"), object(R"({"1":"44","2":"77.5"})"));
    EXPECT_EQ(row.at("active"), false);
}

TEST(Transform, ACostThatOnlyCompaniesHave) {
    const json::Object row =
        row_of("variants", object(R"({"id":2,"product_tmpl_id":2,"_companies":{"10":{"standard_price":9},
                                              "2":{"standard_price":7.5}}})"),
               shop());
    EXPECT_EQ(row.at("cost"), "7.5") << "that of the lowest company";
}

TEST(Transform, StockKnowsItsWarehouse) {
    const json::Object row =
        row_of("stock", object(R"({"id":6,"product_id":[2,"Shoe"],"location_id":[5,"WH/Stock"],"quantity":25.0,
                                   "reserved_quantity":3.5,"lot_id":[4,"L-1"],"write_date":"2026-11-21 00:25:08"})"),
               shop());
    EXPECT_EQ(row.at("warehouse"), "WH");
    EXPECT_EQ(row.at("usage"), "internal");
    EXPECT_EQ(row.at("quantity"), "25");
    EXPECT_EQ(row.at("reserved"), "3.5");
    EXPECT_EQ(row.at("lot"), "L-1");
}

TEST(Transform, ProductsOfOldAndNewOdoo) {
    const json::Object now = row_of(
        "products", object(R"({"id":2,"name":"Shoe","type":"consu","is_storable":true,"list_price":99.5,"uom_id":1,
                               "categ_id":false,"sale_ok":true,"taxes_id":[3,99]})"),
        shop());
    EXPECT_EQ(now.at("kind"), "goods");
    EXPECT_EQ(now.at("stocked"), "true");
    EXPECT_EQ(now.at("tax_ids"), json::Array({"t3"})) << "99 is another company's: not in the mirror";
    const json::Object then =
        row_of("products", object(R"({"id":2,"name":"Shoe","type":"product","list_price":1,"uom_id":[1,"Units"]})"));
    EXPECT_EQ(then.at("stocked"), "true");
    EXPECT_EQ(then.at("uom"), "Units") << "its pair says it where the mirror does not";
}

TEST(Transform, NotesAreNoGoods) {
    const json::Object row = row_of(
        "order_items", object(R"({"id":3,"order_id":1,"display_type":"line_note","name":"Please gift wrap","product_id":
                                  false,"product_uom_qty":0.0,"tax_ids":[],"currency_id":1})"),
        shop());
    EXPECT_EQ(row.at("kind"), "note");
    EXPECT_EQ(row.at("variant_id"), nullptr);
}

TEST(Transform, APartnerIsACustomerOrTheAddressOfOne) {
    EXPECT_EQ(table_for("partner", object(R"({"id":8,"commercial_partner_id":[8,"M"],"parent_id":false})")).core_table,
              "customers");
    EXPECT_EQ(
        table_for("partner", object(R"({"id":9,"commercial_partner_id":[8,"M"],"parent_id":[8,"M"]})")).core_table,
        "addresses");
    EXPECT_EQ(table_for("partner", object(R"({"id":7,"commercial_partner_id":7,"parent_id":[8,"M"]})")).core_table,
              "customers")
        << "a company below another one is a customer of its own";
    EXPECT_EQ(
        row_of("addresses", object(R"({"id":9,"commercial_partner_id":8,"type":"delivery","name":false})"), shop())
            .at("customer_id"),
        "c8");
}

TEST(Transform, WhyNot) {
    Known known = shop();
    json::Object order = object(kOrder);
    order["partner_id"] = json::Array{77, "Somebody"};
    EXPECT_EQ(refusal_of("orders", order, known).reason, Reason::kReferenceMissing);
    known.mirrored["partner"].insert(77);
    const Refusal waiting = refusal_of("orders", order, known);
    EXPECT_EQ(waiting.reason, Reason::kReferenceWaiting);
    EXPECT_EQ(waiting.detail, "partner 77 (Somebody) is not taken over: select it, too");
    known.quarantined["partner"].insert(77);
    EXPECT_EQ(refusal_of("orders", order, known).detail,
              "partner 77 (Somebody) is in quarantine itself: mend that first");
    order = object(kOrder);
    order["state"] = "dreamt";
    EXPECT_EQ(refusal_of("orders", order, known).reason, Reason::kBadValue);
    order = object(kOrder);
    order["name"] = "  ";
    EXPECT_EQ(refusal_of("orders", order, known).reason, Reason::kMissingValue);
    order = object(kOrder);
    order.erase("amount_total");
    EXPECT_EQ(refusal_of("orders", order, known).reason, Reason::kMissingValue);
    order = object(kOrder);
    order["amount_total"] = "much";
    EXPECT_EQ(refusal_of("orders", order, known).reason, Reason::kBadValue);
    json::Object item = object(R"({"id":1,"order_id":1,"tax_ids":[3,4]})");
    known.mirrored["tax"].insert(4);
    EXPECT_EQ(refusal_of("order_items", item, known).detail, "tax 4 is not taken over: select it, too");
}

// Whatever a server sends: a whole row or a reason, and the same every time.
TEST(Transform, AnyRecordHasARowOrAReason) {
    SeededRandom random(3);
    const Known known = shop();
    const std::vector<json::Value> values{json::Value(nullptr),
                                          json::Value(false),
                                          json::Value(true),
                                          json::Value(0),
                                          json::Value(-1),
                                          json::Value(8),
                                          json::Value(1e300),
                                          json::Value(""),
                                          json::Value("sale"),
                                          json::Value("2026-11-21 00:00:00"),
                                          json::Value(json::Array{}),
                                          json::Value(json::Array{8, "x"}),
                                          json::Value(json::Array{3, 4}),
                                          json::Value(json::Object{{"a", 1}})};
    for (int i = 0; i < 20'000; ++i) {
        const Table& table = all_tables()[random.below(all_tables().size())];
        json::Object data{{"id", 1}};
        for (const Column& column : table.columns) {
            for (const std::string_view field : column.fields) {
                if (random.chance(0.8)) data[field] = values[random.below(values.size())];
            }
        }
        auto made = transform(table, data, known);
        auto again = transform(table, data, known);
        ASSERT_EQ(made.index(), again.index());
        if (const json::Object* row = std::get_if<json::Object>(&made)) {
            ASSERT_EQ(*row, std::get<json::Object>(again));
            ASSERT_EQ(row->size(), table.columns.size() + 3);
            for (const Column& column : table.columns) ASSERT_TRUE(row->contains(column.name));
        } else {
            ASSERT_FALSE(std::get<Refusal>(made).detail.empty());
        }
        Needs needs;
        gather_needs(table, data, known, needs);
    }
}

TEST(Identity, IsStableAndItsOwn) {
    const mirror::Source source;
    const std::string id = internal_id(source, "product", 7);
    EXPECT_EQ(id, internal_id(source, "product", 7));
    EXPECT_EQ(id.size(), 36u);
    EXPECT_EQ(id[14], '8');
    EXPECT_NE(id, internal_id(source, "variant", 7));
    EXPECT_NE(id, internal_id({source.org, "other"}, "product", 7));
}

}  // namespace
}  // namespace syncline::promote
