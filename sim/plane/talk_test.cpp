// Around an item: relations, comments, links, attachments, activities.
#include "sim/plane/detail/test_api.hpp"

namespace syncline::sim::plane {
namespace {

struct Talk : testing::Test {
    Api api_;
    std::string p = api_.project();
    std::string a = api_.item(p, R"({"name":"a"})");
    std::string b = api_.item(p, R"({"name":"b"})");
    std::string of(const std::string& item, const std::string& what) {
        return p + "work-items/" + item + "/" + what + "/";
    }
    Reply relate(const std::string& from, const std::string& type, const std::string& to) {
        return api_.post(of(from, "relations"), R"({"relation_type":")" + type + R"(","issues":[")" + to + R"("]})");
    }
    std::string list(const std::string& item, const std::string& type) {
        return json::canonical(api_.get(of(item, "relations")).body.at(type));
    }
    std::string entry(const std::string& item) {
        return R"([{"issue_id":")" + item + R"(","project_id":")" + api_.last_project + R"("}])";
    }
};

TEST_F(Talk, RelationsBothWays) {
    EXPECT_EQ(api_.get(of(a, "relations")).body.as_object().size(), 8U);
    const std::pair<std::string, std::string> kTurned[] = {
        {"blocking", "blocked_by"}, {"start_after", "start_before"}, {"finish_after", "finish_before"}};
    for (const auto& [asked, stored] : kTurned) {
        const std::string x = api_.item(p, R"({"name":"x"})");
        const std::string y = api_.item(p, R"({"name":"y"})");
        const Reply made = relate(x, asked, y);
        EXPECT_EQ(made.status, 201);
        EXPECT_EQ(json::text_or(made.body.as_array().at(0), "id"), y);
        EXPECT_EQ(json::text_or(made.body.as_array().at(0), "relation_type"), stored);
        EXPECT_EQ(list(x, asked), entry(y));
        EXPECT_EQ(list(y, stored), entry(x));
        EXPECT_EQ(list(x, stored), "[]");
    }
    for (const std::string same : {"duplicate", "relates_to"}) {
        const std::string x = api_.item(p, R"({"name":"x"})");
        const std::string y = api_.item(p, R"({"name":"y"})");
        EXPECT_EQ(relate(x, same, y).status, 201);
        EXPECT_EQ(list(x, same), entry(y));
        EXPECT_EQ(list(y, same), entry(x));
    }
}

TEST_F(Talk, OneRelationPerOrderedPair) {
    const Reply first = relate(a, "blocking", b);
    EXPECT_EQ(relate(a, "blocking", b).body, first.body);
    // The pair is stored the other way round: another type for it vanishes.
    const Reply other = relate(b, "relates_to", a);
    EXPECT_EQ(other.status, 201);
    EXPECT_EQ(json::canonical(other.body), "[]");
    EXPECT_EQ(list(b, "relates_to"), "[]");
    // In the opposite direction it is a pair of its own.
    EXPECT_EQ(relate(a, "relates_to", b).body.as_array().size(), 1U);
    EXPECT_EQ(relate(a, "relates_to", a).body.as_array().size(), 1U);
}

TEST_F(Talk, RelationsRefused) {
    EXPECT_EQ(complaint(relate(a, "blocks", b), "relation_type"), "\"blocks\" is not a valid choice.");
    EXPECT_EQ(complaint(relate(a, "implements", b), "relation_type"), "\"implements\" is not a valid choice.");
    EXPECT_EQ(relate(a, "relates_to", "00000000-0000-4000-8000-000000000000").text("error"),
              "The payload is not valid");
    EXPECT_EQ(api_.remove(of(a, "relations")).status, 405);
}

TEST_F(Talk, Comments) {
    const std::string pair = R"("external_source":"odoo","external_id":"55")";
    const std::string html = "<p>Hello<script>x</script></p>";
    const Reply made = api_.post(of(a, "comments"), R"({"comment_html":")" + html + R"(",)" + pair + "}");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.text("comment_html"), html);
    EXPECT_EQ(made.text("updated_by"), api_.server.admin());
    EXPECT_FALSE(made.body.as_object().contains("is_member"));
    const Reply twice = api_.post(of(b, "comments"), R"({"comment_html":"<p>x</p>",)" + pair + "}");
    EXPECT_EQ(twice.status, 409);
    EXPECT_EQ(twice.text("id"), made.text("id"));
    EXPECT_EQ(twice.text("error"), "Work item comment with the same external id and external source already exists");
    const Reply empty = api_.post(of(a, "comments"), "{}");
    EXPECT_EQ(empty.text("comment_html"), "<p></p>");
    const std::string mia = api_.user("Mia", 15, p, 15);
    const Reply old =
        api_.post(of(a, "comments"), R"({"created_by":")" + mia + R"(","created_at":"2026-02-03T04:05:06Z"})");
    EXPECT_EQ(old.text("created_by"), mia);
    EXPECT_EQ(old.text("actor"), api_.server.admin());
    const Reply list = api_.get(of(a, "comments"));
    ASSERT_EQ(list.results().size(), 3U);
    EXPECT_EQ(json::text_or(list.results()[0], "id"), empty.text("id"));
    EXPECT_EQ(json::text_or(list.results()[2], "created_at"), "2026-02-03T04:05:06Z");
    EXPECT_TRUE(list.results()[0].at("is_member").as_bool());
    const std::string one = of(a, "comments") + made.text("id") + "/";
    EXPECT_EQ(api_.patch(one, R"({"comment_html":"<p>Edited</p>"})").text("comment_html"), "<p>Edited</p>");
    EXPECT_EQ(api_.remove(one).status, 204);
    EXPECT_EQ(api_.get(one).status, 404);
    EXPECT_EQ(api_.server.comments(a).size(), 2U);
}

TEST_F(Talk, Links) {
    const Reply made = api_.post(of(a, "links"), R"({"url":"http://127.0.0.1:8069/web#id=42","title":"SO042"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.text("created_by"), api_.server.admin());
    EXPECT_EQ(api_.post(of(a, "links"), R"({"url":"http://127.0.0.1:8069/web#id=42"})").text("error"),
              "URL already exists for this Issue");
    EXPECT_EQ(complaint(api_.post(of(a, "links"), R"({"url":"notaurl"})"), "url"), "Invalid URL format.");
    const std::string one = of(a, "links") + made.text("id") + "/";
    const Reply patched = api_.patch(one, R"({"title":"b"})");
    // The server has visited the address by then, in nobody's name.
    EXPECT_TRUE(patched.body.at("created_by").is_null());
    EXPECT_EQ(json::text_or(patched.body.at("metadata"), "url"), "http://127.0.0.1:8069/web#id=42");
    EXPECT_EQ(api_.remove(one).status, 204);
    EXPECT_TRUE(api_.get(of(a, "links")).results().empty());
}

TEST_F(Talk, Attachments) {
    const std::string path = of(a, "attachments");
    const std::string body =
        R"({"name":"contrat signé.pdf","type":"application/pdf","size":11,"external_source":"odoo","external_id":"5"})";
    const Reply made = api_.post(path, body);
    EXPECT_EQ(made.status, 200);
    const std::string one = path + made.text("asset_id") + "/";
    EXPECT_EQ(api_.get(one).text("error"), "The asset is not uploaded.");
    EXPECT_TRUE(api_.get(path).body.as_array().empty());
    EXPECT_EQ(api_.patch(one, "{}").status, 204);
    EXPECT_EQ(api_.get(path).body.as_array().size(), 1U);
    const Reply moved = api_.get(one);
    EXPECT_EQ(moved.status, 302);
    EXPECT_NE(moved.headers.get("Location").find("contrat%20sign%C3%A9.pdf"), std::string_view::npos);
    EXPECT_EQ(api_.post(path, body).status, 409);
    EXPECT_EQ(api_.post(path, R"({"name":"x.exe","type":"application/x-msdownload","size":1})").text("error"),
              "Invalid file type.");
    EXPECT_EQ(api_.remove(one).status, 204);
    EXPECT_TRUE(api_.get(p + "issues/" + a + "/issue-attachments/").body.as_array().empty());
}

TEST_F(Talk, Activities) {
    const std::string mia = api_.user("Mia", 15, p, 15);
    const std::string done = api_.server.state_id(api_.last_project, "Done");
    const std::string item = p + "work-items/" + a + "/";
    api_.patch(item, R"({"state":")" + done + R"(","priority":"high","custom":1})");
    api_.patch(item, R"({"assignees":[")" + mia + R"("]})");
    api_.patch(item, R"({"assignees":[")" + mia + R"("],"name":"a"})");
    api_.post(of(a, "comments"), R"({"comment_html":"<p>x</p>"})");
    relate(a, "blocking", b);
    api_.patch(item, R"({"target_date":"2027-01-01"})");
    std::string story;
    const auto text = [](const json::Value& value) {
        return value.is_null() ? std::string("-") : json::canonical(value);
    };
    for (const json::Value& row : api_.get(of(a, "activities")).results()) {
        story += std::string(json::text_or(row, "verb")) + " " + text(row.at("field")) + " " +
                 text(row.at("old_value")) + ">" + text(row.at("new_value")) + "\n";
    }
    EXPECT_EQ(story,
              "created - ->-\n"
              "updated \"state\" \"Backlog\">\"Done\"\n"
              "updated \"priority\" \"none\">\"high\"\n"
              "updated \"assignees\" \"\">\"mia\"\n"
              "updated \"blocking\" \"\">\"WEB-2\"\n"
              "updated \"target_date\" \"\">\"2027-01-01\"\n");
    const Reply last = api_.get(of(a, "activities") + "?order_by=-created_at&per_page=1");
    EXPECT_EQ(json::text_or(last.results()[0], "field"), "target_date");
    EXPECT_EQ(json::text_or(api_.get(of(b, "activities")).results().back(), "field"), "blocked_by");
    EXPECT_EQ(api_.get(of(a, "activities") + "?order_by=bogus").status, 500);
}

}  // namespace
}  // namespace syncline::sim::plane
