// Work items: what may be written, what becomes of it, and what the answers do not tell.
#include <algorithm>

#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

const std::string kNobody = "00000000-0000-4000-8000-000000000000";

struct Items : testing::Test {
    Api api_;
    std::string p = api_.project();
    std::string items = p + "work-items/";
    Reply post(const std::string& body) { return api_.post(items, body); }
    Reply patch(const std::string& id, const std::string& body) { return api_.patch(items + id + "/", body); }
    Reply get(const std::string& id) { return api_.get(items + id + "/"); }
    std::string state(const std::string& name) { return api_.server.state_id(api_.last_project, name); }
};

struct Refusal {
    std::string body, field, text;
};

TEST_F(Items, Refusals) {
    const std::string gone = "Invalid pk \"" + kNobody + "\" - object does not exist.";
    const std::string day = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.";
    const std::vector<Refusal> cases = {
        {R"({"state":null})", "name", "This field is required."},
        {R"({"name":""})", "name", "This field may not be blank."},
        {R"({"name":"  "})", "name", "This field may not be blank."},
        {R"({"name":null})", "name", "This field may not be null."},
        {R"({"name":[]})", "name", "Not a valid string."},
        {R"({"name":")" + std::string(256, 'n') + R"("})", "name",
         "Ensure this field has no more than 255 characters."},
        {R"({"name":"x","priority":"0"})", "priority", "\"0\" is not a valid choice."},
        {R"({"name":"x","priority":3})", "priority", "\"3\" is not a valid choice."},
        {R"({"name":"x","priority":null})", "priority", "This field may not be null."},
        {R"({"name":"x","target_date":"2027-01-01 10:00:00"})", "target_date", day},
        {R"({"name":"x","start_date":"2027-02-30"})", "start_date", day},
        {R"({"name":"x","start_date":"2027-02-01","target_date":"2027-01-01"})", "non_field_errors",
         "Start date cannot exceed target date"},
        {R"({"name":"x","state":")" + kNobody + R"("})", "state", gone},
        {R"({"name":"x","state":"done"})", "state", "“done” is not a valid UUID."},
        {R"({"name":"x","state":5})", "state", "Incorrect type. Expected pk value, received int."},
        {R"({"name":"x","parent":")" + kNobody + R"("})", "parent", gone},
        {R"({"name":"x","assignees":null})", "assignees", "This field may not be null."},
        {R"({"name":"x","assignees":"me"})", "assignees", "Expected a list of items but got type \"str\"."},
        {R"({"name":"x","description_html":""})", "non_field_errors", "Invalid HTML passed"},
        {R"({"name":"x","sequence_id":"a"})", "sequence_id", "A valid integer is required."},
        {R"({"name":"x","is_draft":"maybe"})", "is_draft", "Must be a valid boolean."},
    };
    for (const Refusal& each : cases) {
        const Reply reply = post(each.body);
        EXPECT_EQ(reply.status, 400) << each.body;
        EXPECT_EQ(complaint(reply, each.field), each.text) << each.body;
    }
    EXPECT_EQ(json::canonical(post(R"({"name":"x","assignees":[")" + kNobody + R"("]})").body),
              R"({"assignees":{"0":["Invalid pk \")" + kNobody + R"(\" - object does not exist."]}})");
    EXPECT_TRUE(api_.get(items).results().empty());
    EXPECT_EQ(api_.patch(items + kNobody + "/", R"({"name":"x"})").status, 404);
}

TEST_F(Items, WhatIsSilentlyDropped) {
    const std::string guest = api_.user("Gus", 5, p, 5);
    const std::string member = api_.user("Mia", 15, p, 15);
    const std::string outsider = api_.user("Oda", 15);
    const std::string admin = api_.server.admin();
    const std::string label = api_.post(p + "labels/", R"({"name":"bug"})").text("id");
    const std::string other = api_.project("Other", "OTHER");
    const std::string foreign = api_.post(other + "labels/", R"({"name":"far"})").text("id");
    const Reply made = post(R"({"name":"x","custom_fields":{"a":1},"unknown":1,"parent_id":"zzz","state_id":"zzz",)"
                            R"("assignees":[")" +
                            member + R"(",")" + guest + R"(",")" + outsider + R"(",")" + admin + R"("],"labels":[")" +
                            foreign + R"(",")" + label + R"("]})");
    EXPECT_EQ(made.status, 201);
    // The oldest seat comes first, whatever the order of the request.
    EXPECT_EQ(json::canonical(made.body.at("assignees")), R"([")" + admin + R"(",")" + member + R"("])");
    EXPECT_EQ(json::canonical(made.body.at("labels")), R"([")" + label + R"("])");
    EXPECT_TRUE(made.body.at("parent").is_null());
    EXPECT_FALSE(made.body.as_object().contains("custom_fields"));
    EXPECT_TRUE(
        patch(made.text("id"), R"({"assignees":[")" + guest + R"("]})").body.at("assignees").as_array().empty());
}

