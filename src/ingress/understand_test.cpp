#include "ingress/understand.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/random.hpp"
#include "base/text.hpp"
#include "ingress/testing/signing.hpp"

namespace syncline::ingress {
namespace {

Understood read(Source source, std::string_view body, const net::Headers& headers = {}) {
    const Result<Understood> understood = understand(source, headers, body);
    EXPECT_TRUE(understood.ok()) << understood.error().message << " in " << body;
    return understood ? *understood : Understood();
}

std::string subjects_of(const Understood& understood) {
    std::string text;
    for (const Subject& subject : understood.subjects) {
        text += (text.empty() ? "" : " ") + subject.text() + (subject.container.empty() ? "" : "@" + subject.container);
    }
    return text;
}

TEST(Understand, EveryRecordedDeliveryOfPlane) {
    std::map<std::string, int> kinds;
    std::map<std::string, int> subjects;
    for (const auto& each : testing::recorded_plane_deliveries()) {
        const Understood understood = read(Source::kPlane, each.body, each.headers);
        EXPECT_EQ(understood.quarantine, "") << each.file;
        EXPECT_FALSE(understood.ping);
        EXPECT_EQ(understood.delivery_id, each.headers.get("X-Plane-Delivery"));
        EXPECT_EQ(understood.event_id, "") << "v1 has none";
        ++kinds[understood.kind];
        for (const Subject& subject : understood.subjects) {
            ++subjects[subject.kind + (subject.container.empty() ? "" : " in a project")];
            EXPECT_EQ(subject.peer, "plane");
            EXPECT_EQ(subject.id.size(), 36U) << each.file;
        }
    }
    const std::map<std::string, int> expected_kinds = {
        {"cycle.created", 6},         {"cycle.updated", 3},         {"issue.created", 20}, {"issue.updated", 42},
        {"issue_comment.created", 7}, {"issue_comment.updated", 1}, {"module.created", 1}, {"module.updated", 1},
        {"project.created", 6},       {"project.deleted", 1},       {"project.updated", 2}};
    EXPECT_EQ(kinds, expected_kinds);
    const std::map<std::string, int> expected_subjects = {
        {"cycle in a project", 9}, {"item in a project", 70}, {"project", 9}};
    EXPECT_EQ(subjects, expected_subjects);
}

TEST(Understand, PlaneV1) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"event":"issue","action":"update","data":{"id":"i","project":"p"}})", "issue.updated: plane/item/i@p"},
        {R"({"event":"issue","action":"create","data":{"id":"i","project":"p"}})", "issue.created: plane/item/i@p"},
        {R"({"event":"issue","action":"deleted","data":{"id":"i"}})", "issue.deleted: plane/item/i"},
        {R"({"event":"project","action":"delete","data":{"id":"p"}})", "project.deleted: plane/project/p"},
        {R"({"event":"cycle","action":"updated","data":{"id":"c","project":"p"}})", "cycle.updated: plane/cycle/c@p"},
        {R"({"event":"module","action":"updated","data":{"id":"m","project":"p"}})", "module.updated: "},
        {R"({"event":"issue_comment","action":"created","data":{"id":"x","issue":"i","project":"p"}})",
         "issue_comment.created: plane/item/i@p"},
        {R"({"event":"issue_comment","action":"deleted","data":{"id":"x"}})", "issue_comment.deleted: "},
        {R"({"event":"cycle_issue","action":"created","data":{"id":"x","issue":"i","cycle":"c","project":"p"}})",
         "cycle_issue.created: plane/item/i@p"},
        {R"({"event":"issue","data":{"id":"i","project":{"id":"p"}}})", "issue: plane/item/i@p"},
        {R"({"event":"issue","action":"updated","data":{"id":"i","project":"None"}})", "issue.updated: plane/item/i"}};
    for (const auto& [body, expected] : cases) {
        const Understood understood = read(Source::kPlane, body);
        EXPECT_EQ(understood.kind + ": " + subjects_of(understood), expected);
        EXPECT_EQ(understood.quarantine, "") << body;
    }
}

