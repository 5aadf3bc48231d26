// Domains, values, commands, transactions, imports.
#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

json::Array domain(std::string_view text) { return json::parse(text).value().as_array(); }

struct OrmTest : testing::Test, OdooBench {
    std::int64_t acme = 0, ana = 0, ben = 0;

    void SetUp() override {
        acme = create("res.partner",
                      {{"name", "Acme"}, {"is_company", true}, {"city", "Berlin"}, {"country_id", 57}, {"ref", "Z"}});
        clock.advance(std::chrono::milliseconds(1200));
        ana =
            create("res.partner", {{"name", "Ana"}, {"parent_id", acme}, {"email", "Ana@Acme.example"}, {"color", 3}});
        clock.advance(std::chrono::milliseconds(1200));
        ben = create("res.partner", {{"name", "Ben 50%"}, {"parent_id", acme}, {"email", "ben@acme.example"}});
    }
    std::string names(std::string_view condition, const json::Object& context = {}) {
        json::Array where = domain(condition);
        where.push_back(json::Array{"id", ">=", acme});
        std::string out;
        const json::Value rows =
            call("res.partner", "search_read",
                 {{"domain", where}, {"fields", json::Array{"name"}}, {"order", "id"}, {"context", context}});
        for (const json::Value& row : rows.as_array()) {
            out += (out.empty() ? "" : ",") + std::string(std::string_view(row.at("name").as_string()).substr(0, 3));
        }
        return out;
    }
};

TEST_F(OrmTest, Domains) {
    const struct {
        std::string_view domain, expected;
    } cases[] = {
        {R"([])", "Acm,Ana,Ben"},
        {R"([["name","=","Ana"]])", "Ana"},
        {R"([["name","!=","Ana"]])", "Acm,Ben"},
        {R"([["ref","!=","Z"]])", "Ana,Ben"},
        {R"([["ref","=",false]])", "Ana,Ben"},
        {R"([["ref","in",["Z",false]]])", "Acm,Ana,Ben"},
        {R"([["ref","not in",["Z"]]])", "Ana,Ben"},
        {R"([["color",">",0]])", "Ana"},
        {R"([["color","=",0]])", "Acm,Ben"},
        {R"(["|",["name","=","Ana"],["name","=","Acme"]])", "Acm,Ana"},
        {R"(["!",["name","=","Ana"]])", "Acm,Ben"},
        {R"(["&","|",["name","=","Ana"],["name","=","Acme"],["is_company","=",true]])", "Acm"},
        {R"([["name","like","n"]])", "Ana,Ben"},
        {R"([["name","ilike","A"]])", "Acm,Ana"},
        {R"([["name","not ilike","a"]])", "Ben"},
        {R"([["email","=ilike","ana@acme.EXAMPLE"]])", "Ana"},
        {R"([["name","=like","A%"]])", "Acm,Ana"},
        {R"([["name","like","50\\%"]])", "Ben"},
        {R"([["parent_id.city","=","Berlin"]])", "Ana,Ben"},
        {R"([["parent_id.country_id.code","=","DE"]])", "Ana,Ben"},
        {R"([["parent_id","=","Acme"]])", "Ana,Ben"},
        {R"([["parent_id","=",false]])", "Acm"},
        {R"([["child_ids.name","=","Ana"]])", "Acm"},
        {R"([["child_ids","!=",false]])", "Acm"},
        {R"([["child_ids","any",[["color","=",3]]]])", "Acm"},
        {R"([["is_company","=",false]])", "Ana,Ben"},
        {R"([[1,"=",1]])", "Acm,Ana,Ben"},
        {R"([[0,"=",1]])", ""},
        {R"([["write_date","=","2026-11-21 00:25:28"]])", "Ana"},
        {R"([["write_date",">=","2026-11-21T00:25:28.700000"]])", "Ana,Ben"},
        {R"([["write_date",">","2026-11-21 00:25:28"]])", "Ben"},
        {R"([["write_date","<=","2026-11-21 00:25:28.000001"]])", "Acm,Ana"},
        {R"([["write_date","<","2026-11-21 00:25:28"]])", "Acm"},
        {R"([["write_date",">","2026-11-20"]])", "Acm,Ana,Ben"},
        {R"([["write_date",">","2026-11-21"]])", ""},
        {R"([["write_date",">=","-1d"]])", "Acm,Ana,Ben"},
    };
    for (const auto& [condition, expected] : cases) EXPECT_EQ(names(condition), expected) << condition;
    EXPECT_EQ(failure("res.partner", "search", {{"domain", domain(R"([["write_date",">","2026-11-21T00:00:00Z"]])")}})
                  .substr(0, 27),
              "500 builtins.ValueError: In");
}

