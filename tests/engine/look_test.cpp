// Looks at named records: what an event asks for.
#include "net/correlation.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

using record::Peer;
using sync::Hint;

class Looks : public RigTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        start();
        rig_->pass(std::chrono::minutes(6));
        (void)rig_->sync(sync::Look::kFull);
        rig_->pass(std::chrono::seconds(5));
        for (const std::int64_t id : rig_->tasks()) {
            if (rig_->odoo.read("project.task", id).at("child_ids").as_array().empty()) leaf_ = id;
        }
    }

    sync::Report look(const std::vector<Hint>& hints, const std::string& correlation = {}) {
        rig_->pass(std::chrono::seconds(3));
        Result<sync::Report> report = rig_->engine().look(hints, correlation);
        EXPECT_TRUE(report.ok()) << (report ? "" : report.error().message);
        return report ? std::move(*report) : sync::Report();
    }
    static Hint task(std::int64_t id) { return {Peer::kOdoo, "project.task", std::to_string(id), ""}; }
    Hint item(const std::string& id, bool at_home = true) {
        return {Peer::kPlane, "item", id, at_home ? project_ : ""};
    }
    std::int64_t create(const std::string& name, std::int64_t parent) {
        const std::int64_t project = reference(rig_->odoo.read("project.task", task_), "project_id");
        json::Object values{{"name", name}, {"project_id", project}, {"user_ids", json::Array{}}};
        if (parent != 0) values["parent_id"] = parent;
        return rig_->odoo.create("project.task", {values}).front();
    }
    void give_tag(std::int64_t task, std::int64_t tag) {
        json::Array commands;
        commands.push_back(json::Array{6, 0, json::Array{tag}});
        rig_->odoo.write("project.task", {task}, {{"tag_ids", commands}});
    }
    void rename(std::int64_t id, const std::string& name) { rig_->odoo.write("project.task", {id}, {{"name", name}}); }
    std::string shown_name(std::int64_t id) { return std::string(json::text_or(rig_->item_of(id), "name")); }
    std::int64_t conflicts(const std::string& losing) {
        return rig_->number("select count(*) from ledger.conflicts where losing = $1::jsonb",
                            {json::canonical(json::Value(losing))});
    }
    // Nothing that a look did is to be done again.
    void expect_rest() {
        rig_->pass(std::chrono::minutes(3));
        EXPECT_EQ(rig_->sync(sync::Look::kFull).applied.writes(), 0);
        expect_in_step(*rig_);
        expect_no_twins(*rig_);
    }

    std::int64_t leaf_ = 0;
};

TEST_F(Looks, AChangeInOdooReachesPlaneWithFewCallsAndTransactions) {
    rename(task_, "Looked at");
    rig_->store.crash_at(-1, false);  // counts from here
    const sync::Report report = look({task(task_)});
    EXPECT_EQ(report.applied.updated, 1);
    EXPECT_EQ(shown_name(task_), "Looked at");
    EXPECT_LE(report.odoo_calls, 2);
    EXPECT_LE(report.plane_calls, 2) << "one look before the write, one write";
    EXPECT_LE(rig_->store.transactions(), 11);
    ASSERT_EQ(report.found.size(), 1U);
    EXPECT_EQ(report.found.front().id, std::to_string(task_));
    expect_rest();
}

TEST_F(Looks, AChangeInPlaneReachesOdoo) {
    rig_->plane.edit_item(item_, {{"state", rig_->plane.state_id(project_, "In Progress")}});
    const sync::Report report = look({item(item_)});
    EXPECT_EQ(report.applied.updated, 1);
    EXPECT_EQ(rig_->stage_of(task_), "In Progress");
    EXPECT_LE(report.plane_calls, 1);
    expect_rest();
}

TEST_F(Looks, TheProjectIsFoundByTheItem) {
    rig_->plane.edit_item(item_, {{"state", rig_->plane.state_id(project_, "In Progress")}});
    EXPECT_LE(look({item(item_, false)}).plane_calls, 1);
    EXPECT_EQ(rig_->stage_of(task_), "In Progress");
}

