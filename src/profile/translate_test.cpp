// The delivery profile over records as the real servers sent them.
#include "profile/translate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/random.hpp"
#include "base/text.hpp"
#include "profile/fake_lookup_test.hpp"
#include "profile/html.hpp"

namespace syncline::profile {
namespace {

using record::Fields;
using record::make_set;
using record::Peer;
using record::Value;

// Odoo 19 Community without addons, cut to what the profile asks for.
const OdooFields kTask = {{"id", "integer"},
                          {"name", "char"},
                          {"write_date", "datetime"},
                          {"active", "boolean"},
                          {"project_id", "many2one"},
                          {"stage_id", "many2one"},
                          {"priority", "selection"},
                          {"user_ids", "many2many"},
                          {"date_deadline", "datetime"},
                          {"parent_id", "many2one"},
                          {"depend_on_ids", "many2many"},
                          {"milestone_id", "many2one"},
                          {"tag_ids", "many2many"},
                          {"description", "html"}};
// The same server with the addon.
OdooFields with_addon(OdooFields fields) {
    for (const auto& [name, type] : OdooFields{{"wbs_code", "char"},
                                               {"is_shipped", "boolean"},
                                               {"shipped_at", "datetime"},
                                               {"deployment_count", "integer"},
                                               {"planned_date_begin", "date"},
                                               {"planned_date_end", "date"}}) {
        fields.emplace(name, type);
    }
    return fields;
}

constexpr std::string_view kOdooTask = R"({"id": 3, "name": "Design DB", "project_id": 2, "stage_id": 18,
  "priority": "1", "user_ids": [2, 5], "date_deadline": "2026-12-01 16:00:00", "parent_id": false,
  "depend_on_ids": [4], "milestone_id": [1, "MVP"], "tag_ids": [1], "description": "<p>Tables <b>first</b></p>",
  "active": true, "write_date": "2026-11-21 00:25:27"})";
constexpr std::string_view kPlaneItem = R"({"id": "4106db3a-c031-440d-8d83-e898297d887e",
  "updated_at": "2026-11-21T00:16:12.025077Z", "name": "Home page layout", "description_html": "<p>Do <b>it</b></p>",
  "priority": "high", "start_date": "2027-01-05", "target_date": "2027-01-10", "archived_at": null, "parent": null,
  "state": "0983a702-06fa-423f-94d3-e2b67eb7ea2f", "assignees": ["39d8bde9-8b24-4d0a-b553-ba492f0e9b25"],
  "labels": ["79b45e58-61c1-4d30-b7f9-20406bf80d67"], "cycle": null, "blocked_by": ["not-linked"]})";

json::Object object(std::string_view text) { return json::parse(text)->get_object(); }

class Delivery : public ::testing::Test {
protected:
    Delivery() : profile(*load(file(), "delivery.toml")) {
        lookup.rows = profile.states;
        lookup.stages = {{"18", "Backlog", "", false}, {"19", "In Progress", "", false}, {"20", "Done", "", false}};
        lookup.plane_states = {{"ee8d1ed8", "Backlog", "backlog", true},
                               {"0983a702-06fa-423f-94d3-e2b67eb7ea2f", "Todo", "unstarted", false},
                               {"7a6e251a", "In Progress", "started", false},
                               {"e3edc6fb", "Done", "completed", false},
                               {"5bcd0b50", "Cancelled", "cancelled", false}};
        lookup.links = {{"task/odoo/3", {"3", "p3"}}, {"task/odoo/4", {"4", "p4"}},
                        {"task/odoo/9", {"9", ""}},   {"milestone/odoo/1", {"1", "c1"}},
                        {"user/odoo/2", {"2", "u2"}}, {"user/odoo/5", {"5", "39d8bde9-8b24-4d0a-b553-ba492f0e9b25"}}};
        lookup.tags = {{"1", "backend"}};
        lookup.labels = {{"79b45e58-61c1-4d30-b7f9-20406bf80d67", "ui"}, {"l-backend", "backend"}, {"l-s", "shipped"}};
    }

    static std::string file() {
        std::ifstream stream(SYNCLINE_SOURCE_DIR "/profiles/delivery.toml");
        std::ostringstream text;
        text << stream.rdbuf();
        return text.str();
    }
    const EntityMap& task() const { return *profile.entity("task"); }
    merge::Tree odoo(const json::Object& raw, const OdooFields& known = kTask, const Fields* base = nullptr) const {
        return read_odoo(profile, task(), known, raw, lookup, base);
    }
    merge::Tree plane(const json::Object& raw, const Fields* base = nullptr, const Echoes& echoes = {}) const {
        return read_plane(profile, task(), raw, lookup, base, echoes);
    }

