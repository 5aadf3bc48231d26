#include "sim/odoo/company.hpp"

#include <set>

#include "sim/odoo/testing.hpp"

namespace syncline::sim {
namespace {

struct Filled : OdooBench {
    Company company;
    int calls = 0;
    explicit Filled(std::uint64_t seed, CompanySize size) {
        company = build_company(
            [&](const std::string& model, const json::Array& list) {
                ++calls;
                EXPECT_LE(list.size(), kCompanyBatch * 2) << model;
                json::Array ids =
                    call(model, "create", {{"vals_list", list}, {"context", json::Object{{"tracking_disable", true}}}})
                        .as_array();
                std::vector<std::int64_t> out;
                for (const json::Value& id : ids) out.push_back(id.as_int64());
                return out;
            },
            seed, size, true);
    }
};

std::string printed(std::uint64_t seed) {
    Filled filled(seed, {3, 8, 120});
    std::string all;
    for (const char* model : {"res.users", "project.project", "project.milestone", "project.task"}) {
        for (const std::int64_t id : filled.server.ids(model))
            all += json::canonical(filled.server.read(model, id)) + "\n";
    }
    return all;
}

TEST(Company, FollowsFromTheSeed) {
    EXPECT_EQ(printed(7), printed(7));
    EXPECT_NE(printed(7), printed(8));
}

TEST(Company, IsWellFormedAtAnySeed) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Filled filled(seed, {3, 8, 120});
        ASSERT_EQ(filled.company.projects.size(), 3u);
        int tasks = 0, milestones = 0, dependencies = 0, deepest = 0;
        std::set<std::int64_t> seen;
        for (const CompanyProject& project : filled.company.projects) {
            milestones += int(project.milestones.size());
            for (const std::int64_t id : project.tasks) {
                const json::Object task = filled.server.read("project.task", id);
                ++tasks;
                EXPECT_EQ(task.at("project_id").at(0), project.id);
                const json::Array& blockers = task.at("depend_on_ids").as_array();
                if (!blockers.empty()) ++dependencies;
                for (const json::Value& blocker : blockers) {
                    EXPECT_TRUE(seen.contains(blocker.as_int64())) << "a blocker comes before what it blocks";
                    const json::Object other = filled.server.read("project.task", blocker.as_int64());
                    EXPECT_EQ(other.at("project_id"), task.at("project_id"));
                    const bool waits = task.at("state") == "04_waiting_normal";
                    EXPECT_EQ(waits, task.at("is_closed") == false && other.at("is_closed") == false);
                }
                int depth = 1;
                json::Value parent = task.at("parent_id");
                for (; parent.is_array(); ++depth)
                    parent = filled.server.read("project.task", parent.at(0).as_int64()).at("parent_id");
                deepest = std::max(deepest, depth);
                seen.insert(id);
            }
        }
        EXPECT_EQ(tasks, 120);
        EXPECT_EQ(milestones, 8);
        EXPECT_EQ(deepest, 3);
        EXPECT_GE(dependencies, 25) << "about a quarter, seed " << seed;
        EXPECT_LE(dependencies, 30);
    }
}

TEST(Company, TwoThousandTasksInFewCalls) {
    const Filled filled(3, {10, 40, 2000});
    EXPECT_LE(filled.calls, 45);
    std::size_t tasks = 0;
    for (const CompanyProject& project : filled.company.projects) tasks += project.tasks.size();
    EXPECT_EQ(tasks, 2000u);
}

TEST(Company, WithoutTheAddonItUsesNoneOfItsFields) {
    VirtualClock clock{*parse_time("2026-11-21 00:00:00")};
    OdooOptions options;
    options.ppm_addon = false;
    OdooServer server(options, clock);
    fill_company(server, 5, {2, 4, 40});
    EXPECT_EQ(server.ids("project.task").size(), 40u);
    EXPECT_FALSE(server.read("project.task", server.ids("project.task").front()).contains("wbs_code"));
}

TEST(Company, TenThousandTasksComeInOneSweep) {
    Filled filled(1, {20, 80, 10'000});
    const json::Object ask{{"domain", json::Array{}}, {"fields", json::Array{"id", "write_date"}}, {"order", "id"}};
    const net::HttpResponse response = filled.post("/json/2/project.task/search_read", ask);
    EXPECT_EQ(json::parse(response.body)->as_array().size(), 10'000u);
}

}  // namespace
}  // namespace syncline::sim
