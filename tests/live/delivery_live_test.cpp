// The delivery job between a real Odoo 19 and the simulated Plane: what the simulated Odoo claims is only worth
// something while the real one agrees. SYNCLINE_TEST_ODOO names a folder made by `tools/odoo19 start FOLDER --addons
// ipai_ppm`.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "net/curl_client.hpp"
#include "pg/testing/pg_fixture.hpp"
#include "sim/odoo/company.hpp"
#include "sim/plane/server.hpp"
#include "sync/engine.hpp"

namespace syncline {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string first_line(const std::string& path) {
    const std::string text = text_of(path);
    return text.substr(0, text.find('\n'));
}

// A domain of one condition. (A list of one list in braces would collapse into the inner one.)
json::Array where(std::string_view field, std::string_view comparison, json::Value value) {
    json::Array domain;
    domain.push_back(json::Array{field, comparison, std::move(value)});
    return domain;
}

class DeliveryLive : public pg::testing::PgTest {
protected:
    void SetUp() override {
        const char* folder = std::getenv("SYNCLINE_TEST_ODOO");
        if (!folder) GTEST_SKIP() << "no real Odoo: set SYNCLINE_TEST_ODOO to a folder made by tools/odoo19 start";
        PgTest::SetUp();
        http_ = net::make_curl_client();
        odoo_ = std::make_unique<odoo::Client>(
            *http_, clock_, random_,
            odoo::Settings{.url = first_line(std::string(folder) + "/url"),
                           .database = first_line(std::string(folder) + "/database"),
                           .login = "",
                           .key = vault::Secret(first_line(std::string(folder) + "/key")),
                           .companies = {}});
        Result<profile::Profile> loaded =
            profile::load(text_of(std::string(SYNCLINE_SOURCE_DIR) + "/profiles/delivery.toml"), "delivery.toml");
        ASSERT_TRUE(loaded.ok()) << loaded.error().message;
        profile_ = std::make_unique<profile::Profile>(std::move(*loaded));
        plane_server_ = std::make_unique<sim::PlaneServer>(sim::PlaneOptions{}, clock_);
        plane_http_ = std::make_unique<net::HandlerClient>(plane_server_->handler());
        plane_ = std::make_unique<plane::Client>(*plane_http_, clock_, random_,
                                                 plane::Settings{.url = "http://plane.test",
                                                                 .workspace = sim::PlaneOptions().workspace,
                                                                 .key = vault::Secret(sim::PlaneOptions().key),
                                                                 .budget = {.calls_max = 0}});
        sync::Settings settings;
        settings.scope.profile = profile_->name;
        engine_ = std::make_unique<sync::Engine>(
            sync::Context{database(), *odoo_, *plane_, clock_, random_, *profile_, settings, {}});
        fill();
    }

    // Several runs may share the server: users and tags are made once, projects every time.
    void fill() {
        const auto create = [&](const std::string& model, const json::Array& values) {
            Result<json::Value> made = odoo_->call(model, "create", {{"vals_list", values}}, false);
            EXPECT_TRUE(made.ok()) << model << ": " << (made.ok() ? "" : made.error().message);
            std::vector<std::int64_t> ids;
            if (made) {
                for (const json::Value& id : made->as_array()) ids.push_back(id.as_int64());
            }
            return ids;
        };
        Result<std::vector<std::int64_t>> known = odoo_->search("res.users", where("login", "like", "@acme.example"));
        ASSERT_TRUE(known.ok()) << known.error().message;
        if (!known->empty()) return reuse();
        company_ = sim::build_company(create, 7, {2, 4, 40}, true);
        ASSERT_EQ(company_.projects.size(), 2u);
        for (const std::string& email : company_.emails) plane_server_->add_user({email, email, ""});
    }
    void reuse() {
        Result<std::vector<std::int64_t>> projects = odoo_->search("project.project", {}, false);
        ASSERT_TRUE(projects.ok());
        for (const std::int64_t id : *projects) {
            sim::CompanyProject project;
            project.id = id;
            project.tasks = *odoo_->search("project.task", where("project_id", "=", id), false);
            if (!project.tasks.empty()) company_.projects.push_back(project);
        }
        Result<std::vector<std::int64_t>> users = odoo_->search("res.users", where("share", "=", false));
        ASSERT_TRUE(users.ok()) << users.error().message;
        Result<std::vector<json::Object>> people = odoo_->read("res.users", *users, {"email"});
        ASSERT_TRUE(people.ok()) << people.error().message;
        for (const json::Object& user : *people) {
            const std::string email(json::text_or(user, "email"));
            if (!email.empty()) plane_server_->add_user({email, email, ""});
        }
    }