TEST_F(OrmTest, ChildOfGoesDownParentOfUp) {
    const std::int64_t deep = create("res.partner", {{"name", "Deep"}, {"parent_id", ana}});
    EXPECT_EQ(search("res.partner", list_of(json::Array{"id", "child_of", acme})), (json::Array{acme, ana, ben, deep}));
    EXPECT_EQ(search("res.partner", list_of(json::Array{"id", "parent_of", deep})), (json::Array{acme, ana, deep}));
}

TEST_F(OrmTest, ArchivedRowsHide) {
    call("res.partner", "action_archive", {{"ids", json::Array{ben}}});
    EXPECT_EQ(names("[]"), "Acm,Ana");
    EXPECT_EQ(names("[]", {{"active_test", false}}), "Acm,Ana,Ben");
    EXPECT_EQ(names(R"([["active","=",false]])"), "Ben");
    const json::Value rows = call("res.partner", "read",
                                  {{"ids", json::Array{acme}},
                                   {"fields", json::Array{"child_ids"}},
                                   {"context", json::Object{{"active_test", false}}}});
    EXPECT_EQ(rows.at(0).at("child_ids"), json::Value(json::Array{ana})) << "contacts have a domain of their own";
}

TEST_F(OrmTest, EmptyValues) {
    write("res.partner", ana, {{"phone", ""}, {"color", nullptr}, {"country_id", 0}, {"ref", nullptr}});
    EXPECT_EQ(field("res.partner", ana, "phone"), "");
    EXPECT_EQ(field("res.partner", ana, "color"), 0);
    EXPECT_EQ(field("res.partner", ana, "country_id"), false);
    EXPECT_EQ(field("res.partner", ana, "ref"), false);
    EXPECT_EQ(field("res.partner", acme, "country_id"), 57);
    const json::Value rows =
        call("res.partner", "read",
             {{"ids", json::Array{acme, 99999999, acme, "8"}}, {"fields", json::Array{"country_id"}}});
    EXPECT_EQ(rows.as_array().size(), 2u) << "missing ones are left out, repeated ones repeated";
    EXPECT_EQ(rows.at(0).at("country_id"), (json::Value(json::Array{57, "Germany"})));
}

TEST_F(OrmTest, ACallIsATransaction) {
    const json::Array list{json::Object{{"name", "Good"}}, json::Object{{"name", "Bad"}, {"country_id", 999999}}};
    EXPECT_EQ(failure("res.partner", "create", {{"vals_list", list}}).substr(0, 38),
              "422 odoo.exceptions.ValidationError: T");
    EXPECT_EQ(names("[]"), "Acm,Ana,Ben");
    const json::Array bad{ana, 99999999};
    EXPECT_EQ(failure("res.partner", "write", {{"ids", bad}, {"vals", json::Object{{"name", "X"}}}}).substr(0, 38),
              "404 odoo.exceptions.MissingError: Reco");
    EXPECT_EQ(field("res.partner", ana, "name"), "Ana");
    EXPECT_GT(create("res.partner", {{"name", "Next"}}), ben + 2) << "ids of undone rows are not used again";
}

