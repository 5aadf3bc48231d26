// Projects, their people, states and labels.
#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

const std::string kProjects = "workspaces/acme/projects/";

std::string project_body(const std::string& name, const std::string& identifier, const std::string& more = {}) {
    return json::canonical(json::Object{{"name", name}, {"identifier", identifier}}).insert(1, more);
}

TEST(PlaneProjects, NamesAndIdentifiers) {
    Api api;
    const std::string kName = "Project name cannot contain special characters.";
    const std::string kIdentifier = "Project identifier cannot contain special characters.";
    for (const char bad : std::string("&+,:;$^}{*=?@#|'<>.()%!-")) {
        EXPECT_EQ(complaint(api.post(kProjects, project_body(std::string("x") + bad, "OK")), "non_field_errors"),
                  kName);
        EXPECT_EQ(complaint(api.post(kProjects, project_body("ok", std::string("A") + bad)), "non_field_errors"),
                  kIdentifier);
    }
    const Reply none = api.post(kProjects, "{}");
    EXPECT_EQ(json::canonical(none.body),
              R"({"identifier":["This field is required."],"name":["This field is required."]})");
    EXPECT_EQ(complaint(api.post(kProjects, project_body("long", "ABCDEFGHIJKLM")), "identifier"),
              "Ensure this field has no more than 12 characters.");
    const Reply good = api.post(kProjects, project_body("Projet été_a/b", "é t"));
    EXPECT_EQ(good.status, 201);
    EXPECT_EQ(good.text("identifier"), "É T");
}

TEST(PlaneProjects, Duplicates) {
    Api api;
    const std::string pair = R"("external_id":"7","external_source":"odoo",)";
    EXPECT_EQ(api.post(kProjects, project_body("Web", "WEB", pair)).status, 201);
    for (const std::string& body : {project_body("Web", "OTHER"), project_body("Other", "web")}) {
        const Reply reply = api.post(kProjects, body);
        EXPECT_EQ(reply.status, 409);
        EXPECT_EQ(json::canonical(reply.body), R"({"name":"The project name is already taken"})");
    }
    // An external pair of a project is stored and nothing else.
    EXPECT_EQ(api.post(kProjects, project_body("Web2", "WEB2", pair)).status, 201);
    EXPECT_EQ(api.get(kProjects + "?external_source=odoo&external_id=nope").results().size(), 2U);
}

TEST(PlaneProjects, Switches) {
    Api api;
    const Reply made = api.post(kProjects, project_body("Web", "WEB", R"("network":0,"custom_fields":{"x":1},)"));
    EXPECT_EQ(made.body.at("network").as_int64(), 2);
    const std::string p = kProjects + made.text("id") + "/";
    EXPECT_EQ(complaint(api.post(p + "modules/", R"({"name":"M"})"), "non_field_errors"),
              "Modules are not enabled for this project");
    EXPECT_EQ(complaint(api.post(p + "cycles/", R"({"name":"C","project_id":")" + made.text("id") + R"("})"),
                        "non_field_errors"),
              "Cycles are not enabled for this project");
    EXPECT_EQ(api.patch(p, R"({"cycle_view":true})").status, 200);
    EXPECT_EQ(api.post(p + "cycles/", R"({"name":"C","project_id":")" + made.text("id") + R"("})").status, 201);
    EXPECT_EQ(complaint(api.patch(p, R"({"timezone":"Mars/Base"})"), "timezone"),
              "\"Mars/Base\" is not a valid choice.");
}

TEST(PlaneProjects, ArchiveAndDelete) {
    Api api;
    const std::string p = api.project();
    const std::string item = api.item(p, R"({"name":"a","external_source":"odoo","external_id":"1"})");
    EXPECT_EQ(api.post(p + "archive/", "{}").status, 204);
    EXPECT_TRUE(api.get(p + "work-items/").results().empty());
    EXPECT_TRUE(api.get(p + "states/").results().empty());
    EXPECT_EQ(api.get(p + "work-items/" + item + "/").status, 404);
    EXPECT_EQ(api.get(p + "work-items/?external_source=odoo&external_id=1").text("id"), item);
    EXPECT_EQ(api.patch(p + "work-items/" + item + "/", R"({"name":"x"})").status, 200);
    EXPECT_EQ(api.post(p + "work-items/", R"({"name":"y"})").status, 201);
    EXPECT_EQ(api.patch(p, R"({"name":"Z"})").text("error"), "Archived project cannot be updated");
    EXPECT_EQ(api.remove(p + "archive/").status, 204);
    EXPECT_EQ(api.get(p + "work-items/").results().size(), 2U);

    EXPECT_EQ(api.remove(p).status, 204);
    EXPECT_EQ(api.get(p).text("error"), "The requested resource does not exist.");
    EXPECT_EQ(api.get(p + "work-items/").status, 403);
    EXPECT_EQ(api.post(kProjects, project_body("Web", "WEB")).status, 201);
}