    sync::Report sync(sync::Look look = sync::Look::kAuto) {
        Result<sync::Report> report = engine_->sync(look);
        EXPECT_TRUE(report.ok()) << report.error().message;
        return report.ok() ? *report : sync::Report{};
    }
    json::Object task(std::int64_t id, const std::vector<std::string>& fields) {
        Result<std::vector<json::Object>> rows = odoo_->read("project.task", {id}, fields);
        EXPECT_TRUE(rows.ok() && rows->size() == 1);
        return rows.ok() && !rows->empty() ? rows->front() : json::Object{};
    }
    json::Object item_of(std::int64_t id) {
        for (const json::Object& project : plane_server_->projects()) {
            for (const std::string& item : plane_server_->items(std::string(json::text_or(project, "id")))) {
                json::Object found = plane_server_->item(item);
                if (json::text_or(found, "external_id") == "project.task:" + std::to_string(id)) return found;
            }
        }
        return {};
    }

    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<net::HttpClient> http_;
    std::unique_ptr<odoo::Client> odoo_;
    std::unique_ptr<sim::PlaneServer> plane_server_;
    std::unique_ptr<net::HttpClient> plane_http_;
    std::unique_ptr<plane::Client> plane_;
    std::unique_ptr<profile::Profile> profile_;
    std::unique_ptr<sync::Engine> engine_;
    sim::Company company_;
};

TEST_F(DeliveryLive, TheWholeJobAgainstTheRealServer) {
    std::size_t tasks = 0;
    for (const sim::CompanyProject& project : company_.projects) tasks += project.tasks.size();
    const sync::Report first = sync();
    EXPECT_GE(first.applied.created, static_cast<std::int64_t>(tasks));
    EXPECT_EQ(first.applied.failed + first.applied.refused, 0);
    EXPECT_LE(first.odoo_calls, 40);

    const std::int64_t id = company_.projects.front().tasks.front();
    const json::Object before = item_of(id);
    EXPECT_EQ(json::text_or(before, "name"), json::text_or(task(id, {"name"}), "name"));

    const sync::Report idle = sync(sync::Look::kFull);
    EXPECT_EQ(idle.applied.writes(), 0);

    // Odoo -> Plane, structure.
    const std::string renamed = "Renamed " + random_.uuid().substr(0, 8);
    ASSERT_TRUE(odoo_->write("project.task", id, {{"name", renamed}}).ok());
    sync(sync::Look::kLight);
    EXPECT_EQ(json::text_or(item_of(id), "name"), renamed);

    // Plane -> Odoo, status.
    const std::string project(json::text_or(before, "project"));
    const std::string item(json::text_or(before, "id"));
    plane_server_->edit_item(item, {{"state", plane_server_->state_id(project, "In Progress")}});
    sync(sync::Look::kLight);
    plane_server_->edit_item(item, {{"state", plane_server_->state_id(project, "Done")}});
    sync(sync::Look::kLight);
    const json::Object stage_of = task(id, {"stage_id"});
    const Result<std::vector<json::Object>> stages =
        odoo_->read("project.task.type", {stage_of.at("stage_id").as_int64()}, {"name"});
    ASSERT_TRUE(stages.ok() && stages->size() == 1);
    EXPECT_EQ(json::text_or(stages->front(), "name"), "Done");

    // Plane against the owner: put back.
    plane_server_->edit_item(item, {{"name", "Renamed in Plane"}});
    sync(sync::Look::kLight);
    EXPECT_EQ(json::text_or(item_of(id), "name"), renamed);

    // Shipped in Odoo.
    ASSERT_TRUE(odoo_->write("project.task", id, {{"is_shipped", true}}).ok());
    // Odoo shows write_date in whole seconds: a second change within one is seen when that second is over.
    for (int tries = 0; tries < 50 && plane_server_->comments(item).empty(); ++tries) {
        sync(sync::Look::kLight);
        clock_.sleep_for(std::chrono::milliseconds(100));
    }
    EXPECT_EQ(plane_server_->comments(item).size(), 1u);

    EXPECT_EQ(sync(sync::Look::kLight).applied.writes(), 0);
    EXPECT_EQ(sync(sync::Look::kFull).applied.writes(), 0);
}

}  // namespace
}  // namespace syncline