TEST_F(Items, DefaultsOfANewOne) {
    const Reply made = post(R"({"name":"Minimal","created_at":"2026-01-01T00:00:00Z"})");
    EXPECT_EQ(made.text("state"), state("Backlog"));
    EXPECT_EQ(made.text("description_html"), "<p></p>");
    EXPECT_EQ(made.text("priority"), "none");
    EXPECT_EQ(made.body.at("sequence_id").as_int64(), 1);
    EXPECT_EQ(made.body.at("sort_order").to_number<double>(), 65535);
    EXPECT_TRUE(made.body.at("updated_by").is_null());
    EXPECT_EQ(get(made.text("id")).text("created_at"), "2026-01-01T00:00:00Z");
    const std::string member = api_.user("Mia", 15, p, 15);
    EXPECT_EQ(api_.patch(p, R"({"default_assignee":")" + member + R"("})").status, 200);
    const Reply next = post(R"({"name":"n","created_by":")" + member + R"("})");
    EXPECT_EQ(json::canonical(next.body.at("assignees")), R"([")" + member + R"("])");
    EXPECT_EQ(next.body.at("sort_order").to_number<double>(), 75535);
    // The answer still names the key's user.
    EXPECT_EQ(next.text("created_by"), api_.server.admin());
    EXPECT_EQ(get(next.text("id")).text("created_by"), member);
    EXPECT_EQ(api_.get("workspaces/acme/work-items/WEB-2/").text("id"), next.text("id"));
    EXPECT_EQ(api_.get("workspaces/acme/work-items/search/?search=mini").body.at("issues").as_array().size(), 1U);
}

TEST_F(Items, InstantsMoveAfterTheAnswer) {
    const Reply made = post(R"({"name":"a"})");
    const std::string id = made.text("id");
    api_.clock.advance(Micros(1'000'000));
    const Reply read = get(id);
    EXPECT_GT(read.text("created_at"), made.text("created_at"));
    EXPECT_GT(read.text("updated_at"), made.text("updated_at"));
    // The worker was done before the second was over.
    EXPECT_LT(read.text("updated_at"), format_iso(api_.clock.now()));
    EXPECT_EQ(get(id).text("updated_at"), read.text("updated_at"));
    const Reply written = patch(id, R"({"priority":"high"})");
    const Reply after = get(id);
    EXPECT_GT(after.text("updated_at"), written.text("updated_at"));
    // Nothing changes, and yet it moves: for an empty PATCH, a comment, a relation.
    std::string last = after.text("updated_at");
    const auto moved = [&] {
        const std::string now = get(id).text("updated_at");
        const bool later = now > last;
        last = now;
        return later;
    };
    EXPECT_FALSE(moved());
    patch(id, "{}");
    EXPECT_TRUE(moved());
    api_.post(items + id + "/comments/", R"({"comment_html":"<p>x</p>"})");
    EXPECT_TRUE(moved());
    api_.post(items + id + "/relations/", R"({"relation_type":"relates_to","issues":[")" + id + R"("]})");
    EXPECT_TRUE(moved());
    api_.post(items + id + "/links/", R"({"url":"http://x/y"})");
    EXPECT_TRUE(moved());
}

TEST_F(Items, CompletionFollowsTheState) {
    const std::string id = post(R"({"name":"a","state":")" + state("Done") + R"("})").text("id");
    const std::string done = get(id).text("completed_at");
    EXPECT_FALSE(done.empty());
    EXPECT_EQ(patch(id, R"({"name":"b"})").text("completed_at"), done);
    EXPECT_TRUE(patch(id, R"({"state":null})").body.at("completed_at").is_null());
    EXPECT_EQ(get(id).text("state"), state("Backlog"));
    EXPECT_EQ(patch(id, R"({"completed_at":"2020-01-01T00:00:00Z"})").text("completed_at"), "2020-01-01T00:00:00Z");
    EXPECT_EQ(patch(id, R"({"priority":"low"})").text("completed_at"), "2020-01-01T00:00:00Z");
    EXPECT_TRUE(patch(id, R"({"state":")" + state("Todo") + R"("})").body.at("completed_at").is_null());
}

TEST_F(Items, DatesAreComparedInOneBodyOnly) {
    const std::string id = post(R"({"name":"a","start_date":"2027-03-01"})").text("id");
    const Reply reply = patch(id, R"({"target_date":"2027-02-01"})");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.text("start_date"), "2027-03-01");
    EXPECT_EQ(patch(id, R"({"start_date":"2027-03-01","target_date":"2027-02-01"})").status, 400);
}

