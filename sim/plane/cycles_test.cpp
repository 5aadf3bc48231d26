// Cycles and modules.
#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

struct Sprints : testing::Test {
    Api api_;
    std::string p = api_.project();
    std::string cycles = p + "cycles/";
    Api& api() { return api_; }
    std::string cycle(const std::string& name, const std::string& more = {}) {
        const Reply reply = api_.post(cycles, body(name, more));
        EXPECT_EQ(reply.status, 201) << json::pretty(reply.body);
        return reply.text("id");
    }
    std::string body(const std::string& name, const std::string& more = {}) {
        return R"({"name":")" + name + R"(","project_id":")" + api_.last_project + R"(")" + (more.empty() ? "" : ",") +
               more + "}";
    }
    static std::string dates(const std::string& start, const std::string& end) {
        return R"("start_date":")" + start + R"(","end_date":")" + end + R"(")";
    }
};

TEST_F(Sprints, WhatACreationNeeds) {
    EXPECT_EQ(complaint(api().post(cycles, R"({"name":"S"})"), "non_field_errors"), "Project ID is required");
    EXPECT_EQ(api().post(cycles, body("S", R"("start_date":"2027-01-04")")).text("error"),
              "Both start date and end date are either required or are to be null");
    EXPECT_EQ(complaint(api().post(cycles, body("S", dates("2027-02-10", "2027-01-10"))), "non_field_errors"),
              "Start date cannot exceed end date");
    const Reply made = api().post(
        cycles, body("S", dates("2027-01-04", "2027-01-15") + R"(,"external_source":"odoo","external_id":"3")"));
    EXPECT_EQ(made.text("start_date"), "2027-01-04T00:00:01Z");
    EXPECT_EQ(made.text("end_date"), "2027-01-15T23:59:00Z");
    EXPECT_EQ(api().post(cycles, body("S2", dates("2027-01-10", "2027-01-20"))).status, 201);
    const Reply taken = api().post(cycles, body("S3", R"("external_source":"odoo","external_id":"3")"));
    EXPECT_EQ(taken.status, 409);
    EXPECT_EQ(taken.text("id"), made.text("id"));
}

TEST_F(Sprints, DaysOfTheProjectsZone) {
    const Reply home = api().post("workspaces/acme/projects/",
                                  R"({"name":"TZ","identifier":"TZ","timezone":"Asia/Kolkata","cycle_view":true})");
    const std::string path = "workspaces/acme/projects/" + home.text("id") + "/cycles/";
    const auto make = [&](const std::string& name, const std::string& span) {
        return api().post(path, R"({"name":")" + name + R"(","project_id":")" + home.text("id") + R"(",)" + span + "}");
    };
    const Reply day = make("a", dates("2027-01-04", "2027-01-15"));
    EXPECT_EQ(day.text("start_date"), "2027-01-03T18:30:01Z");
    EXPECT_EQ(day.text("end_date"), "2027-01-15T18:29:00Z");
    EXPECT_EQ(make("b", dates("2027-01-04T20:00:00Z", "2027-01-15T20:00:00Z")).text("start_date"),
              "2027-01-03T18:30:01Z");
    // One date alone is not converted.
    EXPECT_EQ(api().patch(path + day.text("id") + "/", R"({"end_date":"2027-01-20"})").text("end_date"),
              "2027-01-20T00:00:00Z");
    // A cycle that starts today starts now.
    EXPECT_EQ(make("c", dates("2026-11-21", "2026-12-01")).text("start_date"), "2026-11-21T00:16:11.953630Z");
}

TEST_F(Sprints, CompletedOnesAreFrozen) {
    const std::string item = api().item(p, R"({"name":"a"})");
    const std::string old = cycle("Old", dates("2026-01-04", "2026-01-15"));
    const std::string next = cycle("Next", dates("2027-01-04", "2027-01-15"));
    const std::string draft = cycle("Someday");
    EXPECT_EQ(api().patch(cycles + old + "/", R"({"name":"x"})").text("error"),
              "The Cycle has already been completed so it cannot be edited");
    EXPECT_EQ(api().post(cycles + old + "/cycle-issues/", R"({"issues":[")" + item + R"("]})").text("code"),
              "CYCLE_COMPLETED");
    EXPECT_EQ(api().post(cycles + next + "/cycle-issues/", R"({"issues":[]})").text("code"), "MISSING_WORK_ITEMS");
    EXPECT_TRUE(api().get(cycles + "?cycle_view=current").body.as_array().empty());
    EXPECT_EQ(json::text_or(api().get(cycles + "?cycle_view=upcoming").results()[0], "id"), next);
    EXPECT_EQ(json::text_or(api().get(cycles + "?cycle_view=completed").results()[0], "id"), old);
    EXPECT_EQ(json::text_or(api().get(cycles + "?cycle_view=draft").results()[0], "id"), draft);
    EXPECT_EQ(api().get(cycles).results().size(), 3U);
    EXPECT_EQ(api().post(cycles + old + "/archive/", "{}").status, 204);
    EXPECT_EQ(api().get(cycles).results().size(), 2U);
    EXPECT_EQ(api().get(p + "archived-cycles/").results().size(), 1U);
}

