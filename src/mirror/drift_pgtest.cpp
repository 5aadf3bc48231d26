// Fields that come, go and change their type upstream, under each contract.
#include "mirror/testing/pull_world.hpp"

namespace syncline::mirror {
namespace {

class Drift : public testing::PullTest {
protected:
    void SetUp() override {
        PullTest::SetUp();
        add_products(20);
        clock.advance(Micros(60'000'000));
        meddle = [this](const net::HttpRequest& request) -> std::optional<net::HttpResponse> {
            if (!request.url.ends_with("product.template/fields_get")) return std::nullopt;
            net::HttpResponse response = odoo.handle(request);
            json::Value described = *json::parse(response.body);
            if (!hidden.empty()) described.as_object().erase(hidden);
            if (!retyped.empty()) described.as_object()[retyped].as_object()["type"] = "text";
            response.body = json::canonical(described);
            return response;
        };
    }
    void set_contract(const char* contract) { run("update odoo.entities set contract = $1", {contract}); }
    std::string drift() {
        return std::string(
            run("select coalesce(string_agg(field || ' ' || change || ' ' || handled, ', ' order by drift), "
                "'') from odoo.drift")
                .text(0, 0));
    }
    std::int64_t with(const char* field) { return count(std::string("sync_data->'") + field + "' is not null"); }

    std::string hidden, retyped;
};

TEST_F(Drift, EvolveTakesWhatCameAndLetsGoWhatWent) {
    hidden = "description_sale";
    pull("product");
    EXPECT_EQ(drift(), "");
    EXPECT_EQ(with("description_sale"), 0);
    hidden.clear();
    const PullReport added = pull("product");
    EXPECT_EQ(drift(), "description_sale added taken");
    EXPECT_NE(added.why_full, "");
    EXPECT_EQ(with("description_sale"), added.closing.ids);
    hidden = "description_sale";
    pull("product");
    EXPECT_EQ(drift(), "description_sale added taken, description_sale removed taken");
    EXPECT_EQ(with("description_sale"), 0);
    retyped = "name";
    EXPECT_TRUE(pull("product").closing.closed);
    EXPECT_EQ(run("select from_type || to_type from odoo.drift where change = 'retyped'").text(0, 0), "chartext");
}

TEST_F(Drift, FreezeStopsUntilSomebodyDecides) {
    hidden = "description_sale";
    const std::int64_t all = pull("product").closing.ids;
    set_contract("freeze");
    hidden.clear();
    for (int i = 0; i < 2; ++i) {
        const auto held = try_pull("product");
        ASSERT_FALSE(held.ok());
        EXPECT_EQ(held.error().code, Errc::kHeld);
        EXPECT_NE(held.error().message.find("description_sale added"), std::string::npos) << held.error().message;
    }
    EXPECT_EQ(drift(), "description_sale added stopped");
    EXPECT_EQ(with("description_sale"), 0);
    set_contract("evolve");
    pull("product");
    EXPECT_EQ(with("description_sale"), all);
}

TEST_F(Drift, DiscardGoesOnWithout) {
    hidden = "description_sale";
    pull("product");
    set_contract("discard");
    hidden.clear();
    const PullReport report = pull("product");
    EXPECT_EQ(report.why_full, "");
    EXPECT_EQ(with("description_sale"), 0);
    EXPECT_TRUE(pull("product").closing.closed);
    EXPECT_EQ(drift(), "description_sale added ignored");
}

}  // namespace
}  // namespace syncline::mirror
