// The trade models as Odoo 19 answers for them.
#include <set>

#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct Catalog : ::testing::Test, OdooBench {
    std::int64_t add(const std::string& model, const json::Object& values) { return create(model, values); }
    std::string moment(const std::string& model, std::int64_t id) {
        return std::string(field(model, id, "write_date").as_string());
    }
    // A shoe in two sizes and two colours.
    std::int64_t shoe() {
        json::Array lines;
        for (const auto& [name, values] :
             {std::pair{"Size", json::Array{"S", "M"}}, {"Color", json::Array{"Red", "Blue"}}}) {
            const std::int64_t attribute = add("product.attribute", {{"name", name}});
            json::Array ids;
            for (const json::Value& value : values)
                ids.emplace_back(add("product.attribute.value", {{"name", value}, {"attribute_id", attribute}}));
            lines.push_back(json::Array{
                0, 0, json::Object{{"attribute_id", attribute}, {"value_ids", list_of(json::Array{6, 0, ids})}}});
        }
        return add("product.template", {{"name", "Shoe"}, {"list_price", 99.5}, {"attribute_line_ids", lines}});
    }
};

TEST_F(Catalog, AttributeLinesMakeVariantsAndTheyAreNamedAfterTheirValues) {
    const std::int64_t product = shoe();
    const json::Array variants = field("product.template", product, "product_variant_ids").as_array();
    ASSERT_EQ(variants.size(), 4u);
    EXPECT_EQ(field("product.product", variants[0].as_int64(), "display_name"), "Shoe (S, Red)");
    EXPECT_EQ(field("product.product", variants[0].as_int64(), "list_price"), 99.5);
    EXPECT_EQ(field("product.product", variants[0].as_int64(), "uom_id"), 1);
}

TEST_F(Catalog, ATemplatesOnlyVariantHoldsItsCodeAndCost) {
    const std::int64_t product =
        add("product.template",
            {{"name", "Sock"}, {"default_code", "SOCK"}, {"barcode", "4006381333931"}, {"standard_price", 2.5}});
    const std::int64_t variant = field("product.template", product, "product_variant_id").as_int64();
    EXPECT_EQ(field("product.product", variant, "default_code"), "SOCK");
    EXPECT_EQ(field("product.product", variant, "standard_price"), 2.5);
    EXPECT_EQ(field("product.template", product, "default_code"), "SOCK");
    EXPECT_EQ(field("product.template", product, "barcode"), "4006381333931");
    EXPECT_EQ(field("product.template", product, "display_name"), "[SOCK] Sock");
}

TEST_F(Catalog, WritingATemplateMovesItsVariantsAndNotTheOtherWayRound) {
    const std::int64_t product = shoe();
    const std::int64_t variant = field("product.template", product, "product_variant_ids").as_array()[0].as_int64();
    clock.advance(std::chrono::seconds(10));
    write("product.template", product, {{"name", "Trail Shoe"}});
    EXPECT_EQ(moment("product.product", variant), moment("product.template", product));
    const std::string before = moment("product.template", product);
    clock.advance(std::chrono::seconds(10));
    write("product.product", variant, {{"default_code", "TS-S-RED"}});
    EXPECT_EQ(moment("product.template", product), before);
    EXPECT_GT(moment("product.product", variant), before);
}

TEST_F(Catalog, EachCompanyHasItsOwnCost) {
    const std::int64_t product = add("product.product", {{"name", "Sock"}, {"standard_price", 40}});
    const std::int64_t second = add("res.company", {{"name", "Second Co GmbH"}});
    const auto cost = [&](const json::Object& context) {
        return call("product.product", "read",
                    {{"ids", json::Array{product}}, {"fields", json::Array{"standard_price"}}, {"context", context}})
            .as_array()[0]
            .at("standard_price");
    };
    const json::Object there{{"allowed_company_ids", json::Array{second}}};
    call("product.product", "write",
         {{"ids", json::Array{product}}, {"vals", json::Object{{"standard_price", 77}}}, {"context", there}});
    EXPECT_EQ(cost({}), 40.0);
    EXPECT_EQ(cost({{"allowed_company_ids", json::Array{1, second}}}), 40.0);
    EXPECT_EQ(cost(there), 77.0);
}