TEST(PlaneMembers, LeavingBlocksTheWayBack) {
    Api api;
    const std::string p = api.project();
    const std::string mia = api.server.add_user({"mia@example.test", "Mia", "Member", 15});
    const Reply seat = api.post(p + "members/", R"({"member":")" + mia + R"(","role":15})");
    EXPECT_EQ(seat.status, 201);
    EXPECT_EQ(seat.text("member"), mia);
    const std::string body = R"({"member":")" + mia + R"(","role":15})";
    EXPECT_EQ(api.post(p + "project-members/", body).text("error"), "The payload is not valid");
    const Reply list = api.get(p + "members/");
    ASSERT_EQ(list.body.as_array().size(), 2U);
    EXPECT_EQ(
        json::canonical(list.body.as_array()[0]),
        R"({"avatar":"","avatar_url":null,"display_name":"mia","email":"mia@example.test","first_name":"Mia","id":")" +
            mia + R"(","last_name":"Member"})");
    EXPECT_EQ(api.get(p + "members/" + mia + "/").status, 404);
    EXPECT_EQ(api.get(p + "members/" + seat.text("id") + "/").text("id"), mia);
    const std::string mia_key = api.server.add_key(mia);
    EXPECT_EQ(api.remove(p + "members/" + seat.text("id") + "/").status, 204);
    EXPECT_EQ(api.get(p + "members/").body.as_array().size(), 2U);
    EXPECT_EQ(api.post(p + "members/", body).status, 400);
    EXPECT_EQ(api.patch(p + "members/" + seat.text("id") + "/", R"({"role":15})").status, 200);
    api.key = mia_key;
    EXPECT_EQ(api.get(p + "work-items/").status, 403);
}

TEST(PlaneStates, DefaultsAndConflicts) {
    Api api;
    const std::string p = api.project() + "states/";
    const Reply first = api.get(p + "?fields=name,group,sequence,default");
    std::string shown;
    for (const json::Value& row : first.results()) {
        shown += std::string(json::text_or(row, "name")) + "/" + std::string(json::text_or(row, "group")) + " ";
    }
    EXPECT_EQ(shown, "Backlog/backlog Todo/unstarted In Progress/started Done/completed Cancelled/cancelled ");
    const std::string pair = R"("external_source":"odoo","external_id":"9")";
    const Reply made = api.post(p, R"({"name":"In Review","color":"#123456","group":"started",)" + pair + "}");
    EXPECT_EQ(made.status, 200);
    EXPECT_EQ(made.body.at("sequence").to_number<double>(), 70000);
    EXPECT_EQ(made.text("slug"), "in-review");
    Reply reply = api.post(p, R"({"name":"In Review","color":"#1"})");
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.text("id"), made.text("id"));
    EXPECT_EQ(reply.text("error"), "State with the same name already exists in the project");
    reply = api.post(p, R"({"name":"Other","color":"#1",)" + pair + "}");
    EXPECT_EQ(reply.text("error"), "State with the same external id and external source already exists");
    EXPECT_EQ(complaint(api.post(p, R"({"name":"Z","color":"#1","group":"bogus"})"), "group"),
              "\"bogus\" is not a valid choice.");
    EXPECT_EQ(complaint(api.post(p, R"({"name":"Z","color":"#1","group":"triage"})"), "non_field_errors"),
              "Cannot create triage state");

    const std::string backlog = api.server.state_id(api.last_project, "Backlog");
    const std::string todo = api.server.state_id(api.last_project, "Todo");
    EXPECT_EQ(api.remove(p + backlog + "/").text("error"), "Default state cannot be deleted");
    api.item("workspaces/acme/projects/" + api.last_project + "/", R"({"name":"a","state":")" + todo + R"("})");
    EXPECT_EQ(api.remove(p + todo + "/").text("error"), "The state is not empty, only empty states can be deleted");
    EXPECT_EQ(api.remove(p + made.text("id") + "/").status, 204);

    // A PATCH takes the flag from nobody, a POST from everybody.
    const auto defaults = [&] {
        int count = 0;
        for (const json::Value& row : api.get(p).results()) count += row.at("default").as_bool() ? 1 : 0;
        return count;
    };
    EXPECT_EQ(api.patch(p + todo + "/", R"({"default":true})").text("slug"), "todo");
    EXPECT_EQ(defaults(), 2);
    api.post(p, R"({"name":"New","color":"#1","default":true})");
    EXPECT_EQ(defaults(), 1);
}

TEST(PlaneLabels, Conflicts) {
    Api api;
    const std::string p = api.project() + "labels/";
    const Reply bug = api.post(p, R"({"name":"bug","external_source":"odoo","external_id":"1"})");
    EXPECT_EQ(bug.status, 201);
    const Reply other = api.post(p, R"({"name":"client"})");
    EXPECT_EQ(other.body.at("sort_order").to_number<double>(), 75535);
    Reply reply = api.post(p, R"({"name":"bug"})");
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.text("id"), bug.text("id"));
    EXPECT_EQ(reply.text("error"), "Label with the same name already exists in the project");
    EXPECT_EQ(api.post(p, R"({"name":"bug2","external_source":"odoo","external_id":"1"})").text("error"),
              "Label with the same external id and external source already exists");
    EXPECT_EQ(json::text_or(api.get(p).results()[0], "name"), "client");
    const std::string home = "workspaces/acme/projects/" + api.last_project + "/";
    const std::string item = api.item(home, R"({"name":"a","labels":[")" + bug.text("id") + R"("]})");
    EXPECT_EQ(api.remove(p + bug.text("id") + "/").status, 204);
    EXPECT_TRUE(api.get(home + "work-items/" + item + "/").body.at("labels").as_array().empty());
    EXPECT_EQ(api.post(p, R"({"name":"bug"})").status, 201);
}

}  // namespace
}  // namespace syncline::sim::plane