TEST_F(OrmTest, CommandsOfX2many) {
    const std::int64_t task = create("project.task", {{"name", "t"}, {"user_ids", json::Array{}}});
    const auto tags = [&](const json::Value& commands) {
        write("project.task", task, {{"tag_ids", commands}});
        return boost::json::serialize(
            call("project.task", "read", {{"ids", json::Array{task}}, {"fields", json::Array{"tag_ids"}}})
                .at(0)
                .at("tag_ids"));
    };
    const std::int64_t a = create("project.tags", {{"name", "a"}}), b = create("project.tags", {{"name", "b"}});
    const auto shown = [](std::initializer_list<std::int64_t> ids) {
        return boost::json::serialize(json::Array(ids.begin(), ids.end()));
    };
    EXPECT_EQ(tags(list_of(json::Array{4, a})), shown({a}));
    EXPECT_EQ(tags(json::Array{a, b}), shown({a, b}));
    EXPECT_EQ(tags(list_of(json::Array{3, a})), shown({b}));
    EXPECT_EQ(tags(list_of(json::Array{6, 0, json::Array{a}})), shown({a}));
    EXPECT_EQ(tags(list_of(json::Array{5})), shown({}));
    EXPECT_EQ(tags(list_of(json::Array{0, 0, json::Object{{"name", "c"}}})), shown({b + 1}));
    EXPECT_EQ(failure("project.tags", "create", {{"vals_list", list_of(json::Object{{"name", "c"}})}}),
              "422 odoo.exceptions.ValidationError: The operation cannot be completed: A tag with the same name "
              "already exists.");
    write("res.partner", acme,
          {{"child_ids", json::Array{json::Array{1, ana, json::Object{{"name", "Anna"}}}, json::Array{2, ben}}}});
    EXPECT_EQ(names("[]"), "Acm,Ann");
}

TEST_F(OrmTest, LoadUpsertsByExternalId) {
    const auto load = [&](const std::string& name, const std::string& country) {
        return call("res.partner", "load",
                    {{"fields", json::Array{"id", "name", "country_id/id"}},
                     {"data", list_of(json::Array{"__sync__.k1", name, country})}});
    };
    const json::Value first = load("First", "base.de");
    const std::int64_t id = first.at("ids").at(0).as_int64();
    EXPECT_EQ(load("Second", "base.us").at("ids").at(0), id);
    EXPECT_EQ(field("res.partner", id, "name"), "Second");
    EXPECT_EQ(field("res.partner", id, "country_id"), 233);
    const json::Value refused = load("Third", "base.nosuch");
    EXPECT_EQ(refused.at("ids"), false);
    EXPECT_EQ(refused.at("messages").at(0).at("message"),
              "No matching record found for external id 'base.nosuch' in field 'Country'");
    EXPECT_EQ(field("res.partner", id, "name"), "Second");
    EXPECT_EQ(call("res.partner", "get_external_id", {{"ids", json::Array{id}}}).at(std::to_string(id)), "__sync__.k1");
    call("res.partner", "unlink", {{"ids", json::Array{id}}});
    EXPECT_NE(load("Again", "base.de").at("ids").at(0), id) << "the external id went with its record";
}

TEST_F(OrmTest, AChangedParentMovesItsContacts) {
    const json::Value before = field("res.partner", ana, "write_date");
    clock.advance(std::chrono::seconds(5));
    write("res.partner", acme, {{"ref", "other"}});
    EXPECT_EQ(field("res.partner", ana, "write_date"), before);
    write("res.partner", acme, {{"name", "Acme AG"}});
    EXPECT_NE(field("res.partner", ana, "write_date"), before);
    EXPECT_EQ(field("res.partner", ana, "complete_name"), "Acme AG, Ana");
    write("res.partner", acme, {{"city", "Bonn"}});
    EXPECT_EQ(field("res.partner", ana, "city"), "Bonn");
}