TEST_F(Catalog, CustomersAreFoundWithTheAddressesThatBelongToThem) {
    const std::int64_t customer = add("res.partner", {{"name", "Acme"}, {"is_company", true}, {"customer_rank", 1}});
    const std::int64_t address = add("res.partner", {{"name", "Depot"}, {"type", "delivery"}, {"parent_id", customer}});
    add("res.partner", {{"name", "A supplier"}, {"supplier_rank", 1}});
    EXPECT_EQ(search("res.partner", list_of(json::Array{"commercial_partner_id.customer_rank", ">", 0})),
              (json::Array{customer, address}));
}

TEST_F(Catalog, AnOrderSumsUpItsLines) {
    const std::int64_t customer = add("res.partner", {{"name", "Acme"}});
    const std::int64_t product = add("product.product", {{"name", "Sock"}, {"list_price", 10}});
    const std::int64_t order = add("sale.order", {{"partner_id", customer}});
    const std::int64_t line = add(
        "sale.order.line", {{"order_id", order}, {"product_id", product}, {"product_uom_qty", 3}, {"discount", 10}});
    EXPECT_EQ(field("sale.order.line", line, "price_subtotal"), 27.0);
    EXPECT_EQ(field("sale.order", order, "amount_total"), 31.05);
    clock.advance(std::chrono::seconds(10));
    write("sale.order.line", line, {{"product_uom_qty", 1}});
    EXPECT_EQ(field("sale.order", order, "amount_untaxed"), 9.0);
    EXPECT_EQ(moment("sale.order", order), moment("sale.order.line", line));
    call("sale.order", "action_confirm", {{"ids", json::Array{order}}});
    EXPECT_EQ(field("sale.order.line", line, "state"), "sale");
}

TEST_F(Catalog, StockIsCountedWithoutTouchingTheProduct) {
    const std::int64_t product = add("product.product", {{"name", "Sock"}, {"is_storable", true}});
    const std::string before = moment("product.product", product);
    const json::Array shelves = search("stock.location", list_of(json::Array{"usage", "=", "internal"}));
    clock.advance(std::chrono::seconds(10));
    const std::int64_t quant =
        add("stock.quant", {{"product_id", product}, {"location_id", shelves[0]}, {"inventory_quantity", 25}});
    call("stock.quant", "action_apply_inventory", {{"ids", json::Array{quant}}});
    EXPECT_EQ(field("product.product", product, "qty_available"), 25.0);
    EXPECT_EQ(moment("product.product", product), before);
}