TEST_F(Sprints, AnItemMoves) {
    const std::string a = api().item(p, R"({"name":"a"})");
    const std::string b = api().item(p, R"({"name":"b","parent":")" + a + R"("})");
    const std::string one = cycle("One");
    const std::string two = cycle("Two");
    const Reply put = api().post(cycles + one + "/cycle-issues/", R"({"issues":[")" + a + R"(",")" + b + R"("]})");
    EXPECT_EQ(put.status, 200);
    ASSERT_EQ(put.body.as_array().size(), 2U);
    EXPECT_EQ(json::text_or(put.body.as_array()[0], "issue"), a);
    EXPECT_EQ(put.body.as_array()[0].at("sub_issues_count").as_int64(), 1);
    EXPECT_TRUE(put.body.as_array()[0].at("created_by").is_null());
    EXPECT_EQ(api().post(cycles + one + "/cycle-issues/", R"({"issues":[")" + a + R"("]})").body, put.body);
    const Reply moved = api().post(cycles + two + "/cycle-issues/", R"({"issues":[")" + b + R"("]})");
    ASSERT_EQ(moved.body.as_array().size(), 1U);
    EXPECT_EQ(api().server.item(b).at("cycle").as_string(), two);
    const Reply left = api().get(cycles + one + "/cycle-issues/?fields=name");
    EXPECT_EQ(json::canonical(json::Value(left.results())), R"([{"name":"a"}])");
    const json::Value listed =
        api().get(cycles + "?fields=name,total_issues,backlog_issues,started_issues").results()[1];
    EXPECT_EQ(json::canonical(listed), R"({"backlog_issues":1,"name":"One","started_issues":0,"total_issues":1})");
    EXPECT_FALSE(api().get(p + "work-items/" + a + "/").body.as_object().contains("cycle"));
    EXPECT_EQ(api().remove(cycles + one + "/cycle-issues/" + a + "/").status, 204);
    EXPECT_TRUE(api().server.item(a).at("cycle").is_null());
    EXPECT_EQ(api().remove(cycles + two + "/").status, 204);
    EXPECT_TRUE(api().server.item(b).at("cycle").is_null());
}

TEST_F(Sprints, TransferOfWhatIsLeft) {
    const std::string done = api().server.state_id(api().last_project, "Done");
    const std::string a = api().item(p, R"({"name":"a"})");
    const std::string b = api().item(p, R"({"name":"b","state":")" + done + R"("})");
    const std::string one = cycle("One", dates("2026-11-01", "2026-11-22"));
    const std::string two = cycle("Two", dates("2026-11-23", "2026-11-30"));
    api().post(cycles + one + "/cycle-issues/", R"({"issues":[")" + a + R"(",")" + b + R"("]})");
    const std::string body = R"({"new_cycle_id":")" + two + R"("})";
    EXPECT_EQ(api().post(cycles + one + "/transfer-issues/", body).status, 400);
    api().clock.advance(std::chrono::hours(48));
    EXPECT_EQ(api().post(cycles + one + "/transfer-issues/", body).status, 200);
    EXPECT_EQ(api().server.item(a).at("cycle").as_string(), two);
    EXPECT_EQ(api().server.item(b).at("cycle").as_string(), one);
}

TEST_F(Sprints, Modules) {
    const std::string modules = p + "modules/";
    const Reply made = api().post(
        modules,
        R"({"name":"Backend","start_date":"2027-01-01","target_date":"2027-02-01","external_source":"o","external_id":"m"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.text("status"), "planned");
    const Reply twice = api().post(modules, R"({"name":"Backend"})");
    EXPECT_EQ(twice.status, 400);
    EXPECT_EQ(twice.text("code"), "MODULE_NAME_ALREADY_EXISTS");
    EXPECT_EQ(twice.text("id"), made.text("id"));
    EXPECT_EQ(api().post(modules, R"({"name":"B2","external_source":"o","external_id":"m"})").status, 409);
    EXPECT_EQ(complaint(api().post(modules, R"({"name":"B3","status":"bogus"})"), "status"),
              "\"bogus\" is not a valid choice.");
    const Reply patched = api().patch(modules + made.text("id") + "/", R"({"status":"in-progress"})");
    EXPECT_EQ(patched.text("status"), "in-progress");
    EXPECT_FALSE(patched.body.as_object().contains("id"));
    const std::string item = api().item(p, R"({"name":"a"})");
    const Reply other = api().post(modules, R"({"name":"Frontend"})");
    for (const Reply& each : {made, other}) {
        EXPECT_EQ(api().post(modules + each.text("id") + "/module-issues/", R"({"issues":[")" + item + R"("]})").status,
                  200);
        EXPECT_EQ(api().get(modules + each.text("id") + "/module-issues/").results().size(), 1U);
    }
    EXPECT_EQ(api().remove(modules + made.text("id") + "/module-issues/" + item + "/").status, 204);
    EXPECT_EQ(api().get(modules + made.text("id") + "/").body.at("total_issues").as_int64(), 0);
    EXPECT_EQ(api().remove(modules + made.text("id") + "/").status, 204);
}

}  // namespace
}  // namespace syncline::sim::plane