TEST_F(Items, ParentsMayRunInCircles) {
    const std::string a = post(R"({"name":"a"})").text("id");
    const std::string b = post(R"({"name":"b","parent":")" + a + R"("})").text("id");
    EXPECT_EQ(patch(a, R"({"parent":")" + a + R"("})").status, 200);
    EXPECT_EQ(patch(a, R"({"parent":")" + b + R"("})").text("parent"), b);
    const std::string other = api_.project("Other", "OTHER");
    const std::string far = api_.item(other, R"({"name":"far"})");
    EXPECT_EQ(complaint(patch(b, R"({"parent":")" + far + R"("})"), "non_field_errors"),
              "Parent is not valid issue_id please pass a valid issue_id");
    // Deleting walks the circle once.
    EXPECT_EQ(api_.remove(items + a + "/").status, 204);
    EXPECT_EQ(get(b).status, 404);
}

TEST_F(Items, ExternalPairs) {
    const std::string pair = R"("external_source":"odoo","external_id":"101")";
    const std::string id = post(R"({"name":"a",)" + pair + "}").text("id");
    const Reply twice = post(R"({"name":"b",)" + pair + "}");
    EXPECT_EQ(twice.status, 409);
    EXPECT_EQ(json::canonical(twice.body),
              R"({"error":"Issue with the same external id and external source already exists","id":")" + id + R"("})");
    const Reply found = api_.get(items + "?external_source=odoo&external_id=101&fields=id");
    EXPECT_EQ(json::canonical(found.body), R"({"id":")" + id + R"("})");
    EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=nope").status, 404);
    const std::string other = post(R"({"name":"b"})").text("id");
    const Reply stolen = patch(other, "{" + pair + "}");
    EXPECT_EQ(stolen.status, 409);
    EXPECT_EQ(stolen.text("id"), other);
    EXPECT_EQ(patch(id, R"({"name":"c",)" + pair + "}").status, 200);
    EXPECT_EQ(patch(id, R"({"external_id":"202"})").status, 200);
    EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=101").status, 404);
    EXPECT_EQ(patch(other, "{" + pair + "}").status, 200);
    // Another project, another space of pairs.
    EXPECT_EQ(api_.post(api_.project("Other", "OTHER") + "work-items/", R"({"name":"o",)" + pair + "}").status, 201);
}

TEST_F(Items, TwinsOfARace) {
    const std::string id = post(R"({"name":"a","external_source":"odoo","external_id":"1"})").text("id");
    const std::string twin = api_.server.force_twin(id);
    EXPECT_NE(twin, id);
    EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=1").status, 500);
    const Reply again = post(R"({"name":"a","external_source":"odoo","external_id":"1"})");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.text("id"), twin);
    EXPECT_EQ(api_.remove(items + twin + "/").status, 204);
    EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=1").text("id"), id);
}

TEST_F(Items, HiddenOnes) {
    const std::string pair = R"("external_source":"odoo","external_id":"900")";
    const std::string id = post(R"({"name":"a",)" + pair + "}").text("id");
    for (const std::string hide : {R"({"archived_at":"2026-11-20"})", R"({"is_draft":true})"}) {
        EXPECT_EQ(patch(id, hide).status, 200);
        EXPECT_EQ(get(id).status, 404);
        EXPECT_TRUE(api_.get(items).results().empty());
        EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=900").text("id"), id);
        EXPECT_EQ(post(R"({"name":"dup",)" + pair + "}").text("id"), id);
        EXPECT_EQ(patch(id, R"({"archived_at":null,"is_draft":false})").status, 200);
        EXPECT_EQ(get(id).status, 200);
    }
    EXPECT_EQ(patch(id, R"({"deleted_at":"2026-11-20T00:00:00Z"})").text("deleted_at"), "2026-11-20T00:00:00Z");
    EXPECT_EQ(get(id).status, 404);
    EXPECT_EQ(api_.get(items + "?external_source=odoo&external_id=900").status, 404);
    // The pair of a deleted item is free.
    EXPECT_EQ(post(R"({"name":"again",)" + pair + "}").status, 201);
}