TEST_F(Looks, ARepeatedOrLateEventIsHarmless) {
    rename(task_, "Once");
    EXPECT_EQ(look({task(task_), task(task_)}).applied.updated, 1);
    for (int i = 0; i < 3; ++i) {
        const sync::Report again = look({task(task_), item(item_)});
        EXPECT_EQ(again.applied.writes(), 0);
        EXPECT_TRUE(again.found.empty()) << "our own write is no news";
    }
}

TEST_F(Looks, OnlyWhatIsNamedIsLookedAt) {
    const std::int64_t other = rig_->tasks().back();
    rename(task_, "Named");
    rename(other, "Not named");
    EXPECT_EQ(look({task(task_)}).applied.updated, 1);
    EXPECT_NE(shown_name(other), "Not named");
    rig_->pass(std::chrono::seconds(10));
    EXPECT_EQ(rig_->sync(sync::Look::kLight).applied.updated, 1);
    expect_rest();
}

TEST_F(Looks, ManyItemsOfOneProjectAreListed) {
    std::vector<Hint> hints;
    std::size_t edited = 0;
    for (const std::string& id : rig_->plane.items(project_)) {
        hints.push_back(item(id));
        if (edited == 5) continue;
        ++edited;
        rig_->plane.edit_item(id, {{"state", rig_->plane.state_id(project_, "In Progress")}});
    }
    ASSERT_GT(hints.size(), 5U);
    const sync::Report report = look(hints);
    EXPECT_LE(report.plane_calls, 1 + 3) << "one list, and a few items that are not new";
    EXPECT_GE(report.applied.updated, 4);
    expect_rest();
}

TEST_F(Looks, ATypedNameIsNotOverwrittenUnseen) {
    rig_->plane.edit_item(item_, {{"name", "Typed in Plane"}});
    rename(task_, "Typed in Odoo");
    EXPECT_EQ(look({task(task_)}).applied.updated, 1);
    EXPECT_EQ(shown_name(task_), "Typed in Odoo");
    EXPECT_EQ(conflicts("Typed in Plane"), 1);
    expect_rest();
}

TEST_F(Looks, ANewTaskIsMade) {
    const std::int64_t made = create("New", 0);
    const sync::Report report = look({task(made)});
    EXPECT_EQ(report.applied.created, 1);
    EXPECT_EQ(shown_name(made), "New");
    expect_rest();
}

TEST_F(Looks, AParentThatNobodyHasSeenIsMadeBeforeItsChild) {
    const std::int64_t grandparent = create("Grandparent", 0);
    const std::int64_t parent = create("Parent", grandparent);
    const std::int64_t child = create("Child", parent);
    EXPECT_EQ(look({task(child)}).applied.created, 3);
    const json::Object made = rig_->item_of(child);
    const json::Object above = rig_->item_of(parent);
    EXPECT_EQ(json::text_or(made, "parent"), json::text_or(above, "id"));
    EXPECT_EQ(json::text_or(above, "parent"), rig_->plane_id_of(grandparent));
    EXPECT_LT(json::integer_or(above, "sequence_id"), json::integer_or(made, "sequence_id"));
    expect_rest();
}

// It was given other tags before one of those that it wore was renamed, and only of that we are told.
TEST_F(Looks, ARenamedTagIsNotGivenToWhoDoesNotWearItAnyMore) {
    const std::vector<std::int64_t> tags = rig_->odoo.ids("project.tags");
    ASSERT_GE(tags.size(), 2U);
    give_tag(task_, tags[0]);
    (void)look({task(task_)});
    rig_->pass(std::chrono::minutes(3));
    give_tag(task_, tags[1]);
    rig_->odoo.write("project.tags", {tags[0]}, {{"name", "Renamed"}});
    std::int64_t relabelled = 0;
    rig_->plane_faults.set_schedule([&](std::int64_t, const net::HttpRequest& request) {
        relabelled += request.method == "PATCH" && request.url.find(item_) != std::string::npos ? 1 : 0;
        return sim::Fault::kNone;
    });
    (void)look({{Peer::kOdoo, "project.tags", std::to_string(tags[0]), ""}});
    EXPECT_EQ(relabelled, 1) << "from the one tag to the other, with nothing in between";
    expect_rest();
}