TEST_F(OrmTest, UsersAreTheirPartners) {
    const std::int64_t user =
        create("res.users", {{"name", "Carla"}, {"login", "carla@acme.example"}, {"email", "carla@acme.example"}});
    const std::int64_t partner = field("res.users", user, "partner_id").as_int64();
    EXPECT_EQ(field("res.partner", partner, "email"), "carla@acme.example");
    write("res.users", user, {{"name", "Carla B."}});
    EXPECT_EQ(field("res.partner", partner, "name"), "Carla B.");
    EXPECT_EQ(search("res.users", list_of(json::Array{"email", "=ilike", "CARLA@%"})), json::Array{user});
    EXPECT_EQ(failure("res.users", "create",
                      {{"vals_list", list_of(json::Object{{"name", "x"}, {"login", "carla@acme.example"}})}}),
              "422 odoo.exceptions.ValidationError: The operation cannot be completed: You can not have two users with "
              "the same login!");
}

TEST_F(OrmTest, ActivitiesOpenAndClose) {
    const std::int64_t task = create("project.task", {{"name", "t"}});
    EXPECT_EQ(failure("mail.activity", "create",
                      {{"vals_list", list_of(json::Object{{"res_model", "project.task"}, {"res_id", task}})}}),
              "422 odoo.exceptions.ValidationError: The operation cannot be completed: Activities have to be linked to "
              "records with a not null res_id.");
    const json::Value ids = call("project.task", "activity_schedule",
                                 {{"ids", json::Array{task}},
                                  {"act_type_xmlid", "mail.mail_activity_data_todo"},
                                  {"summary", "Decide"},
                                  {"date_deadline", "2026-11-20"}});
    const std::int64_t activity = ids.at(0).as_int64();
    EXPECT_EQ(field("mail.activity", activity, "state"), "overdue");
    EXPECT_EQ(field("mail.activity", activity, "res_name"), "t");
    EXPECT_EQ(field("project.task", task, "activity_ids"), json::Value(json::Array{activity}));
    EXPECT_TRUE(
        call("mail.activity", "action_feedback", {{"ids", json::Array{activity}}, {"feedback", "ok"}}).is_int64());
    EXPECT_EQ(field("mail.activity", activity, "active"), false);
    EXPECT_EQ(field("mail.activity", activity, "state"), "done");
    EXPECT_EQ(field("mail.activity", activity, "date_done"), "2026-11-21");
}

TEST_F(OrmTest, TheAddonAddsItsFields) {
    const std::int64_t portfolio = create("ipai.portfolio", {{"name", "Growth"}});
    const std::int64_t project =
        create("project.project", {{"name", "P"}, {"portfolio_id", portfolio}, {"wbs_code", "P1"}});
    EXPECT_EQ(field("project.project", project, "portfolio_name"), "Growth");
    const json::Value before = field("project.project", project, "write_date");
    clock.advance(std::chrono::seconds(2));
    write("ipai.portfolio", portfolio, {{"name", "Core"}});
    EXPECT_EQ(field("project.project", project, "portfolio_name"), "Core");
    EXPECT_NE(field("project.project", project, "write_date"), before) << "the name is stored on the project";
    const std::int64_t task = create("project.task", {{"name", "t"}, {"project_id", project}});
    const std::int64_t deployment =
        create("ipai.deployment", {{"name", "v1"}, {"status", "success"}, {"task_ids", json::Array{task}}});
    EXPECT_EQ(field("project.task", task, "deployment_ids"), json::Value(json::Array{deployment}));
    EXPECT_EQ(field("project.task", task, "deployment_count"), 1);
    EXPECT_EQ(failure("ipai.ship.review", "create",
                      {{"vals_list", list_of(json::Object{{"task_id", task}, {"state", "maybe"}})}}),
              "500 builtins.ValueError: Wrong value for ipai.ship.review.state: 'maybe'");
}

}  // namespace
}  // namespace syncline::sim