    Profile profile;
    FakeLookup lookup;
};

TEST_F(Delivery, ReadsAnOdooTask) {
    const merge::Tree tree = odoo(object(kOdooTask));
    EXPECT_TRUE(tree.unreadable.empty());
    EXPECT_EQ(tree.presence, merge::Presence::kPresent);
    EXPECT_EQ(tree.edited_at, *parse_time("2026-11-21 00:25:27"));
    EXPECT_EQ(tree.fields, (Fields{{"name", "Design DB"},
                                   {"description", "<p>Tables <b>first</b></p>"},
                                   {"state", "backlog"},
                                   {"priority", "medium"},
                                   {"due", "2026-12-01"},
                                   {"parent", Value()},
                                   {"assignees", make_set({"user/odoo/2", "user/odoo/5"})},
                                   {"milestone", "milestone/odoo/1"},
                                   {"blocked_by", make_set({"task/odoo/4"})},
                                   {"labels", make_set({"backend"})}}));
}

TEST_F(Delivery, ReadsAPlaneItem) {
    const merge::Tree tree = plane(object(kPlaneItem));
    EXPECT_TRUE(tree.unreadable.empty());
    EXPECT_EQ(tree.fields, (Fields{{"name", "Home page layout"},
                                   {"description", "<p>Do <b>it</b></p>"},
                                   {"state", "todo"},
                                   {"priority", "high"},
                                   {"start", "2027-01-05"},
                                   {"due", "2027-01-10"},
                                   {"parent", Value()},
                                   {"assignees", make_set({"user/odoo/5"})},
                                   {"milestone", Value()},
                                   {"blocked_by", record::Set{}},
                                   {"labels", make_set({"ui"})},
                                   {"shipped_note", Value()}}));
}

TEST_F(Delivery, DoesWithoutTheFieldsThatAServerLacks) {
    const auto names = [](const merge::Policy& policy) {
        std::vector<std::string> list;
        for (const merge::FieldPolicy& field : policy.fields) list.push_back(field.name);
        return join(list, " ");
    };
    EXPECT_EQ(names(policy_for(task(), kTask)),
              "name description state priority due parent assignees milestone blocked_by labels");
    EXPECT_EQ(names(policy_for(task(), with_addon(kTask))),
              "name description state priority start due parent assignees milestone blocked_by labels shipped_note");
    EXPECT_EQ(join(odoo_fields_to_read(task(), kTask), " "),
              "id write_date active project_id name description stage_id priority date_deadline parent_id user_ids "
              "milestone_id depend_on_ids tag_ids");
    EXPECT_EQ(odoo_field(*task().field("due"), kTask), "date_deadline");
    EXPECT_EQ(odoo_field(*task().field("due"), with_addon(kTask)), "planned_date_end");
    EXPECT_EQ(odoo_field(*task().field("assignees"), {{"user_id", "many2one"}}), "user_id");
}

TEST_F(Delivery, ShippingForcesDoneAndLeavesLabelsAndANote) {
    json::Object raw = object(kOdooTask);
    raw["wbs_code"] = "WEB & 1";
    raw["is_shipped"] = true;
    raw["shipped_at"] = "2026-11-30 09:00:00";
    raw["deployment_count"] = 0;
    raw["planned_date_begin"] = false;
    raw["planned_date_end"] = false;
    const OdooFields known = with_addon(kTask);
    const merge::Tree tree = odoo(raw, known);
    EXPECT_EQ(tree.fields.at("shipped"), Value(true));
    EXPECT_EQ(tree.fields.at("labels"), Value(make_set({"backend", "shipped"})));
    EXPECT_EQ(tree.fields.at("shipped_note"), Value("✅ Shipped at 2026-11-30 09:00:00. Marked as shipped in Odoo."));
    EXPECT_EQ(tree.fields.at("description"), Value("<p>Tables <b>first</b></p><p>WBS: WEB &amp; 1</p>"));
    EXPECT_EQ(tree.fields.at("due"), Value("2026-12-01")) << "the deadline stands in for an empty planned end";

    merge::LinkInput input{{"task", Peer::kOdoo, "3"}, Fields{}, false, tree, plane(object(kPlaneItem))};
    const merge::LinkPlan plan = merge::plan_link(input, policy_for(task(), known));
    Fields to_plane;
    for (const merge::Step& step : plan.steps) {
        for (const merge::FieldChange& change : step.fields) {
            if (step.side == Peer::kPlane) to_plane.emplace(change.field, change.to);
        }
    }
    EXPECT_EQ(to_plane.at("state"), Value("done"));
    EXPECT_EQ(to_plane.at("labels"), Value(make_set({"backend", "shipped", "ui"})));
    EXPECT_TRUE(to_plane.contains("shipped_note"));
    // Once written, the note is what was agreed, also when the task is taken back.
    const Fields base = {{"shipped_note", tree.fields.at("shipped_note")}};
    EXPECT_EQ(plane(object(kPlaneItem), &base).fields.at("shipped_note"), base.at("shipped_note"));
    raw["shipped_at"] = false;
    EXPECT_EQ(odoo(raw, known, &base).fields.at("shipped_note"), base.at("shipped_note"));
}

