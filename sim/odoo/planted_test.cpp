// What goes wrong on purpose.
#include "sim/odoo/testing.hpp"
#include "sim/odoo/trade.hpp"

namespace syncline::sim {
namespace {

struct PlantedTest : ::testing::Test, OdooBench {
    std::string moment(const std::string& model, std::int64_t id) {
        return std::string(field(model, id, "write_date").as_string());
    }
};

TEST_F(PlantedTest, AFieldThatCannotBeReadFailsTheWholeCall) {
    server.fail_field("res.partner", "email");
    const json::Object asked{{"ids", json::Array{1}}, {"fields", json::Array{"name", "email"}}};
    EXPECT_TRUE(failure("res.partner", "read", asked).starts_with("500 builtins.TypeError"));
    call("res.partner", "read", {{"ids", json::Array{1}}, {"fields", json::Array{"name"}}});
    server.heal();
    call("res.partner", "read", asked);
}

TEST_F(PlantedTest, APageComesInsteadOfJson) {
    server.answer_html(1, 200);
    const net::HttpResponse page = post("/json/2/res.partner/search", json::Object{{"domain", json::Array{}}});
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
    call("res.partner", "search", {{"domain", json::Array{}}});
}

TEST_F(PlantedTest, IdsVanishBetweenSearchAndRead) {
    const std::int64_t id = create("res.partner", {{"name", "Acme"}});
    server.before_call([&](const std::string& model, const std::string& method) {
        if (model == "res.partner" && method == "read") server.unlink("res.partner", {id});
    });
    const json::Value rows =
        call("res.partner", "read", {{"ids", json::Array{id, 1}}, {"fields", json::Array{"name"}}});
    EXPECT_EQ(rows.as_array().size(), 1u);
}

TEST_F(PlantedTest, ALateCommitHasAnOlderTime) {
    const Time began = clock.now();
    clock.advance(std::chrono::seconds(6));
    const std::int64_t early = create("res.partner", {{"name", "Seen"}});
    const std::int64_t late = server.commit_late("res.partner", {{"name", "Late"}}, began);
    EXPECT_GT(late, early);
    EXPECT_LT(moment("res.partner", late), moment("res.partner", early));
}

TEST_F(PlantedTest, TenThousandRowsShareOneTime) {
    fill_trade(server, 1, {.products = 10'000});
    const Time at = clock.now();
    server.touch("product.template", server.ids("product.template"), at);
    EXPECT_EQ(search("product.template", {json::Array{"write_date", "=", format_odoo(at)},
                                          json::Array{"active", "in", json::Array{true, false}}})
                  .size(),
              10'001u);
}

TEST_F(PlantedTest, TheDatabaseWritesAndDeletesWithoutTellingAnybody) {
    const std::int64_t id = create("res.partner", {{"name", "Acme"}, {"city", "Bonn"}});
    const std::string before = moment("res.partner", id);
    clock.advance(std::chrono::seconds(5));
    server.overwrite("res.partner", {id}, {{"city", "Köln"}});
    EXPECT_EQ(field("res.partner", id, "city"), "Köln");
    EXPECT_EQ(moment("res.partner", id), before);
    server.erase("res.partner", {id});
    EXPECT_EQ(call("res.partner", "read", {{"ids", json::Array{id}}, {"fields", json::Array{"name"}}}), json::Array{});
}

TEST_F(PlantedTest, AnUpgradeTakesAwayAddsAndRetypesFields) {
    const std::int64_t id = create("res.partner", {{"name", "Acme"}, {"ref", "C-1"}, {"barcode", "42"}});
    server.drop_field("res.partner", "ref");
    EXPECT_TRUE(failure("res.partner", "read", {{"ids", json::Array{id}}, {"fields", json::Array{"ref"}}})
                    .starts_with("500 builtins.ValueError: Invalid field 'ref'"));
    server.add_field("res.partner", "x_score|integer|sqo|Score");
    write("res.partner", id, {{"x_score", 7}});
    EXPECT_EQ(field("res.partner", id, "x_score"), 7);
    server.retype_field("res.partner", "barcode|integer|sqo|Barcode");
    EXPECT_EQ(field("res.partner", id, "barcode"), 0);
    const json::Value fields = call("res.partner", "fields_get", {{"attributes", json::Array{"type"}}});
    EXPECT_FALSE(fields.as_object().contains("ref"));
    EXPECT_EQ(fields.at("x_score").at("type"), "integer");
    EXPECT_EQ(fields.at("barcode").at("type"), "integer");
    EXPECT_EQ(create("res.partner", {{"name", "New"}}), id + 1);
}

}  // namespace
}  // namespace syncline::sim