TEST(Understand, PlaneV2) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"version":"v2","event":"workitem.updated","event_id":"e","delivery_id":"d","entity_id":"i",
             "entity_type":"workitem","data":{"id":"i","project_id":"p"},"previous_attributes":{"name":"x"}})",
         "workitem.updated: plane/item/i@p"},
        {R"({"version":"v2","event":"WebhookScope.ScopeChoices.WORK_ITEM_UPDATED","event_id":"e","delivery_id":"d",
             "entity_id":"i","data":{"id":"i","project_id":"p","cycle":"None"}})",
         "workitem.updated: plane/item/i@p"},
        {R"({"version":"v2","event":"WebhookScope.ScopeChoices.WORK_ITEM_COMMENT_CREATED","event_id":"e",
             "delivery_id":"d","entity_id":"x","data":{"id":"x","work_item_id":"i","project_id":"p"}})",
         "workitem.comment.created: plane/item/i@p"},
        {R"({"version":"v2","event":"workitem.deleted","event_id":"e","delivery_id":"d","entity_id":"i","data":{},
             "previous_attributes":{"id":"i","project_id":"p"}})",
         "workitem.deleted: plane/item/i@p"},
        {R"({"version":"v2","event":"workitem.comment.deleted","event_id":"e","delivery_id":"d","entity_id":"x",
             "data":{},"previous_attributes":{"id":"x","issue":"i"}})",
         "workitem.comment.deleted: plane/item/i"},
        {R"({"version":"v2","event":"workitem.relation.created","event_id":"e","delivery_id":"d","entity_id":"x",
             "data":{"id":"x","issue_id":"a","related_issue_id":"b","project_id":"p"}})",
         "workitem.relation.created: plane/item/a@p plane/item/b"},
        {R"({"version":"v2","event":"project.archived","event_id":"e","delivery_id":"d","entity_id":"p",
             "data":{"id":"p"}})",
         "project.archived: plane/project/p"},
        {R"({"version":"v2","event":"cycle.created","event_id":"e","delivery_id":"d","entity_id":"c",
             "data":{"id":"c","project":"p"}})",
         "cycle.created: plane/cycle/c@p"},
        {R"({"version":"v2","event":"milestone.created","event_id":"e","delivery_id":"d","entity_id":"m","data":{}})",
         "milestone.created: "},
    };
    for (const auto& [body, expected] : cases) {
        const Understood understood = read(Source::kPlane, body, {{"X-Plane-Delivery", "from the header"}});
        EXPECT_EQ(understood.kind + ": " + subjects_of(understood), expected);
        EXPECT_EQ(understood.quarantine, "") << body;
        EXPECT_EQ(understood.event_id, "e");
        EXPECT_EQ(understood.delivery_id, "d");
    }
}

TEST(Understand, BatchesOfOdoosAddon) {
    const Understood two = read(Source::kOdoo, R"({"batch":"0b9d7b3c-8d07-4a3f-9d3c-000000000001","database":"prod",
        "events":[{"id":1,"model":"project.task","res_id":42,"op":"write","fields":["name"],"uid":2},
                  {"id":2,"model":"project.task","res_id":42,"op":"write","fields":["stage_id"],"uid":2},
                  {"id":3,"model":"project.task","res_id":43,"op":"write","fields":[],"uid":2}]})");
    EXPECT_EQ(two.kind, "project.task.write");
    EXPECT_EQ(two.event_id, "0b9d7b3c-8d07-4a3f-9d3c-000000000001");
    EXPECT_EQ(subjects_of(two), "odoo/project.task/42 odoo/project.task/43");
    EXPECT_EQ(two.quarantine, "");
    const Understood mixed = read(Source::kOdoo, R"({"batch":"b","events":[
        {"id":1,"model":"project.task","res_id":1,"op":"create"},{"id":2,"model":"project.milestone","res_id":2,"op":"unlink"}]})");
    EXPECT_EQ(mixed.kind, "batch");
    EXPECT_EQ(subjects_of(mixed), "odoo/project.task/1 odoo/project.milestone/2");
    EXPECT_TRUE(read(Source::kOdoo, R"({"batch":"b","database":"prod","events":[]})").ping);
    EXPECT_TRUE(read(Source::kOdoo, R"({"ping":true})").ping);
}

TEST(Understand, ABatchHasALimit) {
    const auto batch = [](std::size_t events) {
        std::string body = R"({"batch":"b","events":[)";
        for (std::size_t i = 1; i <= events; ++i) {
            body += (i == 1 ? "" : ",");
            body += R"({"model":"project.task","op":"write","res_id":)" + std::to_string(i) + "}";
        }
        return body + "]}";
    };
    EXPECT_EQ(read(Source::kOdoo, batch(kEventsMax)).subjects.size(), kEventsMax);
    EXPECT_EQ(read(Source::kOdoo, batch(kEventsMax)).quarantine, "");
    EXPECT_NE(read(Source::kOdoo, batch(kEventsMax + 1)).quarantine, "");
}

