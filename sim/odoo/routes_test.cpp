// The two interfaces: keys, bodies, errors and their words.
#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct RoutesTest : testing::Test, OdooBench {
    static constexpr const char* kKey = "bearer 0123456789abcdef0123456789abcdef01234567";
    json::Value body(const net::HttpResponse& response) { return json::parse(response.body).value(); }
    json::Value rpc(const std::string& service, const std::string& method, const json::Array& args) {
        return body(
            post("/jsonrpc",
                 json::Object{{"jsonrpc", "2.0"},
                              {"method", "call"},
                              {"id", 7},
                              {"params", json::Object{{"service", service}, {"method", method}, {"args", args}}}}));
    }
    json::Value execute(const std::string& model, const std::string& method, const json::Array& args,
                        const json::Object& named = {}, const std::string& password = "admin") {
        return rpc("object", "execute_kw", {"demo", 2, password, model, method, args, named});
    }
};

TEST_F(RoutesTest, KeysAndDatabases) {
    const struct {
        net::Headers headers;
        int status;
        std::string message;
    } cases[] = {
        {{{"Authorization", kKey}}, 200, ""},
        {{{"Authorization", std::string("BEARER ") + (kKey + 7)}, {"X-Odoo-Database", "demo"}}, 200, ""},
        {{}, 401, "User not authenticated, use an API Key with a Bearer Authorization header."},
        {{{"Authorization", "bearer 0000000000000000000000000000000000000000"}}, 401, "Invalid apikey"},
        {{{"Cookie", "session_id=abc"}}, 401, "Missing \"Authorization\" or Sec-headers for interactive usage."},
        {{{"Authorization", kKey}, {"X-Odoo-Database", "other"}}, 404, ""},
        {{{"Authorization", kKey}, {"Content-Type", "text/plain"}}, 415, ""},
    };
    for (const auto& [headers, status, message] : cases) {
        const net::HttpResponse response =
            send("POST", "/json/2/res.users/context_get", status == 415 ? "a=1" : "", headers);
        EXPECT_EQ(response.status, status) << response.body;
        if (!message.empty()) {
            EXPECT_EQ(json::text_or(body(response), "message"), message);
            EXPECT_EQ(response.headers.get("WWW-Authenticate"), "Bearer ");
            EXPECT_EQ(body(response).at("arguments").at(1), 401);
        }
        EXPECT_EQ(response.headers.get("Date"), "Sat, 21 Nov 2026 00:25:27 GMT");
    }
}