TEST_F(Looks, ADeletedTaskIsPutAwayAndWhatNamedItIsReadAgain) {
    // Somebody waits for the task that goes.
    std::int64_t waiting = 0;
    for (const std::int64_t id : rig_->tasks()) {
        if (id != leaf_ && rig_->odoo.read("project.task", id).at("depend_on_ids").as_array().empty()) waiting = id;
    }
    ASSERT_NE(waiting, 0);
    json::Array commands;
    commands.push_back(json::Array{4, leaf_});
    rig_->odoo.write("project.task", {waiting}, {{"depend_on_ids", commands}});
    (void)look({task(waiting)});
    rig_->pass(std::chrono::minutes(3));
    (void)rig_->sync(sync::Look::kFull);
    const std::string gone = rig_->plane_id_of(leaf_);
    rig_->odoo.unlink("project.task", {leaf_});
    const sync::Report report = look({task(leaf_)});
    EXPECT_EQ(report.applied.archived, 1);
    EXPECT_FALSE(rig_->plane.item(gone).at("archived_at").is_null());
    EXPECT_EQ(rig_->number("select count(*) from sync.observations where peer = 'odoo' and entity = 'task' "
                           "and id = $1 and stamp = ''",
                           {waiting}),
              0)
        << "it was read again";
    rig_->pass(std::chrono::minutes(3));
    EXPECT_EQ(rig_->sync(sync::Look::kFull).applied.writes(), 0);
}

TEST_F(Looks, AnItemDeletedInPlaneEndsItsLink) {
    const std::string gone = rig_->plane_id_of(leaf_);
    rig_->plane.delete_item(gone);
    (void)look({item(gone, false)});
    EXPECT_EQ(rig_->number("select count(*) from sync.links where status = 'tombstone'"), 1);
    EXPECT_TRUE(json::bool_or(rig_->odoo.read("project.task", leaf_), "active"));
}

TEST_F(Looks, AnItemNobodyKnowsOfAnUnknownProjectIsLookedFor) {
    const std::string born = rig_->plane.add_item(project_, {{"name", "Born in Plane"}});
    (void)look({item(born, false)});
    EXPECT_EQ(rig_->number("select count(*) from sync.orphans where plane_id = $1 and status = 'open'", {born}), 1);
    (void)look({{Peer::kPlane, "item", "00000000-0000-4000-8000-000000000000", ""}});
    (void)look({{Peer::kPlane, "item", "00000000-0000-4000-8000-000000000000", project_}});
    expect_rest();
}

TEST_F(Looks, AStageRenamedInOdooIsReadByItsList) {
    std::int64_t stage = 0;
    for (const std::int64_t id : rig_->odoo.ids("project.task.type")) {
        if (json::text_or(rig_->odoo.read("project.task.type", id), "name") == "In Progress") stage = id;
    }
    ASSERT_NE(stage, 0);
    rig_->odoo.write("project.task.type", {stage}, {{"name", "Doing"}});
    (void)look({{Peer::kOdoo, "project.task.type", std::to_string(stage), ""}});
    EXPECT_EQ(rig_->number("select count(*) from sync.observations where entity = 'stage' and id = $1 "
                           "and seen->>'name' = 'Doing'",
                           {stage}),
              1);
}

TEST_F(Looks, WhatIsNoIdIsRefused) {
    const Result<sync::Report> report = rig_->engine().look({{Peer::kOdoo, "project.task", "forty-two", ""}});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code, Errc::kInvalid);
    EXPECT_TRUE(look({{Peer::kOdoo, "no.such.model", "1", ""}}).found.empty());
}

TEST_F(Looks, WaitsForAnotherRunAndThenSaysSo) {
    rig_->settings.lock_wait = std::chrono::milliseconds(50);
    rig_->restart();
    const Result<void> outer = rig_->database->run(pg::testing::kOrg, [&](pg::Transaction& tx) -> Result<void> {
        TRY(tx.exec("select pg_advisory_xact_lock(hashtextextended($1, 0))",
                    {"syncline/" + std::string(pg::testing::kOrg) + "/delivery"}));
        const Result<sync::Report> report = rig_->engine().look({task(task_)});
        EXPECT_FALSE(report.ok());
        if (!report) {
            EXPECT_EQ(report.error().code, Errc::kHeld);
        }
        return ok();
    });
    EXPECT_TRUE(outer.ok());
    EXPECT_EQ(look({task(task_)}).applied.failed, 0);
}

