#include "cli/render.hpp"

#include <gtest/gtest.h>

#include "cli/errors.hpp"
#include "cli/exit_code.hpp"
#include "cli/golden_test.hpp"
#include "cli/progress.hpp"

namespace syncline::cli {
namespace {

using namespace actions;

SyncReport report() {
    SyncReport it;
    it.run = kRun;
    it.links = 31;
    it.writes = 30;
    it.created = 29;
    it.updated = 1;
    it.conflicts = 2;
    it.parked = 3;
    it.odoo_calls = 6;
    it.plane_calls = 81;
    it.seconds = 1.25;
    return it;
}

PlanReport plan() {
    PlanReport it;
    it.hash = kHash;
    it.creates = 1;
    it.updates = 1;
    it.archives = 1;
    it.conflicts = 1;
    it.reviews = 1;
    it.parked = 1;
    LinkPlanView create{
        "task/odoo/7", "task", "Audit log", "R&D", "h1", false, false, {{"plane", "create", {}}}, {}, {}, {}};
    create.parked = {{"assignees", "user_unmapped", "user 10 of odoo", "Invite them."}};
    LinkPlanView update{"task/odoo/8", "task", "Rate limiter", "R&D", "h2", false, false, {}, {}, {}, {}};
    update.steps = {
        {"plane", "update", {{"due", nullptr, "2026-12-01"}, {"labels", json::Array{"a"}, json::Array{"a", "b"}}}}};
    update.conflicts = {{"name", "odoo", "Rate limiter", "Limiter", "owner"}};
    LinkPlanView away{
        "task/odoo/9", "task", "Old thing", "Webshop", "h3", true, false, {{"plane", "archive", {}}}, {}, {}, {}};
    LinkPlanView wait{"task/odoo/10", "task", "Both edited", "Webshop", "h4", false, false, {}, {}, {}, {}};
    wait.reviews = {{"due", "2026-12-01", "2026-12-02", "edited on both sides within 5 s"}};
    it.links = {create, update, away, wait};
    it.held = {{"project/odoo/2", "Webshop", "6 of 10 links would end"}};
    return it;
}

Explanation explanation() {
    Explanation it;
    it.link = "task/odoo/42";
    it.entity = "task";
    it.title = "Launch the shop";
    it.project = "Webshop";
    it.status = "active";
    it.odoo = "project.task:42";
    it.odoo_presence = "present";
    it.plane = "2d4de979-b560-415c-bcf3-5b6db5f3ba40";
    it.plane_presence = "present";
    it.fields = {{"name", "odoo", "Launch the shop", "Launch the shop", "Launch the shop", "agreed", ""},
                 {"state", "plane", "doing", "done", "doing", "differs", ""},
                 {"assignees", "odoo", json::Array{}, json::Array{}, json::Array{}, "parked", "user_unmapped: user 10"},
                 {"start", "odoo", "2026-11-01", "2026-11-01", nullptr, "once", ""}};
    it.parked = {{"assignees", "user_unmapped", "user 10 of odoo", "Give both accounts the same e-mail address."}};
    json::Array changes;
    changes.push_back(json::Object{{"field", "state"}, {"from", "todo"}, {"to", "doing"}});
    it.history = {{kAt, "plane", "updated", changes, ""}, {kAt, "", "review_opened", {}, "ship review: doing to done"}};
    it.conflicts = {{4, kAt, it.link, it.title, "name", "odoo", "Launch the shop", "Launch it", "owner"}};
    it.reviews = {{5, kAt, it.link, it.title, "due", "2026-12-01", "2026-12-02", "edited on both sides within 5 s"}};
    it.fields.push_back({"milestone", "odoo", "milestone/odoo/3", "milestone/odoo/3", nullptr, "agreed", ""});
    it.names = {{"milestone/odoo/3", "Go live"}};
    it.last_error = "422 from Plane";
    it.verdict = "stopped";
    it.chain = {{"known", "ok", "both sides have it, and it is linked", ""},
                {"announced", "waits", "receipt 12 (issue.updated) is received: it waits for its turn",
                 "syncline inbox show 12"},
                {"announced", "note", "The webhook of plane is silent: changes are found by sweeps only, later",
                 "switch the webhook on again"},
                {"parked", "stopped", "assignees is parked, user_unmapped: user 10 of odoo",
                 "Give both accounts the same e-mail address."}};
    return it;
}

StatusReport status() {
    StatusReport it;
    it.profile = "delivery";
    it.odoo = "https://erp.example.com prod";
    it.plane = "https://plane.example.com acme";
    it.links = 31;
    it.parked = 2;
    it.orphans = 1;
    it.conflicts = 4;
    it.reviews = 1;
    it.ship_reviews = 2;
    it.entities = {{"project", 2, 0, 0, 0}, {"task", 29, 3, 1, 2}};
    it.reasons = {{"user_unmapped", 2, "Invite them."}};
    it.at = "2026-11-21T08:16:00.000000Z";
    AlertView alert;
    alert.severity = "critical";
    alert.kind = "breaker_open";
    alert.title = "Plane does not answer";
    alert.cure = "bring it back; the jobs wait";
    alert.opened_at = kAt;
    it.alerts = {alert};
    it.coverage = {{"project/odoo/1", "Intranet", "odoo", kAt, kAt, "", 0, kAt, "sweep"},
                   {"project/odoo/1", "Intranet", "plane", kAt, kAt, kAt, 0, kAt, "light"},
                   {"project/odoo/2", "Webshop", "odoo", "2026-11-21T08:00:00.000000Z", kAt, "", 2, kAt, "sweep"},
                   {"project/odoo/2", "Webshop", "plane", "", "2026-11-21T07:15:30.000000Z", "", 1, kAt, "light"},
                   {"project/odoo/3", "New one", "odoo", kAt, kAt, "", 0, kAt, "sweep"}};
    it.queue = {3, 1, 1, 2, "2026-11-21T08:15:48.000000Z"};
    it.inbox = {4, 0, 1, 2};
    it.held_plans = {{kHash, "Webshop: 6 of 10 links would end", kAt}};
    it.runs = {{kRun, "sync", kAt, kAt, "done", "", 29, 6, 81},
               {kRun, "sync", kAt, kAt, "failed", "Plane is away", 0, 6, 1}};
    return it;
}

TEST(Render, Sync) {
    expect_golden("sync", render(report(), {}));
    SyncReport held = report();
    held.failed = 1;
    held.held = {{"project/odoo/2", "Webshop", "6 of 10 links would end"}};
    held.held_plan = kHash;
    expect_golden("sync_held", render(held, {false, "syncline --home /srv/x"}));
    expect_golden("sync_idle", render(SyncReport{}, {}));
}

TEST(Render, Plan) {
    expect_golden("plan", render(plan(), {}));
    expect_golden("plan_short", render(plan(), {}, 2));
    expect_golden("plan_idle", render(PlanReport{}, {}));
    PlanReport parked;
    parked.parked = 1;
    parked.links = {plan().links[0]};
    parked.links[0].steps.clear();
    expect_golden("plan_parked", render(parked, {}));
}

TEST(Render, StatusAndExplanation) {
    expect_golden("status", render(status(), {}));
    expect_golden("explain", render(explanation(), {}));
    Explanation several;
    several.candidates = {{"task/odoo/1", "task", "Launch A", "Webshop", "1", "x", "active", {}},
                          {"task/odoo/2", "task", "Launch B", "Webshop", "2", "", "new", {"waits_for_parent"}}};
    expect_golden("explain_several", render(several, {}));
    Explanation orphan;
    orphan.title = "Born in Plane";
    orphan.status = "orphan";
    orphan.project = "Webshop";
    orphan.plane = "2d4de979-b560-415c-bcf3-5b6db5f3ba40";
    orphan.plane_presence = "present";
    orphan.verdict = "stopped";
    orphan.chain = {{"known", "stopped", "it exists in Plane only", "Link it, dismiss it, or ask for its creation."}};
    expect_golden("explain_orphan", render(orphan, {}));
}

TEST(Render, Lists) {
    LinkList links{{{"task/odoo/1", "task", "Launch", "Webshop", "1", "x", "active", {}}}, 20};
    expect_golden("links", render(links, {}));
    expect_golden("orphans",
                  render(OrphanList{{{"2d4de979", "p", "task", "Born in Plane", "orphan", "2026-11-21 08:00"}}}, {}));
    const Explanation it = explanation();
    expect_golden("conflicts", render(ConflictList{it.reviews, it.conflicts}, {}));
    UserList users{{{"5", "Ada", "ada@x.example", "ada@x.example", "ada@x.example", "u1", "email", false},
                    {"6", "Bob", "bob@x.example", "", "", "", "unmapped", true}},
                   1};
    expect_golden("users", render(users, {}));
    ShipReviewList reviews{{{2, "task/odoo/1", "ship", "Launch", "open", kAt, "", ""},
                            {1, "task/odoo/2", "ship", "Before", "approved", kAt, "ada", kAt}}};
    expect_golden("reviews", render(reviews, {}));
    for (const std::string& empty :
         {render(LinkList{}, {}), render(OrphanList{}, {}), render(ConflictList{}, {}), render(ShipReviewList{}, {})}) {
        EXPECT_FALSE(empty.empty());
    }
}

TEST(Render, Doctor) {
    DoctorReport doctor{{{"store", "ok", "the private PostgreSQL", ""},
                         {"odoo clock", "warn", "7 s ahead of ours", "let both follow a time server"},
                         {"plane", "fail", "no answer (UNREACHABLE)", "check the address"}},
                        false};
    expect_golden("doctor", render(doctor, {}));
}

TEST(Render, Changes) {
    json::Array changes;
    changes.push_back(json::Object{{"field", "name"}, {"from", "a"}, {"to", "b\nc"}});
    EXPECT_EQ(render_change({kAt, "plane", "updated", changes, ""}, "task/odoo/1", "Launch", {}),
              "08:15:30 updated   in Plane  task/odoo/1  Launch  name: a → b c\n");
    EXPECT_EQ(render_change({kAt, "odoo", "created", changes, ""}, "task/odoo/1", "Launch", {}),
              "08:15:30 created   in Odoo  task/odoo/1  Launch\n");
}

TEST(Render, ColourIsOnlyColour) {
    Style colour;
    colour.color = true;
    EXPECT_NE(render(status(), colour), render(status(), {}));
    EXPECT_EQ(plain(render(status(), colour)), render(status(), {}));
    EXPECT_EQ(plain(render(plan(), colour)), render(plan(), {}));
    EXPECT_EQ(plain(render(explanation(), colour)), render(explanation(), {}));
}

TEST(Style, TextFromOutsideCannotDriveTheTerminal) {
    EXPECT_EQ(shown("a\x1b[31mb\tc"), "a [31mb c");
    EXPECT_EQ(shortened("äöü", 2), "ä…");
    EXPECT_EQ(padded("äö", 4), "äö  ");
    EXPECT_EQ(shown(nullptr), "(nothing)");
    EXPECT_EQ(shown(true), "yes");
    EXPECT_EQ(shown(json::Array{}), "(none)");
    EXPECT_EQ(shown(json::Array{"a", "b"}), "a, b");
    EXPECT_EQ(shown(5), "5");
    EXPECT_EQ(counted(1, "link"), "1 link");
    EXPECT_EQ(counted(0, "link"), "0 links");
    EXPECT_EQ(counted(1, "entry"), "1 entry");
    EXPECT_EQ(counted(2, "entry"), "2 entries");
}

TEST(Style, CommandsWorkWhenPasted) {
    EXPECT_EQ(shell_word("/srv/x-1_2.toml"), "/srv/x-1_2.toml");
    EXPECT_EQ(shell_word("two words"), "'two words'");
    EXPECT_EQ(shell_word("it's $HOME"), "'it'\\''s $HOME'");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(Errors, SayWhatHappenedAndWhatToDo) {
    const Error error =
        make_error(Errc::kKeyMissing, "vault:odoo is not in the store", "`syncline connect odoo` asks for it")
            .with("reference", "vault:odoo");
    EXPECT_EQ(render_error(error, false, false),
              "error: vault:odoo is not in the store (KEY_MISSING)\n  `syncline connect odoo` asks for it\n");
    const Result<json::Value> value = json::parse(render_error(error, true, true));
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(json::text_or(value->at("error"), "code"), "KEY_MISSING");
    EXPECT_EQ(json::integer_or(value->at("error"), "exit_code"), 4);
    EXPECT_EQ(json::text_or(value->at("error").at("details"), "reference"), "vault:odoo");
}

TEST(ExitCodes, EachIsInTheTableThatHelpShows) {
    for (int code = 0; code <= static_cast<int>(Errc::kInternal); ++code) {
        const int exit = exit_code(static_cast<Errc>(code));
        EXPECT_NE(exit_code_help().find("\n  " + std::to_string(exit) + " "), std::string::npos) << code;
        EXPECT_NE(exit, kOk) << "an error is never a success: " << code;
    }
}

TEST(Progress, ShowsABarARateAndTheTimeLeft) {
    EXPECT_EQ(progress_text({"reading Plane", 3, 0}, std::chrono::milliseconds(100)), "reading Plane  3");
    EXPECT_EQ(progress_text({"writing", 60, 120}, std::chrono::seconds(2)),
              "writing  [############............] 60/120  30/s  2 s left");
    EXPECT_EQ(progress_text({"writing", 0, 120}, std::chrono::milliseconds(10)),
              "writing  [........................] 0/120");
    ProgressLine line;
    const Time start = *parse_time("2026-11-21T08:00:00Z");
    EXPECT_FALSE(line.update({"writing", 1, 9}, start).empty());
    EXPECT_TRUE(line.update({"writing", 2, 9}, start + std::chrono::milliseconds(10)).empty()) << "too soon";
    EXPECT_FALSE(line.update({"writing", 9, 9}, start + std::chrono::milliseconds(20)).empty())
        << "the last one always";
    EXPECT_FALSE(line.clear().empty());
    EXPECT_TRUE(line.clear().empty());
}

}  // namespace
}  // namespace syncline::cli