TEST(Understand, WhatIsCertainInAStrangeBatchIsLookedAtAllTheSame) {
    const Understood understood = read(Source::kOdoo, R"({"batch":"b","events":[
        {"model":"project.task","res_id":1,"op":"write"},{"model":"project.task","res_id":"2","op":"write"},
        {"model":"project.task","res_id":3,"op":"merge"},{"model":"Robert'); --","res_id":3,"op":"write"}, 7]})");
    EXPECT_EQ(subjects_of(understood), "odoo/project.task/1");
    EXPECT_TRUE(understood.quarantine.starts_with("4 of 5 events")) << understood.quarantine;
}

TEST(Understand, Github) {
    const auto github = [](std::string_view event, std::string_view body) {
        const Understood understood =
            read(Source::kGithub, body, {{"X-GitHub-Event", std::string(event)}, {"X-GitHub-Delivery", "guid"}});
        EXPECT_EQ(understood.event_id, "guid");
        return understood.kind + ": " + (understood.ping ? "ping" : subjects_of(understood)) +
               (understood.quarantine.empty() ? "" : "?");
    };
    EXPECT_EQ(github("pull_request", R"({"action":"opened","pull_request":{"id":5}})"),
              "pull_request.opened: github/pull_request/5");
    EXPECT_EQ(github("issues", R"({"action":"closed","issue":{"id":7}})"), "issues.closed: github/issue/7");
    EXPECT_EQ(github("issue_comment", R"({"action":"created","issue":{"id":7},"comment":{"id":8}})"),
              "issue_comment.created: github/issue_comment/8");
    EXPECT_EQ(github("push", R"({"ref":"refs/heads/main","after":"6dcb09b5b57875f334f61aebed695e2e4193db5e"})"),
              "push: github/push/6dcb09b5b57875f334f61aebed695e2e4193db5e");
    EXPECT_EQ(github("status", R"({"id":9,"state":"success"})"), "status: github/status/9");
    EXPECT_EQ(github("ping", R"({"zen":"Keep it logically awesome.","hook_id":1})"), "ping: ping");
    EXPECT_EQ(github("star", R"({"action":"created"})"), "star.created: ?");
    EXPECT_EQ(github("", R"({"action":"created"})"), ": ?");
}

TEST(Understand, AnythingElse) {
    const Understood ci =
        read(Source::kCi, R"({"type":"deployment.succeeded","data":{"id":"d-7"}})", {{"webhook-id", "msg_1"}});
    EXPECT_EQ(ci.kind + ": " + subjects_of(ci), "deployment.succeeded: ci/deployment.succeeded/d-7");
    EXPECT_EQ(ci.event_id, "msg_1");
    EXPECT_EQ(subjects_of(read(Source::kStandard, R"({"type":"invoice.paid","id":12})")), "standard/invoice.paid/12");
    EXPECT_TRUE(read(Source::kCi, R"({"type":"ping"})").ping);
    EXPECT_NE(read(Source::kCi, R"({"type":"run.finished","data":{}})").quarantine, "");
    EXPECT_NE(read(Source::kCi, R"({"data":{"id":1}})").quarantine, "");
}

TEST(Understand, UnknownShapesAreKeptWithAReason) {
    for (const char* body :
         {"{}", R"({"event":7})", R"({"event":"sticky","action":"created","data":{"id":"x"}})", R"({"event":"issue"})",
          R"({"event":"issue","data":null})", R"({"event":"issue","data":[1]})",
          R"({"event":"issue","data":{"id":""}})", R"({"event":"issue","data":{"id":"a/b"}})",
          R"({"event":"issue","data":{"id":"a\u0000b"}})", R"({"event":"is\u0000sue","data":{"id":"a"}})",
          R"({"event":"issue","data":{"id":-4}})", R"({"event":"issue","data":{"id":1.5}})",
          R"({"event":"issue","action":"a b","data":{"id":"x"}})"}) {
        const Understood understood = read(Source::kPlane, body);
        EXPECT_NE(understood.quarantine, "") << body;
        EXPECT_TRUE(understood.subjects.empty()) << body;
    }
    EXPECT_NE(read(Source::kOdoo, R"({"_model":"project.task","_id":4})").quarantine, "");
    EXPECT_NE(read(Source::kOdoo, R"({"batch":"b","events":{}})").quarantine, "");
    // Deep lists in somebody's text: not read, and not lost.
    const std::string deep =
        R"({"event":"issue","data":)" + std::string(200, '[') + R"("]]")" + std::string(200, ']') + "}";
    EXPECT_NE(read(Source::kPlane, deep).quarantine, "");
}

