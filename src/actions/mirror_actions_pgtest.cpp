#include "actions/mirror_handlers.hpp"
#include "actions/registry.hpp"
#include "actions/services_test.hpp"
#include "mirror/testing/rows.hpp"

namespace syncline::actions {
namespace {

class MirrorActions : public ActionsTest {
protected:
    void put(std::int64_t id, const std::string& name, int version = 1, std::optional<int> taken = {},
             const std::string& seen_at = "2026-11-21T08:00:00Z") {
        const std::string data = data_of(id, name);
        (void)run(
            "insert into odoo.records (org_id, entity, external_id, version, taken, hash, stamp, name, sku, run,"
            " seen_at, sync_data) values ($1, 'product', $2, $3, $4, sha256(convert_to($5, 'UTF8')),"
            " '2026-11-20 08:00:00', $6, $7, $8, $9, $5::json)",
            {pg::testing::kOrg, id, version, taken, data, name, "SKU-" + std::to_string(id), mirror::testing::kRun,
             seen_at});
    }
    static std::string data_of(std::int64_t id, const std::string& name) {
        return json::canonical(json::Object{{"id", id}, {"name", name}, {"write_uid", 2}});
    }
    json::Value call(std::string_view name, const json::Object& input) {
        return must(invoke(services(), name, json::Value(input)));
    }
};

TEST_F(MirrorActions, ATableHasTheShapeThatTheExplorerReads) {
    put(2, "Chair");
    put(1, "Desk", 2, 1);
    EXPECT_EQ(json::canonical(call("mirror.table", {{"entity", "products"}, {"pageSize", 10}})),
              R"({"data":[{"display":{"email":"","name":"Chair","order_number":"","sku":"SKU-2"},"external_id":2,)"
              R"("raw":{"id":2,"name":"Chair","write_uid":2},"status":"new"},)"
              R"({"display":{"email":"","name":"Desk","order_number":"","sku":"SKU-1"},"external_id":1,)"
              R"("raw":{"id":1,"name":"Desk","write_uid":2},"status":"updated"}],)"
              R"("more":false,"page":1,"pageSize":10,"rowCount":2})");
    const auto refusal = [&](const json::Object& input) {
        return code_of(invoke(services(), "mirror.table", json::Value(input)));
    };
    EXPECT_EQ(refusal({{"entity", "unicorn"}}), Errc::kNotFound);
    EXPECT_EQ(refusal({{"entity", "product"}, {"sort", "price"}}), Errc::kInvalid);
    EXPECT_EQ(refusal({{"entity", "product"}, {"pageSize", 201}}), Errc::kInvalid);
    EXPECT_EQ(refusal({{"entity", "product"}, {"page", 0}}), Errc::kInvalid);
}

TEST_F(MirrorActions, AHistorySaysWhatEachVersionChanged) {
    put(7, "Desk, oak", 2, 1, "2026-11-21T07:00:00Z");
    (void)run(
        "insert into odoo.versions (org_id, entity, external_id, version, hash, run, seen_at, until, sync_data)"
        " values ($1, 'product', 7, 1, '\\x00', $2, '2026-11-20T07:00:00Z', '2026-11-21T07:00:00Z', $3)",
        {pg::testing::kOrg, mirror::testing::kRun, data_of(7, "Desk")});
    const MirrorRecordView now = must(mirror_show(services(), {"product", 7, "", true, 20}));
    EXPECT_EQ(now.display.name, "Desk, oak");
    ASSERT_EQ(now.versions.size(), 2u);
    ASSERT_EQ(now.versions[0].changes.size(), 1u);
    EXPECT_EQ(now.versions[0].changes[0].field, "name");
    EXPECT_EQ(now.versions[0].changes[0].from, json::Value("Desk"));
    EXPECT_EQ(now.versions[0].edited_by, "2");
    EXPECT_EQ(must(mirror_show(services(), {"product", 7, "2h", false, 20})).display.name, "Desk");
}

TEST_F(MirrorActions, ASelectionIsARuleAndChoices) {
    put(1, "a");
    put(2, "b");
    put(3, "c", 2, 1);
    MirrorSelectInput input;
    input.entity = "product";
    input.direction = "sync_down";
    input.rule = std::vector<std::string>{"new"};
    MirrorSelection selection = must(mirror_select(services(), input));
    EXPECT_EQ(selection.direction, "inbound");
    EXPECT_EQ(selection.selected, 2);
    EXPECT_EQ(selection.waiting, 1);
    input.rule.reset();
    input.choice = "ignore";
    input.ids = {2};
    selection = must(mirror_select(services(), input));
    EXPECT_EQ(selection.changed, 1);
    EXPECT_EQ(selection.selected, 1);
    EXPECT_EQ(selection.ignored, 1);
    EXPECT_EQ(selection.rule, (std::vector<std::string>{"new"}));
    EXPECT_EQ(run("select chosen_by from odoo.selections").text(0, "chosen_by"), "ada");
    input.choice = "include";
    input.ids.clear();
    EXPECT_EQ(code_of(mirror_select(services(), input)), Errc::kInvalid);
    input.all = true;
    input.status = "updated";
    EXPECT_EQ(must(mirror_select(services(), input)).selected, 2);
    input.choice.clear();
    EXPECT_EQ(code_of(mirror_select(services(), input)), Errc::kInvalid);
}

TEST_F(MirrorActions, WithoutOdooSayWhatToDo) {
    EXPECT_EQ(code_of(mirror_pull(services(), {{"product"}, false, false, 0})), Errc::kNotConfigured);
    EXPECT_EQ(code_of(mirror_pull(services(), {})), Errc::kInvalid);
    EXPECT_EQ(code_of(mirror_certificate(services(), {"product"})), Errc::kNotFound);
    EXPECT_EQ(code_of(mirror_verify(services(), {"", 0, false, true})), Errc::kNotFound);
    EXPECT_EQ(code_of(mirror_control(services(), {"product", "jump"})), Errc::kInvalid);
    EXPECT_TRUE(must(mirror_activity(services(), {})).data.empty());
    must(mirror_contract(services(), {"products", "freeze"}));
    EXPECT_EQ(must(mirror_status(services(), {})).entities.at(0).contract, "freeze");
}

constexpr std::string_view kPlanted = "plantedkey0123456789abcdef";

// A server that says back everything it was sent.
class Parrot final : public net::HttpClient {
public:
    Result<net::HttpResponse> send(const net::HttpRequest& request) override {
        ++heard;
        net::HttpResponse answer;
        if (request.url.ends_with("/web/version")) {  // it is asked before anybody shows a key
            answer.body = R"({"version": "19.0", "version_info": [19, 0, 0, "final", 0, ""]})";
            return answer;
        }
        answer.status = 500;
        std::string said = request.body;
        for (const auto& [name, value] : request.headers) said += name + ": " + value + "\n";
        leaked = leaked || said.find(kPlanted) != std::string::npos;
        answer.body =
            json::canonical(json::Object{{"name", "odoo.exceptions.UserError"}, {"message", said}, {"debug", said}});
        return answer;
    }
    int heard = 0;
    bool leaked = false;
};

// An input with a value for each member, of the right type.
json::Object sample_of(const json::Object& schema) {
    json::Object sample;
    for (const auto& [name, inner] : schema.at("properties").get_object()) {
        const std::string_view type = json::text_or(inner, "type");
        if (type == "integer") sample[name] = 1;
        if (name == "entity") sample[name] = "product";
        if (name == "what") sample[name] = "resume";
        if (name == "pull") sample[name] = "product";
        if (name == "contract") sample[name] = "evolve";
        if (name == "entities") sample[name] = json::Array{"product"};
        if (name == "id" && type == "string") sample[name] = "1";
        const json::Value* required = schema.if_contains("required");
        if (!sample.contains(name) && type == "string" && required &&
            std::ranges::find(required->get_array(), json::Value(name)) != required->get_array().end()) {
            sample[name] = "1";
        }
    }
    return sample;
}

TEST_F(MirrorActions, NoneOfAllActionsEverTellsAKey) {
    Parrot parrot;
    odoo::Settings settings;
    settings.url = "http://odoo.example";
    settings.database = "demo";
    settings.login = "bot";
    settings.key = vault::Secret(std::string(kPlanted));
    mirror::Meter meter(parrot, clock_, {});
    odoo::Client client(meter, clock_, random_, std::move(settings));
    mirror::PullerSettings pulling;
    pulling.source = services().mirror_source();
    pulling.server = "http://odoo.example demo";
    services().mirror = [&]() -> Result<MirrorPeer> {
        return MirrorPeer{client, meter, random_, pulling, nullptr, {}};
    };
    services().local_checks = [] { return std::vector<Check>{}; };
    services().open_profile = [](const std::string&) -> Result<profile::Profile> { return delivery(); };
    (void)run("insert into vault.sealed (org_id, name, sealed) values ($1, 'odoo', $2)", {pg::testing::kOrg, kPlanted});
    put(1, "Desk");

    std::size_t answered = 0;
    for (const Action& action : all_actions()) {
        const json::Object input = sample_of(action.input_schema());
        const Result<json::Value> answer = action.invoke(services(), json::Value(input));
        std::string told = answer ? json::canonical(*answer) : answer.error().message + answer.error().hint;
        if (!answer) {
            for (const auto& [name, value] : answer.error().details) told += name + value;
        }
        EXPECT_EQ(told.find(kPlanted), std::string::npos) << action.name << " tells the key: " << told;
        answered += answer.ok();
    }
    EXPECT_GT(answered, all_actions().size() / 2) << "too few inputs fit to prove anything";
    EXPECT_GT(parrot.heard, 0);
    EXPECT_TRUE(parrot.leaked) << "the server was never told the key: this test proves nothing";
}

}  // namespace
}  // namespace syncline::actions
