// What Plane says yes to and does not do.
#include "sim/plane/server.hpp"
#include "tests/engine/rig.hpp"

namespace syncline::testing {
namespace {

constexpr int kGuest = 5;
constexpr int kMember = 15;

class NotKept : public pg::testing::PgTest {
protected:
    void SetUp() override {
        PgTest::SetUp();
        rig_ = std::make_unique<Rig>(dsn());
        (void)rig_->sync();
        task_ = rig_->tasks().front();
        plane_guest_ = rig_->plane.add_user({"guest@acme.example", "Guest", ""});
        guest_ =
            rig_->odoo
                .create(
                    "res.users",
                    {json::Object{{"name", "Guest"}, {"login", "guest@acme.example"}, {"email", "guest@acme.example"}}})
                .front();
        const net::HttpResponse made = members("POST", "", {{"member", plane_guest_}, {"role", kGuest}});
        ASSERT_EQ(made.status, 201);
        membership_ = std::string(json::text_or(*json::parse(made.body), "id"));
        rig_->pass(std::chrono::minutes(6));
        (void)rig_->sync(sync::Look::kFull);
    }

    net::HttpResponse members(const std::string& method, const std::string& which, const json::Object& body) {
        net::HttpRequest request;
        request.method = method;
        request.url = "/api/v1/workspaces/" + sim::PlaneOptions().workspace + "/projects/" +
                      std::string(json::text_or(rig_->item_of(task_), "project")) + "/members/" + which;
        request.headers = {{"X-Api-Key", sim::PlaneOptions().key}, {"Content-Type", "application/json"}};
        request.body = json::canonical(body);
        return rig_->plane.handle(request);
    }
    sync::Report settle(Micros pause = std::chrono::minutes(6)) {
        rig_->pass(pause);
        return rig_->sync(sync::Look::kFull);
    }
    json::Array users() const { return rig_->odoo.read("project.task", task_).at("user_ids").as_array(); }
    void assign(json::Array users) {
        json::Array commands;
        commands.push_back(json::Array{6, 0, std::move(users)});
        rig_->odoo.write("project.task", {task_}, {{"user_ids", std::move(commands)}});
    }
    std::int64_t parked(std::string_view field) {
        return rig_->number(
            "select count(*) from sync.links, jsonb_array_elements(parked) p where p->>'reason' = 'not_kept' "
            "and p->>'field' = $1",
            {field});
    }
    std::size_t assignees() const { return rig_->item_of(task_).at("assignees").as_array().size(); }

    std::unique_ptr<Rig> rig_;
    std::int64_t task_ = 0;
    std::int64_t guest_ = 0;
    std::string plane_guest_;
    std::string membership_;
};

TEST_F(NotKept, AnAssigneeWhoIsAGuestIsParkedWithAReason) {
    const std::size_t before = assignees();
    json::Array all = users();
    all.push_back(guest_);
    assign(all);
    rig_->odoo.write("project.task", {task_}, {{"name", "Renamed besides"}});

    const sync::Report report = settle();
    EXPECT_EQ(report.applied.updated, 1);
    EXPECT_EQ(report.applied.failed, 0);
    EXPECT_EQ(assignees(), before);
    EXPECT_EQ(json::text_or(rig_->item_of(task_), "name"), "Renamed besides");
    EXPECT_EQ(parked("assignees"), 1);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts"), 0);

    // It is tried once more by itself, and then rests.
    for (int i = 0; i < 4; ++i) EXPECT_EQ(settle().applied.writes(), 0);
    EXPECT_EQ(parked("assignees"), 1);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts"), 0);
    EXPECT_EQ(rig_->number("select count(*) from ledger.entries where action = 'refused'"), 1);
}

TEST_F(NotKept, ItGoesOverOnceThePersonIsAMember) {
    json::Array all = users();
    all.push_back(guest_);
    assign(all);
    (void)settle();
    (void)settle();
    EXPECT_EQ(parked("assignees"), 1);
    ASSERT_EQ(members("PATCH", membership_ + "/", {{"role", kMember}}).status, 200);
    (void)settle(std::chrono::minutes(70));
    EXPECT_EQ(parked("assignees"), 0);
    expect_in_step(*rig_);
}

TEST_F(NotKept, AnItemMadeWithoutItSaysSo) {
    const json::Value project = rig_->odoo.read("project.task", task_).at("project_id");
    const std::int64_t home = project.is_array() ? project.as_array().front().as_int64() : project.as_int64();
    json::Array commands;
    commands.push_back(json::Array{6, 0, json::Array{guest_}});
    rig_->odoo.create("project.task",
                      {json::Object{{"name", "For the guest"}, {"project_id", home}, {"user_ids", commands}}});
    EXPECT_EQ(settle().applied.created, 1);
    EXPECT_EQ(parked("assignees"), 1);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(settle().applied.writes(), 0);
    EXPECT_EQ(rig_->number("select count(*) from ledger.conflicts"), 0);
}

TEST_F(NotKept, NothingIsParkedInAnOrdinaryFirstSync) {
    EXPECT_EQ(rig_->number("select count(*) from sync.links, jsonb_array_elements(parked) p "
                           "where p->>'reason' = 'not_kept'"),
              0);
}

}  // namespace
}  // namespace syncline::testing
