// The planner's rules one by one. What holds on every link is in plan_property_test.cpp.
#include "merge/plan.hpp"

#include <gtest/gtest.h>

namespace syncline::merge {
namespace {

using record::Fields;
using record::make_set;
using record::Peer;
using record::Value;

Time at(int second) { return Time(std::chrono::seconds(1'795'220'000 + second)); }

FieldPolicy field(Owner owner, SetRule set = SetRule::kNone) {
    FieldPolicy policy;
    policy.name = "f";
    policy.owner = owner;
    policy.set = set;
    return policy;
}

LinkInput both_present(std::optional<Value> base, Value odoo, Value plane) {
    LinkInput input;
    input.key = {"task", Peer::kOdoo, "1"};
    if (base) input.base = Fields{{"f", *base}};
    input.odoo.presence = Presence::kPresent;
    input.odoo.fields = {{"f", std::move(odoo)}};
    input.plane.presence = Presence::kPresent;
    input.plane.fields = {{"f", std::move(plane)}};
    return input;
}

// What a plan does to one field, in one line: "plane:=x", "odoo:=y !owner:z" (a conflict and its loser), "review",
// "parked:unsupported", "=" (nothing).
std::string story(const LinkPlan& plan) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
    for (const Step& step : plan.steps) {
        const std::string side(record::to_string(step.side));
        if (step.action != Action::kUpdate) add(std::string(to_string(step.action)) + ":" + side);
        for (const FieldChange& change : step.fields) add(side + ":=" + record::display(change.to));
    }
    for (const Conflict& conflict : plan.conflicts) add("!" + conflict.reason + ":" + record::display(conflict.losing));
    for (const Review& review : plan.reviews) add("review:" + review.field);
    for (const Parked& parked : plan.parked) add("parked:" + parked.reason);
    if (plan.tombstone) add("tombstone");
    return text.empty() ? "=" : text;
}

const Value kNull;
const Value kA("a");
const Value kB("b");
const Value kC("c");

struct FieldCase {
    const char* what;
    FieldPolicy policy;
    std::optional<Value> base;
    Value odoo;
    Value plane;
    const char* story;
    std::optional<Value> agreed;
};

FieldPolicy no_write(FieldPolicy policy, Peer side) {
    (side == Peer::kOdoo ? policy.odoo_writable : policy.plane_writable) = false;
    return policy;
}

FieldPolicy no_removal(FieldPolicy policy) {
    policy.plane_removable = false;
    return policy;
}

Value set(std::vector<std::string> elements) { return make_set(std::move(elements)); }

std::vector<FieldCase> field_cases() {
    const auto odoo = field(Owner::kOdoo);
    const auto plane = field(Owner::kPlane);
    const auto shared = field(Owner::kShared);
    const auto exact = field(Owner::kOdoo, SetRule::kExact);
    const auto additive = field(Owner::kOdoo, SetRule::kAdditive);
    const auto shared_set = field(Owner::kShared, SetRule::kExact);
    return {
        {"equal", odoo, kA, kB, kB, "=", kB},
        {"owner edits", odoo, kA, kB, kA, "plane:=b", kB},
        {"other edits", odoo, kA, kA, kB, "plane:=a !owner:b", kA},
        {"both edit", odoo, kA, kB, kC, "plane:=b !owner:c", kB},
        {"plane owns", plane, kA, kB, kC, "odoo:=c !owner:b", kC},
        {"first meeting, loser held something", odoo, {}, kA, kB, "plane:=a !owner:b", kA},
        {"first meeting, loser held nothing", odoo, {}, kA, kNull, "plane:=a", kA},
        {"owner clears", odoo, kA, kNull, kA, "plane:=(nothing)", kNull},
        {"unwritable", no_write(odoo, Peer::kPlane), kA, kB, kA, "parked:unsupported", kA},
        {"unwritable, loser typed", no_write(odoo, Peer::kPlane), kA, kA, kB, "parked:unsupported", kA},
        {"shared: odoo edits", shared, kA, kB, kA, "plane:=b", kB},
        {"shared: plane edits", shared, kA, kA, kB, "odoo:=b", kB},
        {"shared: first meeting, one holds", shared, {}, kNull, kB, "odoo:=b", kB},
        {"exact: owner's set", exact, set({"x"}), set({"x", "y"}), set({"x", "z"}), "plane:=x, y !owner:x, z",
         set({"x", "y"})},
        {"exact: a removal is put back", exact, set({"x"}), set({"x"}), set({}), "plane:=x !owner:(nothing)",
         set({"x"})},
        {"exact: the same addition is no loss", exact, set({}), set({"x", "y"}), set({"x"}), "plane:=x, y",
         set({"x", "y"})},
        {"exact: cannot be taken out", no_removal(exact), set({"x"}), set({"y"}), set({"x"}),
         "plane:=x, y parked:unsupported", set({"x", "y"})},
        {"additive: others' elements stay", additive, set({"x"}), set({"x", "y"}), set({"x", "z"}), "plane:=x, y, z",
         set({"x", "y"})},
        {"additive: owner removes", additive, set({"x", "y"}), set({"x"}), set({"x", "y", "z"}), "plane:=x, z",
         set({"x"})},
        {"additive: a removal comes back", additive, set({"x"}), set({"x"}), set({"z"}), "plane:=x, z !owner:z",
         set({"x"})},
        {"shared set: three ways", shared_set, set({"x", "y"}), set({"x", "a"}), set({"y", "b"}),
         "odoo:=a, b plane:=a, b", set({"a", "b"})},
        {"shared set: first meeting",
         shared_set,
         {},
         set({"a"}),
         set({"b"}),
         "odoo:=a, b plane:=a, b",
         set({"a", "b"})},
        {"app: both are put back", field(Owner::kApp), kA, kB, kC, "odoo:=a plane:=a !owner:b !owner:c", kA},
        {"app: no value yet", field(Owner::kApp), {}, kB, kC, "review:f", {}},
    };
}

TEST(PlanField, Table) {
    for (const FieldCase& c : field_cases()) {
        const LinkPlan plan = plan_link(both_present(c.base, c.odoo, c.plane), Policy{{c.policy}, Micros(0)});
        EXPECT_EQ(story(plan), c.story) << c.what;
        const auto agreed = plan.agreed.find("f");
        EXPECT_EQ(agreed != plan.agreed.end(), c.agreed.has_value()) << c.what;
        if (agreed != plan.agreed.end() && c.agreed) {
            EXPECT_EQ(agreed->second, *c.agreed) << c.what;
        }
    }
}

struct RankCase {
    const char* what;
    std::optional<Time> odoo;
    std::optional<Time> plane;
    int window_s;
    const char* story;
};

TEST(PlanField, RanksTwoRealEditsOfASharedField) {
    const RankCase cases[] = {
        {"odoo newer", at(10), at(1), 5, "plane:=b !newer:c"},
        {"plane newer", at(1), at(10), 5, "odoo:=c !newer:b"},
        {"just inside the window", at(0), at(4), 5, "review:f"},
        {"the window's edge is outside", at(0), at(5), 5, "odoo:=c !newer:b"},
        {"a tie in the window", at(0), at(0), 5, "review:f"},
        {"no window: a tie goes to plane", at(0), at(0), 0, "odoo:=c !tie:b"},
        {"no window: newer", at(1), at(0), 0, "plane:=b !newer:c"},
        {"unknown time", at(1), std::nullopt, 0, "review:f"},
    };
    for (const RankCase& c : cases) {
        LinkInput input = both_present(kA, kB, kC);
        input.odoo.edited_at = c.odoo;
        input.plane.edited_at = c.plane;
        const LinkPlan plan = plan_link(input, Policy{{field(Owner::kShared)}, std::chrono::seconds(c.window_s)});
        EXPECT_EQ(story(plan), c.story) << c.what;
        EXPECT_EQ(plan.agreed.at("f"), plan.reviews.empty() ? plan.steps[0].fields[0].to : kA) << c.what;
    }
}

TEST(PlanField, TheFieldsOwnEditTimeOutranksTheRecords) {
    LinkInput input = both_present(kA, kB, kC);
    input.odoo.edited_at = at(100);
    input.plane.edited_at = at(0);
    input.plane.field_edited_at["f"] = at(200);
    EXPECT_EQ(story(plan_link(input, Policy{{field(Owner::kShared)}, std::chrono::seconds(5)})), "odoo:=c !newer:b");
}

TEST(PlanField, AReviewStaysOpenWhileBothSidesHoldWhatTheyHeld) {
    LinkInput input = both_present(kA, kB, kC);
    input.odoo.edited_at = at(0);
    input.plane.edited_at = at(1);
    const Policy policy{{field(Owner::kShared)}, std::chrono::seconds(5)};
    const LinkPlan first = plan_link(input, policy);
    ASSERT_EQ(story(first), "review:f");
    input.base = first.agreed;
    input.plane.edited_at = at(600);  // another field was written
    EXPECT_EQ(story(plan_link(input, policy)), "review:f");
    input.plane.fields["f"] = "d";  // a person decided
    const LinkPlan last = plan_link(input, policy);
    EXPECT_EQ(story(last), "odoo:=d !newer:b");
    EXPECT_EQ(last.agreed, (Fields{{"f", "d"}}));
}

TEST(PlanField, ForceWinsOnBothSidesWhileItHolds) {
    FieldPolicy state = field(Owner::kPlane);
    state.force = Force{"shipped", Value("done")};
    LinkInput input = both_present(Value("todo"), Value("todo"), Value("doing"));
    input.odoo.fields["shipped"] = true;
    const LinkPlan forced = plan_link(input, Policy{{state}, Micros(0)});
    EXPECT_EQ(story(forced), "odoo:=done plane:=done !forced:doing");
    input.odoo.fields["shipped"] = false;
    EXPECT_EQ(story(plan_link(input, Policy{{state}, Micros(0)})), "odoo:=doing");
}

TEST(PlanField, UnreadableAndUnobservedFieldsKeepTheirBase) {
    LinkInput input = both_present(kA, kB, kC);
    input.plane.fields.erase("f");
    const Policy policy{{field(Owner::kOdoo)}, Micros(0)};
    EXPECT_EQ(story(plan_link(input, policy)), "=");
    input.plane.unreadable["f"] = "state_unknown: Blocked";
    const LinkPlan plan = plan_link(input, policy);
    ASSERT_EQ(story(plan), "parked:state_unknown");
    EXPECT_EQ(plan.parked[0].detail, "Blocked");
    EXPECT_EQ(plan.agreed.at("f"), kA);
}

TEST(PlanCreate, EverythingReadableGoesOverOnce) {
    Policy policy;
    for (const char* name : {"name", "state", "identifier", "gone"}) {
        policy.fields.push_back(field(Owner::kOdoo));
        policy.fields.back().name = name;
    }
    policy.fields[1].owner = Owner::kPlane;
    policy.fields[2].create_only = true;
    policy.fields[3].plane_writable = false;
    LinkInput input;
    input.odoo.presence = Presence::kPresent;
    input.odoo.fields = {{"name", kA}, {"state", kB}, {"identifier", kC}, {"gone", kA}};
    input.create_in_plane = true;
    const LinkPlan plan = plan_link(input, policy);
    ASSERT_EQ(story(plan), "create:plane plane:=c plane:=a plane:=b parked:unsupported");
    EXPECT_EQ(plan.agreed, (Fields{{"name", kA}, {"state", kB}, {"identifier", kC}}));
    // Compared never again.
    input.base = plan.agreed;
    input.plane.presence = Presence::kPresent;
    input.plane.fields = {{"name", kA}, {"state", kB}, {"identifier", kA}};
    EXPECT_EQ(story(plan_link(input, policy)), "=");
}

struct PresenceCase {
    Presence odoo;
    Presence plane;
    bool tombstone;
    bool ended_together;
    bool odoo_leads;
    bool plane_leads;
    const char* story;
};

constexpr auto kAbsent = Presence::kAbsent;
constexpr auto kPresent = Presence::kPresent;
constexpr auto kArchived = Presence::kArchived;
constexpr auto kGone = Presence::kGone;

TEST(PlanPresence, Table) {
    const PresenceCase cases[] = {
        {kAbsent, kAbsent, false, false, true, false, "="},
        {kPresent, kArchived, false, false, true, false, "parked:gone_in_plane tombstone"},
        {kPresent, kGone, false, false, true, false, "parked:gone_in_plane tombstone"},
        {kPresent, kGone, true, false, true, false, "parked:gone_in_plane tombstone"},
        {kPresent, kArchived, true, false, true, false, "parked:gone_in_plane tombstone"},
        {kPresent, kArchived, true, true, true, false, "restore:plane"},
        {kPresent, kGone, true, true, true, false, "parked:gone_in_plane tombstone"},
        {kPresent, kArchived, false, false, true, true, "archive:odoo tombstone"},
        {kPresent, kArchived, true, true, false, true, "archive:odoo tombstone"},
        {kPresent, kArchived, true, true, true, true, "restore:plane"},
        {kPresent, kArchived, true, true, false, false, "parked:gone_in_plane tombstone"},
        {kArchived, kPresent, false, false, true, false, "archive:plane tombstone"},
        {kGone, kPresent, false, false, true, false, "archive:plane tombstone"},
        {kArchived, kPresent, true, true, true, false, "archive:plane tombstone"},
        {kArchived, kPresent, false, false, false, false, "parked:gone_in_odoo tombstone"},
        {kArchived, kArchived, false, false, true, false, "tombstone"},
        {kGone, kArchived, false, false, true, false, "tombstone"},
        {kGone, kGone, true, true, true, true, "tombstone"},
        {kArchived, kAbsent, false, false, true, false, "tombstone"},
        {kPresent, kPresent, true, true, true, false, "="},
    };
    for (const PresenceCase& c : cases) {
        LinkInput input;
        input.odoo.presence = c.odoo;
        input.plane.presence = c.plane;
        input.tombstone = c.tombstone;
        if (c.ended_together) input.base = Fields{{"@ended", true}};
        input.archive_follows_odoo = c.odoo_leads;
        input.archive_follows_plane = c.plane_leads;
        EXPECT_EQ(story(plan_link(input, Policy{})), c.story)
            << to_string(c.odoo) << " " << to_string(c.plane) << (c.tombstone ? " tombstone" : "")
            << (c.ended_together ? " together" : "") << (c.odoo_leads ? " odoo leads" : "")
            << (c.plane_leads ? " plane leads" : "");
    }
}

TEST(PlanPresence, BornInPlaneMakesNothingInOdooUnlessTheProfileSaysSo) {
    LinkInput input;
    input.plane.presence = kPresent;
    input.plane.fields = {{"f", kA}};
    const Policy policy{{field(Owner::kOdoo)}, Micros(0)};
    EXPECT_EQ(story(plan_link(input, policy)), "parked:orphan");
    input.create_in_odoo = true;
    EXPECT_EQ(story(plan_link(input, policy)), "create:odoo odoo:=a");
}

TEST(PlanPresence, NeverMakesARecordASecondTime) {
    LinkInput input;
    input.odoo.presence = kPresent;
    input.odoo.fields = {{"f", kA}};
    input.create_in_plane = true;
    input.base = Fields{{"f", kA}};
    EXPECT_EQ(story(plan_link(input, Policy{{field(Owner::kOdoo)}, Micros(0)})), "parked:gone_in_plane tombstone");
}

TEST(PlanHash, IsFixedForever) {
    const LinkPlan plan = plan_link(both_present(kA, kB, kC), Policy{{field(Owner::kOdoo)}, Micros(0)});
    EXPECT_EQ(json::canonical(plan.to_json()),
              R"({"agreed":{"f":"b"},"conflicts":[{"field":"f","losing":"c","reason":"owner","winner":"odoo",)"
              R"("winning":"b"}],"key":"task/odoo/1","parked":[],"reviews":[],"steps":[{"action":"update",)"
              R"("fields":[{"field":"f","from":"c","to":"b"}],"side":"plane"}],"tombstone":false})");
    EXPECT_EQ(plan.hash().size(), 64U);
}

}  // namespace
}  // namespace syncline::merge