TEST_F(Items, DeletionTakesChildrenAndRelations) {
    const std::string a = post(R"({"name":"a"})").text("id");
    const std::string b = post(R"({"name":"b","parent":")" + a + R"("})").text("id");
    const std::string c = post(R"({"name":"c"})").text("id");
    api_.post(items + a + "/relations/", R"({"relation_type":"blocking","issues":[")" + c + R"("]})");
    EXPECT_EQ(api_.remove(items + a + "/").status, 204);
    EXPECT_EQ(get(b).status, 404);
    EXPECT_TRUE(api_.get(items + c + "/relations/").body.at("blocked_by").as_array().empty());
    EXPECT_EQ(api_.remove(items + a + "/").status, 404);
    // Numbers are not given twice.
    EXPECT_EQ(post(R"({"name":"d"})").body.at("sequence_id").as_int64(), 4);
}

TEST_F(Items, InstantsInTheReadersZone) {
    const std::string id = post(R"({"name":"a","created_at":"2026-11-21T00:16:11.967785Z"})").text("id");
    api_.server.set_zone(api_.server.admin(), "Asia/Kolkata");
    EXPECT_EQ(get(id).text("created_at"), "2026-11-21T05:46:11.967785+05:30");
    EXPECT_EQ(api_.server.item(id).at("created_at").as_string(), "2026-11-21T00:16:11.967785Z");
}

TEST_F(Items, PeopleInTheApp) {
    const std::string mia = api_.user("Mia", 15, p, 15);
    const std::string id = api_.server.add_item(api_.last_project, {{"name", "UI"}, {"state_id", state("Todo")}}, mia);
    EXPECT_EQ(get(id).text("created_by"), mia);
    api_.server.edit_item(id, {{"priority", "high"}, {"assignee_ids", json::Array{json::Value(mia)}}});
    EXPECT_EQ(get(id).text("priority"), "high");
    EXPECT_EQ(get(id).body.at("assignees").as_array().size(), 1U);
    api_.server.archive_item(id, true);
    EXPECT_EQ(get(id).status, 404);
    EXPECT_FALSE(api_.server.item(id).empty());
    api_.server.archive_item(id, false);
    const std::string other = post(R"({"name":"b"})").text("id");
    api_.post(items + other + "/relations/", R"({"relation_type":"blocking","issues":[")" + id + R"("]})");
    EXPECT_EQ(json::canonical(api_.server.item(id).at("blocked_by")), R"([")" + other + R"("])");
    api_.server.remove_relation(id, other);
    EXPECT_TRUE(api_.server.item(id).at("blocked_by").as_array().empty());
    EXPECT_EQ(api_.server.items(api_.last_project), (std::vector<std::string>{id, other}));
    api_.server.delete_item(id);
    EXPECT_TRUE(api_.server.item(id).empty());
    EXPECT_EQ(api_.server.items(api_.last_project), std::vector<std::string>{other});
}

TEST_F(Items, SnapshotsComeBack) {
    const std::string id = post(R"({"name":"a"})").text("id");
    const auto saved = api_.server.snapshot();
    patch(id, R"({"name":"b"})");
    post(R"({"name":"c"})");
    api_.server.restore(saved);
    EXPECT_EQ(get(id).text("name"), "a");
    EXPECT_EQ(api_.get(items).results().size(), 1U);
    EXPECT_EQ(post(R"({"name":"d"})").body.at("sequence_id").as_int64(), 2);
}

TEST_F(Items, StoredRecordsAreFoundByKind) {
    const std::string id = post(R"({"name":"a"})").text("id");
    EXPECT_EQ(json::text_or(api_.server.read("item", id), "name"), "a");
    const std::string done = state("Done");
    EXPECT_EQ(json::text_or(api_.server.read("state", done), "group"), "completed");
    const std::vector<std::string> states = api_.server.ids("state", api_.last_project);
    EXPECT_NE(std::find(states.begin(), states.end(), done), states.end());
    api_.server.delete_item(id);
    EXPECT_TRUE(api_.server.read("item", id).empty());
    EXPECT_TRUE(api_.server.ids("item", api_.last_project).empty());
    EXPECT_TRUE(api_.server.read("unheard of", id).empty());
}

TEST_F(Items, SameSeedSameAnswers) {
    const auto story = [] {
        Api api;
        const std::string home = api.project();
        api.item(home, R"({"name":"a","external_source":"odoo","external_id":"1"})");
        std::string out = json::canonical(api.get(home + "work-items/").body);
        for (const PlaneDelivery& each : api.server.take_deliveries()) out += each.body;
        return out;
    };
    EXPECT_EQ(story(), story());
}

}  // namespace
}  // namespace syncline::sim::plane