TEST(Understand, WhatIsNoObjectIsInvalid) {
    for (const std::string_view body :
         {std::string_view(""), std::string_view("[]"), std::string_view("null"), std::string_view("{"),
          std::string_view("{} {}"), std::string_view("\xff"), std::string_view("{\"a\":\"\xff\"}"),
          std::string_view("event=issue"), std::string_view("\"{}\""), std::string_view("{\"a\":1}\0", 8)}) {
        const auto understood = understand(Source::kPlane, {}, body);
        ASSERT_FALSE(understood.ok()) << body;
        EXPECT_EQ(understood.error().code, Errc::kInvalid);
    }
    const std::string deep_list(200, '[');
    EXPECT_FALSE(understand(Source::kPlane, {}, deep_list + std::string(200, ']')).ok());
}

// Whatever comes in, what comes out can be stored: bounded, printable, subjects that are well-formed and each once.
void expect_storable(const Understood& understood, const std::string& body) {
    const auto printable = [](std::string_view text) {
        return text.size() <= 400 && std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    };
    EXPECT_TRUE(printable(understood.kind) && printable(understood.event_id) && printable(understood.delivery_id) &&
                printable(understood.quarantine))
        << body;
    std::set<std::string> once;
    for (const Subject& subject : understood.subjects) {
        const std::string text = subject.text();
        EXPECT_TRUE(printable(text) && printable(subject.container)) << body;
        EXPECT_EQ(std::count(text.begin(), text.end(), '/'), 2) << text;
        EXPECT_TRUE(once.insert(text).second) << text;
    }
}

TEST(Understand, NeverFailsOnMutatedTraffic) {
    const auto deliveries = testing::recorded_plane_deliveries();
    std::vector<std::string> seeds;
    for (const auto& each : deliveries) seeds.push_back(each.body);
    seeds.push_back(R"({"batch":"b","events":[{"model":"project.task","res_id":42,"op":"write","fields":["name"]}]})");
    seeds.push_back(R"({"action":"opened","pull_request":{"id":5}})");
    seeds.push_back(R"({"type":"deployment.succeeded","data":{"id":"d-7"}})");
    seeds.push_back(R"({"event":"workitem.updated","event_id":"e","entity_id":"i","previous_attributes":{"id":"i"}})");
    const std::string_view splices[] = {"null",  "[]",         "{}",      "\"\"",     "-1",
                                        "1e999", "true",       "\\u0000", "\"None\"", "[[[[",
                                        "}",     "\"event\":", "\"id\":", "\xC3\x28", "ScopeChoices."};
    SeededRandom random(11);
    int understood_some = 0, refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string body = seeds[random.below(seeds.size())];
        for (std::uint64_t times = 1 + random.below(4); times > 0; --times) {
            const std::size_t at = random.below(body.size() + 1);
            switch (random.below(4)) {
                case 0: body.insert(at, splices[random.below(std::size(splices))]); break;
                case 1: body.erase(at, random.below(40)); break;
                case 2:
                    if (at < body.size()) body[at] = static_cast<char>(random.below(256));
                    break;
                default: {
                    const std::string_view splice = splices[random.below(std::size(splices))];
                    body.replace(at, std::min(body.size() - at, std::size_t(random.below(20))), splice);
                }
            }
        }
        for (const Source source : {Source::kPlane, Source::kOdoo, Source::kGithub, Source::kStandard}) {
            const auto understood = understand(source, {{"X-GitHub-Event", "pull_request"}}, body);
            if (understood) {
                expect_storable(*understood, body);
                ++understood_some;
            } else {
                EXPECT_EQ(understood.error().code, Errc::kInvalid);
                ++refused;
            }
        }
    }
    EXPECT_GT(understood_some, 1000);
    EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace syncline::ingress