TEST_F(RoutesTest, BodiesAsTheServerReadsThem) {
    const net::Headers headers{{"Authorization", kKey}, {"Content-Type", "application/json"}};
    const std::string path = "/json/2/res.users/context_get";
    EXPECT_EQ(body(send("POST", path, "[1]", headers)).at("uid"), 2) << "a list is taken for no arguments";
    const struct {
        std::string text, complaint;
    } broken[] = {
        {"{bad", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"},
        {"{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"},
        {"{\"a\": 1,\n\"b\": }", "Expecting value: line 2 column 6 (char 14)"},
        {"[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"},
        {"{} x", "Extra data: line 1 column 4 (char 3)"},
    };
    for (const auto& [text, complaint] : broken) {
        const net::HttpResponse response = send("POST", path, text, headers);
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(json::text_or(body(response), "message"), "could not parse the body as json: " + complaint);
    }
}

TEST_F(RoutesTest, FailuresByName) {
    const struct {
        std::string model, method;
        json::Object arguments;
        std::string expected;
    } cases[] = {
        {"no.model", "search", {}, "404 werkzeug.exceptions.NotFound: the model 'no.model' does not exist"},
        {"res.partner", "nope", {}, "404 werkzeug.exceptions.NotFound: The method 'res.partner.nope' does not exist"},
        {"res.partner",
         "exists",
         {},
         "403 odoo.exceptions.AccessError: Private methods (such as 'res.partner.exists') cannot be called remotely."},
        {"res.partner",
         "search_read",
         {{"foo", 1}},
         "500 builtins.TypeError: BaseModel._read_format() got an unexpected keyword argument 'foo'"},
        {"res.partner",
         "write",
         {{"ids", json::Array{1}}},
         "422 werkzeug.exceptions.UnprocessableEntity: missing a required argument: 'vals'"},
        {"project.tags",
         "search_read",
         {{"load", ""}},
         "422 werkzeug.exceptions.UnprocessableEntity: got an unexpected keyword argument 'load'"},
        {"res.partner",
         "search",
         {{"ids", json::Array{1}}, {"domain", json::Array{}}},
         "422 werkzeug.exceptions.UnprocessableEntity: cannot call res.partner.search with ids"},
        {"res.partner",
         "read",
         {{"ids", json::Array{1}}, {"fields", json::Array{"nope"}}},
         "500 builtins.ValueError: Invalid field 'nope' on 'res.partner'"},
        {"res.partner",
         "write",
         {{"ids", json::Array{1}}, {"vals", json::Object{{"nope", 1}}}},
         "500 builtins.ValueError: Invalid field 'nope' in 'res.partner'"},
        {"project.project",
         "read",
         {{"ids", json::Array{1}}, {"fields", json::Array{"stage_id"}}},
         "403 odoo.exceptions.AccessError: You do not have enough rights to access the field \"stage_id\" on Project "
         "(project.project). Please contact your system administrator.\n\nOperation: read\nUser: 2\nGroups: allowed "
         "for groups 'Use Stages on Project'"},
        {"project.project",
         "create",
         {{"vals_list", list_of(json::Object{})}},
         "422 odoo.exceptions.ValidationError: The operation cannot be completed: Missing required value for the field "
         "'Name' (name).\nModel: 'Project' (project.project)\n- create/update: a mandatory field is not set\n- delete: "
         "another model requires the record being deleted, you can archive it instead\n"},
        {"res.partner",
         "search",
         {{"domain", json::Array{}}, {"order", "name sideways"}},
         "422 odoo.exceptions.UserError: Invalid \"order\" specified (\"name sideways\"). A valid \"order\" "
         "specification is a comma-separated list of valid field names (optionally followed by asc/desc for the "
         "direction)"},
        {"res.partner",
         "search",
         {{"domain", json::Array{}}, {"context", json::Object{{"lang", "xx_XX"}}}},
         "422 odoo.exceptions.UserError: Invalid language code: xx_XX"},
        {"res.partner",
         "search",
         {{"domain", json::Array{}}, {"context", json::Object{{"allowed_company_ids", json::Array{9}}}}},
         "403 odoo.exceptions.AccessError: Access to unauthorized or invalid companies."},
    };
    for (const auto& [model, method, arguments, expected] : cases)
        EXPECT_EQ(failure(model, method, arguments), expected);
}

TEST_F(RoutesTest, JsonRpcSpeaksOfTheSameRecords) {
    EXPECT_EQ(rpc("common", "version", {}).at("result").at("server_serie"), "19.0");
    EXPECT_EQ(rpc("common", "authenticate", {"demo", "admin", "admin", json::Object{}}).at("result"), 2);
    EXPECT_EQ(rpc("common", "authenticate", {"demo", "admin", kKey + 7, json::Object{}}).at("result"), 2);
    EXPECT_EQ(rpc("common", "authenticate", {"demo", "admin", "wrong", json::Object{}}).at("result"), false);
    const json::Value one = execute("res.partner", "create", list_of(json::Object{{"name", "One"}})).at("result");
    ASSERT_TRUE(one.is_int64()) << "one dictionary in, one id out";
    EXPECT_EQ(field("res.partner", one.as_int64(), "name"), "One");
    EXPECT_EQ(execute("res.partner", "write", {list_of(one), json::Object{{"name", "Two"}}}).at("result"), true);
    EXPECT_EQ(execute("res.partner", "search_read", list_of(list_of(json::Array{"id", "=", one})),
                      {{"fields", json::Array{"name"}}})
                  .at("result")
                  .at(0)
                  .at("name"),
              "Two");
    EXPECT_FALSE(execute("res.partner", "action_archive", list_of(list_of(one))).as_object().contains("result"))
        << "nothing is left out";
    const json::Value refused = execute("res.partner", "search_count", list_of(json::Array{}), {}, "bad").at("error");
    EXPECT_EQ(refused.at("data").at("name"), "odoo.exceptions.AccessDenied");
    EXPECT_EQ(refused.at("code"), 0);
    EXPECT_EQ(execute("res.partner", "nometh", {}).at("error").at("data").at("name"), "builtins.AttributeError");
    EXPECT_EQ(execute("no.model", "read", {}).at("error").at("data").at("message"), "Object no.model doesn't exist");
}

TEST_F(RoutesTest, OpenRoutes) {
    EXPECT_EQ(body(send("GET", "/web/version", "")).at("version"), "19.0");
    EXPECT_EQ(body(send("GET", "http://odoo.example/json/version", "")).at("version"), "19.0");
    EXPECT_EQ(body(send("GET", "/web/health?db_server_status=1", "")).at("db_server_status"), true);
    EXPECT_EQ(send("GET", "/json/2/res.users/read", "").status, 404);
    EXPECT_EQ(send("GET", "/nowhere", "").status, 404);
    EXPECT_EQ(send("GET", "/jsonrpc", "").status, 405);
}

TEST(OlderOdoo, SpeaksTheOlderProtocolOnly) {
    VirtualClock clock{*parse_time("2026-11-21 00:25:27")};
    OdooServer server({.version = "16.0"}, clock);
    net::HttpRequest request;
    request.method = "GET";
    request.url = "/web/version";
    EXPECT_EQ(server.handle(request).status, 404);
    request.method = "POST";
    request.url = "/json/2/res.users/context_get";
    EXPECT_EQ(server.handle(request).status, 404);
    request.url = "/jsonrpc";
    request.body = R"({"id":1,"params":{"service":"common","method":"version","args":[]}})";
    EXPECT_NE(server.handle(request).body.find(R"("server_version": "16.0")"), std::string::npos);
}

}  // namespace
}  // namespace syncline::sim