TEST_F(Catalog, FilesBehindFieldsAreHiddenUnlessAskedFor) {
    const std::int64_t plain = add("ir.attachment", {{"name", "a.txt"}, {"datas", "aGVsbG8="}});
    const std::int64_t image = add("ir.attachment", {{"name", "image_1920"},
                                                     {"res_field", "image_1920"},
                                                     {"res_model", "res.partner"},
                                                     {"res_id", 1},
                                                     {"datas", "aGVsbG8="}});
    EXPECT_EQ(field("ir.attachment", plain, "checksum"), "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
    EXPECT_EQ(field("ir.attachment", plain, "file_size"), 5);
    EXPECT_EQ(search("ir.attachment", {}), (json::Array{plain}));
    EXPECT_EQ(
        search("ir.attachment", {json::Array{"res_model", "=", "res.partner"}, json::Array{"res_field", "!=", false}}),
        (json::Array{image}));
}

TEST_F(Catalog, AWrittenPictureIsAFileThatIsSearchedForAndGoesWithItsRecord) {
    const std::int64_t partner = add("res.partner", {{"name", "Ana"}, {"image_1920", "aGVsbG8="}});
    const json::Array behind{json::Array{"res_model", "=", "res.partner"}, json::Array{"res_field", "!=", false},
                             json::Array{"res_id", "in", json::Array{partner, 999}}};
    const json::Array made = search("ir.attachment", behind);
    EXPECT_EQ(made.size(), 5u) << "the picture and its four smaller ones";
    const auto sums = [&] {
        std::set<std::string> found;
        for (const json::Value& id : search("ir.attachment", behind))
            found.insert(std::string(field("ir.attachment", id.get_int64(), "checksum").get_string()));
        return found;
    };
    EXPECT_EQ(sums(), std::set<std::string>{"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"});
    EXPECT_EQ(field("res.partner", partner, "image_1920"), "aGVsbG8=");
    const json::Array with_picture = list_of(json::Array{"image_128", "!=", false});
    EXPECT_EQ(search("res.partner", with_picture), (json::Array{partner}));
    write("res.partner", partner, {{"image_1920", "d29ybGQ="}});
    EXPECT_EQ(search("ir.attachment", behind), made) << "the same rows hold the new one";
    EXPECT_EQ(sums(), std::set<std::string>{"7c211433f02071597741e6ff5a8ea34789abbf43"});
    write("res.partner", partner, {{"image_1920", false}});
    EXPECT_TRUE(search("ir.attachment", behind).empty());
    EXPECT_TRUE(search("res.partner", with_picture).empty());
    write("res.partner", partner, {{"image_1920", "aGVsbG8="}});
    call("res.partner", "unlink", {{"ids", json::Array{partner}}});
    EXPECT_TRUE(search("ir.attachment", behind).empty());
}

// A binary that Odoo declares to be a column makes no file.
TEST_F(Catalog, ABinaryColumnIsNoFile) {
    write("res.company", 1, {{"logo_web", "aGVsbG8="}});
    EXPECT_EQ(field("res.company", 1, "logo_web"), "aGVsbG8=");
    EXPECT_TRUE(
        search("ir.attachment", {json::Array{"res_model", "=", "res.company"}, json::Array{"res_field", "!=", false}})
            .empty());
    EXPECT_EQ(search("res.company", list_of(json::Array{"logo_web", "!=", false})), (json::Array{1}));
}

TEST_F(Catalog, FieldsSayWhatIsStoredAndWhatEachCompanyKeeps) {
    const json::Value fields =
        call("product.product", "fields_get", {{"attributes", json::Array{"store", "company_dependent", "type"}}});
    EXPECT_EQ(fields.at("standard_price"),
              (json::Value{{"store", true}, {"company_dependent", true}, {"type", "float"}}));
    EXPECT_EQ(fields.at("name").at("store"), false);
    EXPECT_EQ(fields.at("default_code").at("store"), true);
}

TEST_F(Catalog, AModelOfAModuleThatIsNotInstalledDoesNotExist) {
    EXPECT_EQ(failure("loyalty.program", "search", {{"domain", json::Array{}}}),
              "404 werkzeug.exceptions.NotFound: the model 'loyalty.program' does not exist");
    OdooOptions options;
    options.modules = {"product", "loyalty"};
    OdooServer other(options, clock);
    EXPECT_TRUE(other.ids("loyalty.program").empty());
    EXPECT_EQ(other.create("product.template", {json::Object{{"name", "Sock"}}}).size(), 1u);
}

TEST_F(Catalog, ACategoryKnowsItsPath) {
    const std::int64_t top = add("product.category", {{"name", "Shoes"}});
    const std::int64_t below = add("product.category", {{"name", "Running"}, {"parent_id", top}});
    EXPECT_EQ(field("product.category", below, "complete_name"), "Shoes / Running");
    EXPECT_EQ(field("product.category", below, "parent_path").as_string(),
              std::to_string(top) + "/" + std::to_string(below) + "/");
    clock.advance(std::chrono::seconds(10));
    write("product.category", top, {{"name", "Footwear"}});
    EXPECT_EQ(moment("product.category", below), moment("product.category", top));
}

}  // namespace
}  // namespace syncline::sim