TEST_F(Looks, AStoppedProjectIsLeftToTheNextSync) {
    rig_->profile.guard = {.share_max = 0.2, .changes_min = 2, .deletions_max = 5};
    rig_->restart();
    const std::vector<std::int64_t> tasks = rig_->tasks();
    for (const std::int64_t id : tasks) rename(id, "Mass edit " + std::to_string(id));
    rig_->pass(std::chrono::seconds(3));
    const sync::Report held = rig_->sync(sync::Look::kLight);
    ASSERT_FALSE(held.held.empty());
    EXPECT_EQ(look({task(task_)}).applied.writes(), 0) << "one by one is no way around the guard";
    const Result<sync::Report> approved = rig_->engine().apply(held.held_plan, "a tester");
    ASSERT_TRUE(approved.ok()) << approved.error().message;
    rename(task_, "After it");
    EXPECT_EQ(look({task(task_)}).applied.updated, 1);
    expect_rest();
}

TEST_F(Looks, AFailingRecordIsTriedAgainOnlyWhenItIsNamed) {
    rename(task_, "Fails");
    rig_->plane_faults.set_schedule([](std::int64_t, const net::HttpRequest& request) {
        return request.method == "PATCH" ? sim::Fault::kServerError : sim::Fault::kNone;
    });
    EXPECT_EQ(look({task(task_)}).applied.failed, 1);
    EXPECT_EQ(look({task(rig_->tasks().back())}).applied.failed, 0);
    EXPECT_EQ(look({item(item_)}).applied.failed, 1);
    rig_->plane_faults.set_schedule(sim::no_faults());
    EXPECT_EQ(look({task(task_)}).applied.updated, 1);
    EXPECT_EQ(shown_name(task_), "Fails");
    expect_rest();
}

TEST_F(Looks, TheCorrelationGoesWithEveryRequestAndIntoTheBooks) {
    std::set<std::string> carried;
    const auto noting = [&](net::Handler handler) {
        return net::HandlerClient([&carried, handler = std::move(handler)](const net::HttpRequest& request) {
            carried.emplace(request.headers.get(net::kCorrelationHeader));
            return handler(request);
        });
    };
    net::HandlerClient odoo_http = noting(rig_->odoo.handler());
    net::HandlerClient plane_http = noting(rig_->plane.handler());
    odoo::Client odoo(odoo_http, rig_->clock, rig_->random,
                      {.url = "http://odoo.test",
                       .database = "demo",
                       .login = "",
                       .key = vault::Secret(sim::OdooOptions().key),
                       .companies = {}});
    plane::Client plane(plane_http, rig_->clock, rig_->random,
                        {.url = "http://plane.test",
                         .workspace = sim::PlaneOptions().workspace,
                         .key = vault::Secret(sim::PlaneOptions().key),
                         .budget = {.calls_max = 0}});
    sync::Engine engine(
        sync::Context{rig_->store, odoo, plane, rig_->clock, rig_->random, rig_->profile, rig_->settings, {}});
    const std::string id = "7b0c2c9e-8b64-4a7e-9f43-0d8f5c9a1e11";
    rename(task_, "Traced");
    const Result<sync::Report> report = engine.look({task(task_)}, id);
    ASSERT_TRUE(report.ok()) << report.error().message;
    EXPECT_EQ(carried, std::set<std::string>{id});
    EXPECT_EQ(rig_->number("select count(*) from ledger.runs where run = $1 and correlation = $2", {report->run, id}),
              1);
    carried.clear();
    const Result<sync::Report> sync = engine.sync(sync::Look::kLight);
    ASSERT_TRUE(sync.ok());
    EXPECT_EQ(carried, std::set<std::string>{sync->run}) << "without another name, the run's own";
    carried.clear();
    ASSERT_TRUE(plane.projects().ok());
    EXPECT_EQ(carried, std::set<std::string>{""});
}

}  // namespace
}  // namespace syncline::testing