TEST_F(Delivery, WritesToPlaneInItsOwnWords) {
    Fields fields = odoo(object(kOdooTask)).fields;
    const Result<json::Object> body = write_plane(profile, task(), fields, lookup);
    ASSERT_TRUE(body.ok()) << body.error().message;
    EXPECT_EQ(json::canonical(*body),
              R"({"assignees":["u2","39d8bde9-8b24-4d0a-b553-ba492f0e9b25"],"blocked_by":["p4"],"cycle":"c1",)"
              R"("description_html":"<p>Tables <b>first</b></p>","labels":["l-backend"],"name":"Design DB",)"
              R"("parent":null,"priority":"medium","state":"ee8d1ed8","target_date":"2026-12-01"})");
    // And reads it back as the same.
    const merge::Tree back = plane(*body);
    for (const auto& [name, value] : fields) EXPECT_EQ(back.fields.at(name), value) << name;
    EXPECT_EQ(json::canonical(*write_plane(profile, task(), {{"description", Value()}, {"due", Value()}}, lookup)),
              R"({"description_html":"<p></p>","target_date":null})");
}

TEST_F(Delivery, WritesToOdooInItsOwnWords) {
    const Result<json::Object> body = write_odoo(profile, task(), kTask,
                                                 {{"state", "in_review"},
                                                  {"assignees", make_set({"user/odoo/2"})},
                                                  {"due", "2027-01-10"},
                                                  {"parent", Value()},
                                                  {"priority", "low"},
                                                  {"labels", make_set({"backend", "shipped"})}},
                                                 lookup);
    ASSERT_TRUE(body.ok()) << body.error().message;
    EXPECT_EQ(json::canonical(*body), R"({"date_deadline":"2027-01-10 12:00:00","parent_id":false,"priority":"0",)"
                                      R"("stage_id":19,"tag_ids":[[6,0,[1]]],"user_ids":[[6,0,[2]]]})");
    const Result<json::Object> one =
        write_odoo(profile, task(), {{"user_id", "many2one"}}, {{"assignees", make_set({"user/odoo/2"})}}, lookup);
    EXPECT_EQ(json::canonical(*one), R"({"user_id":2})");
}

TEST_F(Delivery, SaysWhatCannotBeWrittenYet) {
    struct Case {
        Fields fields;
        const char* reason;
        const char* value;
    };
    const Case cases[] = {
        {{{"parent", "task/odoo/9"}}, "waits_for_parent", "task/odoo/9"},
        {{{"assignees", make_set({"user/odoo/7"})}}, "user_unmapped", "user/odoo/7"},
        {{{"labels", make_set({"new"})}}, "value_unknown", "new"},
        {{{"priority", "extreme"}}, "value_unknown", "extreme"},
        {{{"state", "nowhere"}}, "state_unknown", "nowhere"},
    };
    for (const Case& c : cases) {
        const Result<json::Object> body = write_plane(profile, task(), c.fields, lookup);
        ASSERT_FALSE(body.ok());
        EXPECT_EQ(body.error().code, Errc::kNotFound);
        EXPECT_EQ(body.error().detail("field"), c.fields.begin()->first);
        EXPECT_EQ(body.error().detail("reason"), c.reason);
        EXPECT_EQ(body.error().detail("value"), c.value);
    }
    EXPECT_EQ(write_odoo(profile, task(), kTask, {{"state", "cancelled"}}, lookup).error().detail("reason"),
              "state_unknown");
}

TEST_F(Delivery, WhatHasNoCounterpartIsUnreadableOnTheSideThatDecides) {
    json::Object raw = object(kOdooTask);
    raw["stage_id"] = 77;
    raw["priority"] = "9";
    raw["user_ids"] = {2, 7};
    raw["depend_on_ids"] = {4, 55};
    raw["tag_ids"] = {8};
    const merge::Tree tree = odoo(raw);
    EXPECT_EQ(tree.unreadable.at("state"), "state_unknown: stage 77");
    EXPECT_EQ(tree.unreadable.at("priority"), "value_unknown: 9");
    EXPECT_EQ(tree.incomplete.at("assignees"), "user_unmapped: user 7 of odoo");
    EXPECT_EQ(tree.incomplete.at("blocked_by"), "waits_for_parent: task 55 of odoo");
    EXPECT_EQ(tree.unreadable.at("labels"), "value_unknown: tag 8");
    EXPECT_FALSE(tree.fields.contains("state"));
    // The other side's is named, to be kept when it is replaced.
    json::Object item = object(kPlaneItem);
    item["assignees"] = {"stranger"};
    item["parent"] = "native";
    const merge::Tree shown = plane(item);
    EXPECT_EQ(shown.fields.at("assignees"), Value(make_set({"user/plane/stranger"})));
    EXPECT_EQ(shown.fields.at("parent"), Value("task/plane/native"));
}

TEST_F(Delivery, APersonsEditSurvivesTheSanitiserThroughTheEcho) {
    const Fields written = {{"description", "<p class=\"x\">a</p><custom>b</custom>"}};
    const json::Object answer = {{"description_html", "<div><p>a</p>b</div>"}};
    const Echoes echoes = echoes_of(task(), written, answer);
    const Result<Echoes> kept = echoes_from_json(json::Value(to_json(echoes)));
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(kept->at("description").raw, echoes.at("description").raw);
    EXPECT_EQ(kept->at("description").value, written.at("description"));
    EXPECT_EQ(plane(answer, nullptr, echoes).fields.at("description"), written.at("description"));
    EXPECT_EQ(plane({{"description_html", "<p>a</p><p>b</p>"}}, nullptr, echoes).fields.at("description"),
              written.at("description"))
        << "spelt otherwise, the same text";
    EXPECT_EQ(plane({{"description_html", "<p>changed</p>"}}, nullptr, echoes).fields.at("description"),
              Value("<p>changed</p>"));
}

TEST_F(Delivery, ALongNameIsCutInPlaneAndStaysWholeInOdoo) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "añb ";
    name.pop_back();
    const Fields base = {{"name", name}};
    const json::Object body = *write_plane(profile, task(), base, lookup);
    const std::string cut(json::text_or(body, "name"));
    EXPECT_LE(decode_utf8(cut).size(), 255U);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_EQ(plane(body, &base).fields.at("name"), Value(name));
    EXPECT_EQ(plane(body).fields.at("name"), Value(cut));
}

TEST_F(Delivery, AProjectKeepsItsNameAndTellsItsPortfolio) {
    const EntityMap& project = *profile.entity("project");
    const OdooFields known = {{"name", "char"},
                              {"description", "html"},
                              {"user_id", "many2one"},
                              {"wbs_code", "char"},
                              {"portfolio_name", "char"}};
    const json::Object raw = {{"name", "R&D (2026) - Webshop"},
                              {"description", "<p>First</p><p>Second</p>"},
                              {"user_id", 2},
                              {"wbs_code", "rd-1"},
                              {"portfolio_name", false}};
    const merge::Tree tree = read_odoo(profile, project, known, raw, lookup, nullptr);
    EXPECT_EQ(tree.fields.at("description"), Value("WBS: rd-1\nFirst\nSecond"));
    const json::Object body = *write_plane(profile, project, tree.fields, lookup);
    EXPECT_EQ(json::text_or(body, "identifier"), "RD_1");
    EXPECT_EQ(json::text_or(body, "project_lead"), "u2");
    EXPECT_EQ(json::text_or(body, "name").find_first_of("&()-"), std::string::npos);
    const merge::Tree back = read_plane(profile, project, body, lookup, nullptr, {});
    EXPECT_EQ(back.fields.at("name"), Value("R&D (2026) - Webshop"));
    EXPECT_EQ(back.fields.at("description"), tree.fields.at("description"));
}

TEST_F(Delivery, CycleDaysFollowTheProjectsTimeZone) {
    const EntityMap& milestone = *profile.entity("milestone");
    lookup.time_zone = "Asia/Kolkata";
    const merge::Tree tree =
        read_plane(profile, milestone,
                   {{"name", "Sprint 1"}, {"start_date", "2027-01-03T18:30:01Z"}, {"end_date", "2027-01-15T18:29:00Z"}},
                   lookup, nullptr, {});
    EXPECT_EQ(tree.fields.at("start"), Value("2027-01-04"));
    EXPECT_EQ(tree.fields.at("end"), Value("2027-01-15"));
}

TEST_F(Delivery, CycleStartTable) {
    struct Case {
        const char* what;
        json::Value previous;
        json::Value project;
        const char* base;
        const char* start;
    };
    const Case cases[] = {
        {"after the previous milestone", "2026-11-30", "2026-11-01", "2026-11-05", "2026-12-01"},
        {"with the project", false, "2026-11-01", "2026-11-05", "2026-11-01"},
        {"where it was first put", false, false, "2026-11-05", "2026-11-05"},
        {"today", false, false, nullptr, "2026-11-21"},
        {"never after the end", "2026-12-20", false, nullptr, "2026-12-10"},
    };
    const EntityMap& milestone = *profile.entity("milestone");
    const OdooFields known = {{"name", "char"}, {"deadline", "date"}};
    for (const Case& c : cases) {
        json::Object raw = {{"name", "MVP"}, {"deadline", "2026-12-10"}, {"_today", "2026-11-21"}};
        raw["_previous_deadline"] = c.previous;
        raw["_project_start"] = c.project;
        Fields base;
        if (c.base) base["start"] = c.base;
        const merge::Tree tree = read_odoo(profile, milestone, known, raw, lookup, &base);
        EXPECT_EQ(tree.fields.at("start"), Value(c.start)) << c.what;
        EXPECT_EQ(tree.fields.at("end"), Value("2026-12-10")) << c.what;
        raw["deadline"] = false;
        EXPECT_EQ(read_odoo(profile, milestone, known, raw, lookup, &base).fields.at("start"), Value()) << c.what;
    }
}

TEST_F(Delivery, PresenceFollowsTheArchiveMarks) {
    EXPECT_EQ(odoo({{"active", false}}).presence, merge::Presence::kArchived);
    EXPECT_EQ(plane({{"archived_at", "2026-11-20"}}).presence, merge::Presence::kArchived);
    EXPECT_TRUE(plane({{"id", "x"}}).fields.size() == 1) << "only the note, which is never read";
}

// Whatever an Odoo task holds: written to Plane and read back it is the same, and days survive Odoo's datetimes.
TEST_F(Delivery, RandomTasksGoThereAndBack) {
    SeededRandom random(5);
    for (const char* zone : {"UTC", "Asia/Manila", "America/New_York", "Pacific/Kiritimati"}) {
        profile.time_zone = zone;
        for (int i = 0; i < 2000; ++i) {
            json::Object raw = object(kOdooTask);
            const Time deadline = Time(std::chrono::seconds(1'700'000'000 + random.below(100'000'000)));
            raw["date_deadline"] = format_odoo(deadline);
            raw["priority"] = std::to_string(random.below(4));
            raw["stage_id"] = 18 + static_cast<int>(random.below(3));
            raw["name"] = "t " + std::to_string(random.next());
            raw["description"] = random.chance(0.3) ? json::Value(false) : json::Value("<div>a <b>b</b>&nbsp;</div>c");
            raw["user_ids"] = random.chance(0.5) ? json::Array{} : json::Array{2, 5};
            const Fields fields = odoo(raw).fields;
            const json::Object body = *write_plane(profile, task(), fields, lookup);
            const merge::Tree back = plane(body, &fields);
            for (const auto& [name, value] : fields) ASSERT_EQ(back.fields.at(name), value) << name << " in " << zone;
            json::Object again = object(kOdooTask);
            const json::Object due = *write_odoo(profile, task(), kTask, {{"due", fields.at("due")}}, lookup);
            for (const auto& [key, value] : due) {
                again[key] = value;
            }
            ASSERT_EQ(odoo(again).fields.at("due"), fields.at("due")) << zone;
        }
    }
}

}  // namespace
}  // namespace syncline::profile
